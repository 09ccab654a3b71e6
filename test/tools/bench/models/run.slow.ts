import { deepEqual, equal, ok } from 'node:assert/strict';
import { models } from '../../../../lib/tools/bench/models/models';
import type { ModelReport } from '../../../../lib/tools/bench/models/report';
import { modelRows } from '../../../../lib/tools/bench/models/rows';
import { thisMachine } from '../../../../lib/tools/project/machine';
import { bench, reportIn } from '../bench';

describe('Every model of the benchmark', function () {
  this.timeout(1_200_000);

  it('is trained by every row, but where TensorFlow.js lacks an operation on WebAssembly', async function () {
    if (!thisMachine().native) this.skip();
    await bench('--models', '--quick');
    const report = reportIn<ModelReport>('bench-models.partial.json');
    deepEqual(
      report.models.map(({ name }) => name),
      models.map(({ name }) => name),
    );
    const names = modelRows({ python: '', native: true }).map(({ name }) => name);
    const lacking: string[] = [];
    for (const { name, rows } of report.models) {
      deepEqual(
        rows.map(row => row.name),
        names,
      );
      for (const { name: who, processes, trouble } of rows) {
        const which = `${name} · ${who}`;
        if (trouble && /wasm/.test(who) && /Kernel '\w+' not registered/.test(trouble)) {
          lacking.push(which);
          continue;
        }
        equal(trouble, undefined, which);
        const [{ first, steady, peak, logs } = {} as never] = processes;
        equal(steady.length, 1, which);
        ok(first.seconds > 0 && peak > 0 && Number.isFinite(logs.loss), which);
      }
    }
    // Where stock can train a model, so can this project.
    const own = lacking.filter(which => which.endsWith(' · wasm'));
    deepEqual(
      own.filter(which => !lacking.includes(which.replace(/wasm$/, 'stock-wasm'))),
      [],
    );
  });
});
