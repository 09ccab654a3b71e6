import { deepEqual, equal, ok } from 'node:assert/strict';
import { models } from '../../../lib/tools/bench/models/models';
import { chosen, modelRows } from '../../../lib/tools/bench/rows';
import { thisMachine } from '../../../lib/tools/project/machine';
import { bench } from './run';

describe('all that the benchmark measures', () => {
  it('are models that every row trains, but where TensorFlow.js lacks an operation on WebAssembly', async function () {
    if (!thisMachine().native) this.skip();
    const { measured } = await bench('--models', '--quick');
    const rows = chosen(modelRows({ python: '', native: true }));
    deepEqual(
      measured.map(({ group, name }) => `${group} ${name}`),
      models.flatMap(model => rows.map(({ name }) => `${model.name} ${name}`)),
    );
    const lacking = measured.filter(
      ({ name, trouble = '' }) => /wasm/.test(name) && /Kernel '\w+' not registered/.test(trouble),
    );
    for (const row of measured.filter(each => !lacking.includes(each))) {
      const which = `${row.group} ${row.name}`;
      equal(row.trouble, undefined, which);
      ok((row.seconds[0] ?? 0) > 0 && row.losses?.every(Number.isFinite), which);
    }
    // Where stock can train a model, so can this project.
    const stock = lacking.filter(({ name }) => name === 'stock-wasm').map(({ group }) => group);
    for (const { name, group } of lacking) if (name === 'wasm') ok(stock.includes(group), group);
  });

  it('and the lesson as a notebook in both languages of code, and as a website', async () => {
    const { measured } = await bench('--quick', '--only', 'lesson,browser');
    deepEqual(
      measured.map(({ group, name, seconds, trouble }) => [group, name, seconds.length, trouble]),
      [
        ['start of the kernel', 'lesson', 1, undefined],
        ['kernel start to last cell', 'lesson', 1, undefined],
        ['start of the kernel', 'lesson-python', 1, undefined],
        ['kernel start to last cell', 'lesson-python', 1, undefined],
        ...['first cell', 'kernel idle', 'Run All', 'an epoch'].map(what => [
          ...[`in the browser: ${what}`, 'browser', 1, undefined],
        ]),
      ],
    );
  });
});
