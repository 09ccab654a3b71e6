/** The work of the programs in this folder, on the engine that TensorFlow.js uses. */

/** Trains as any program of TensorFlow.js does, without knowing of the package. */
exports.train = async tf => {
  let calls = 0;
  class Counter extends tf.layers.Layer {
    static className = 'Counter';
    call(inputs) {
      calls++;
      return [inputs].flat()[0];
    }
  }
  const glorot = seed => ({ kernelInitializer: tf.initializers.glorotUniform({ seed }) });
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape: [8], ...glorot(1) }));
  model.add(new Counter({}));
  model.add(tf.layers.dense({ units: 4, activation: 'softmax', ...glorot(2) }));
  const loss = 'sparseCategoricalCrossentropy';
  model.compile({ optimizer: tf.train.adam(0.01), loss, metrics: ['accuracy'] });
  const x = tf.randomUniform([2048, 8], 0, 1, 'float32', 3);
  const y = x.slice([0, 0], [2048, 4]).argMax(1).toFloat();
  const { history } = await model.fit(x, y, { epochs: 5, shuffle: false, verbose: 0 });
  // Stock TensorFlow.js calls a layer at each of the 320 steps.
  const isCompiled = calls < 20;
  const [measured] = model.evaluate(x, y);
  return {
    node: process.versions.node,
    backend: tf.getBackend(),
    losses: history.loss,
    isCompiled,
    hasLearned: measured.dataSync()[0] < history.loss[0],
  };
};

exports.tryAll = async (tf, graph) => {
  const { divide, GraphFunction, InputError } = graph;
  const refused = thrown(() => divide({ data: Uint8Array.of(1), shape: [1] }, 0));
  const bytes = divide({ data: Uint8Array.of(0, 51, 255), shape: [3] }, 255);
  const readsBack = () => new GraphFunction(a => [a.mul(a.dataSync()[0])], [tf.scalar(1)]);
  return {
    ...(await exports.train(tf)),
    bytes: Array.from(bytes.dataSync()),
    input: refused instanceof InputError && refused instanceof RangeError && refused.code,
    refused: thrown(readsBack).code,
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
