/** The engine by itself in a browser: training by its own WebAssembly, and what it says of graphs. */
import assert from 'node:assert/strict';
import { hosted } from './support';

const ENTRY = `
  export * from 'tfjs-graph';
  export * as tf from '@tensorflow/tfjs';
  export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
`;

/** Points of two classes that a line divides. */
const MODEL = `
  const { tf } = lib;
  const model = tf.sequential();
  model.add(tf.layers.dense({ inputShape: [2], units: 8, activation: 'tanh' }));
  model.add(tf.layers.dense({ units: 2, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.02), loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  const x = tf.tensor2d(Array.from({ length: 200 }, (_, i) => [Math.sin(i), Math.cos(7 * i)]));
  const y = x.slice([0, 0], [-1, 1]).flatten().greater(0).toInt();
`;

describe('the engine in a browser’s page', () => {
  const host = hosted('page', ENTRY);
  const { run } = host;
  before(() =>
    run(`
        lib.setWasmPaths('${host.site.url}wasm/');
        lib.tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
        await lib.tf.setBackend('wasm');`),
  );

  it('trains Dense layers by its own step, and measures', async () => {
    const [losses, [loss, accuracy], reasons] = await run<[number[], number[], string[]]>(`
        ${MODEL}
        const reasons = [];
        const onFallback = why => reasons.push(why.reason);
        const { history } = await lib.fit(model, x, y, { epochs: 10, batchSize: 20, onFallback });
        return [history.loss, await lib.evaluate(model, x, y), reasons];`);
    assert.deepEqual(reasons, []);
    assert.equal(losses.length, 10);
    assert.ok((loss ?? 1) < (losses[0] ?? 0) / 2, String([losses, loss]));
    assert.ok((accuracy ?? 0) > 0.9, String(accuracy));
  });

  it('trains other models by TensorFlow.js’s own steps, and says why', async () => {
    const [length, reasons] = await run<[number, string[]]>(`
        ${MODEL}
        model.compile({ optimizer: lib.tf.train.adamax(0.02), loss: 'sparseCategoricalCrossentropy' });
        const reasons = [];
        const onFallback = why => reasons.push(why.reason);
        const { history } = await lib.fit(model, x, y, { epochs: 2, onFallback });
        return [history.loss.length, reasons];`);
    assert.deepEqual(reasons, [
      'its optimizer is not SGD, with or without momentum, Adam, Adagrad or RMSprop that is not centred',
    ]);
    assert.equal(length, 2);
  });

  it('refuses to make a graph, for want of the native engine', async () => {
    const refused = await run<string[]>(`
        try { new lib.GraphFunction(x => [x], [lib.tf.scalar(0)]); }
        catch (error) { return [error.name, error.code, error.message, error instanceof lib.NotRecordableError]; }`);
    assert.deepEqual(refused, [
      'NotRecordableError',
      'no-native-engine',
      'It cannot be recorded as a graph: only the native engine runs graphs',
      true,
    ]);
  });
});
