/** What the programs of this folder do with the package, on the engine that TensorFlow.js uses. */
exports.tryAll = async (tf, graph) => {
  const { divide, evaluate, fit, GraphFunction, InputError } = graph;
  const fallbacks = [];
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        ...{ units: 16, activation: 'relu', inputShape: [8] },
        kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      }),
      tf.layers.dense({
        ...{ units: 4, activation: 'softmax' },
        kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }),
      }),
    ],
  });
  model.compile({
    ...{ optimizer: tf.train.adam(0.01), loss: 'sparseCategoricalCrossentropy' },
    metrics: ['accuracy'],
  });
  const x = tf.randomUniform([2048, 8], 0, 1, 'float32', 3);
  const y = x.slice([0, 0], [2048, 4]).argMax(1);
  const options = { epochs: 5, shuffle: false, onFallback: why => fallbacks.push(why.reason) };
  const { history } = await fit(model, x, y, { ...options, verbose: 0 });
  const [loss] = await evaluate(model, x, y);
  const refused = thrown(() => divide({ data: Uint8Array.of(1), shape: [1] }, 0));
  return {
    node: process.versions.node,
    backend: tf.getBackend(),
    fallbacks,
    losses: history.loss,
    learnt: loss < history.loss[0],
    bytes: Array.from(divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255).dataSync()),
    input: refused instanceof InputError && refused instanceof RangeError && refused.code,
    refused: thrown(() => new GraphFunction(a => [a.mul(a.dataSync()[0])], [x])).code,
    ...loop(tf, GraphFunction),
  };
};

/** A thousand steps of stochastic gradient descent in a single call. */
function loop(tf, GraphFunction) {
  const w = tf.variable(tf.zeros([2]));
  const step = new GraphFunction(
    (x, y) => {
      const error = x.mul(w).sum().sub(y);
      w.assign(w.sub(x.mul(error).mul(0.1)));
      return [error.square()];
    },
    [tf.zeros([2]), tf.scalar(0)],
  );
  const xs = tf.randomNormal([1000, 2], 0, 1, 'float32', 4);
  const [losses] = step.scan(xs, xs.dot(tf.tensor1d([3, -2])));
  step.pull();
  step.dispose();
  return { graph: losses.shape, weights: w.round().arraySync() };
}

function thrown(work) {
  try {
    work();
  } catch (error) {
    return error;
  }
}
