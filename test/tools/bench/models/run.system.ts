import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import type { ModelReport } from '../../../../lib/tools/bench/models/report';
import { thisMachine } from '../../../../lib/tools/project/machine';
import { bench, reportIn } from '../bench';

describe('npm run bench -- --models', function () {
  this.timeout(120_000);

  it('trains the models asked for, in the rows asked for, and prints their tables', async () => {
    const rows = [
      ...(thisMachine().native ? ['native', 'stock-native'] : []),
      'wasm',
      'stock-wasm',
    ];
    const { stdout } = await bench('--models', '--quick', '--only', `tiny,linear,${rows}`);
    match(stdout, /^Dense 4–10–3 on 150 samples, Adam( +[\d.]+)+$/m);
    match(stdout, /^build\/bench-models\.partial\.json$/m);
    const { models, suspects } = reportIn<ModelReport>('bench-models.partial.json');
    deepEqual(
      models.map(({ name, samples }) => [name, samples]),
      [
        ['tiny', 32],
        ['linear', 64],
      ],
    );
    for (const { rows: measured } of models) {
      deepEqual(
        measured.map(({ name, trouble }) => [name, trouble]),
        rows.map(name => [name, undefined]),
      );
      for (const { processes } of measured) {
        const [{ first, steady, peak, logs } = {} as never] = processes;
        equal(steady.length, 1);
        ok(first.seconds > 0 && peak > 0 && (logs.loss ?? 0) > 0);
      }
    }
    deepEqual(suspects, []);
  });

  it('names the models and rows where it is asked for another', async () => {
    await rejects(
      bench('--models', '--only', 'nobody'),
      /--only to name one of dense, .*, native, .*Received: nobody/,
    );
  });

  it('tells its options', async () => {
    match((await bench('--help')).stdout, /npm run bench -- --models[\s\S]*--only NAME/);
  });
});
