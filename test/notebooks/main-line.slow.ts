/** The main line of the lesson, copied into a file, runs under stock TensorFlow.js. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { temporaryFolder } from '../folder';
import { mainLine } from './main-line';

/** Replaces the lesson's package: arithmetic by TensorFlow.js, and no-ops for guesses and figures. */
const STAND_INS = `
  const { createRequire } = require('node:module');
  const load = createRequire(${JSON.stringify(join(projectRoot, 'package.json'))});
  const tf = load('@tensorflow/tfjs');
  const wasm = '@tensorflow/tfjs-backend-wasm';
  load(wasm).setWasmPaths(load.resolve(wasm).replace(/[^/\\\\]*$/, ''));
  const { default: mnist } = load('mnist-data-loader');
  const display = () => {};
  const figures = new Proxy({}, { get: () => () => ({}) });
  let saved;
  const own = {
    divide: ({ data, shape }, divisor) => tf.tensor(data, shape, 'float32').div(divisor),
    async drawn() {
      const [, [x, y]] = await mnist.loadData();
      return [x.slice(0, 1), y.slice(0, 1)];
    },
    findings: figures,
    loadModel: async () => saved,
    saveModel: async model => { saved = model; },
  };
  const digits = new Proxy(own, { get: (all, name) => all[name] ?? (() => ({})) });
`;

describe('the main line of the lesson, as a program', function () {
  this.timeout(600_000);

  it('runs under stock TensorFlow.js with nothing of ours but stand-ins', async () => {
    const { execa } = await import('execa');
    const { transformSync } = await import('esbuild');
    const cells = mainLine('en').filter(({ isText }) => !isText);
    const source = cells.map(cell => cell.source.replace(/^import .*$/gm, '')).join('\n');
    const program = `${STAND_INS}
      void (async () => {
        await tf.setBackend('wasm');
        ${source}
        const shown = [Object.keys(history.history), testAccuracy.arraySync(), yPred.arraySync()];
        console.log('RESULT', JSON.stringify(shown));
      })();`;
    const file = join(temporaryFolder(), 'lesson.cjs');
    writeFileSync(file, transformSync(program, { loader: 'ts' }).code);
    const { stdout } = await execa(process.execPath, [file], { cwd: projectRoot });
    const [names, accuracy, digits] = JSON.parse(/^RESULT (.*)$/m.exec(stdout)?.[1] ?? '[]');
    assert.deepEqual(names, [
      'val_loss',
      'val_sparseCategoricalAccuracy',
      'loss',
      'sparseCategoricalAccuracy',
    ]);
    assert.ok(accuracy > 0.95, `the accuracy is ${accuracy}`);
    assert.deepEqual(digits, [7, 2, 1, 0]);
  });
});
