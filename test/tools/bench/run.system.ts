import { deepEqual, match, ok, rejects } from 'node:assert/strict';
import { thisMachine } from '../../../lib/tools/project/machine';
import { bench } from './run';

describe('npm run bench', function () {
  this.timeout(120_000);
  const native = thisMachine().native;

  it('trains the rows asked for and prints their table', async () => {
    const name = native ? 'native' : 'wasm';
    const { stdout, measured } = await bench('--quick', '--only', name);
    match(stdout, /^an epoch$\n^ {2}ours · \w+( +[\d.–]+)+$/m);
    const [{ seconds, peak = [], losses = [] } = {} as never, ...others] = measured;
    deepEqual([others, seconds.length, peak.length], [[], 2, 1]);
    ok((losses.at(-1) ?? 1) < 0.5, `${losses}`);
  });

  it('trains the models asked for, in the rows asked for', async () => {
    const rows = [...(native ? ['native', 'stock-native'] : []), 'wasm', 'stock-wasm'];
    const { measured } = await bench('--models', '--quick', '--only', `tiny,linear,${rows}`);
    deepEqual(
      measured.map(({ group, name, trouble }) => [group, name, trouble]),
      ['tiny', 'linear'].flatMap(model => rows.map(name => [model, name, undefined])),
    );
  });

  it('names what there is if it is asked for something else, and its options', async () => {
    await rejects(bench('--only', 'nobody'), /--only to name one of native, .*Received: nobody/);
    await rejects(bench('--models', '--only', 'nobody'), /name one of dense, .*, native, .*nobody/);
    match((await bench('--help')).stdout, /npm run bench -- --models[\s\S]*--only NAME/);
  });
});
