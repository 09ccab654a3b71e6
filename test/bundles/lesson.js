// The lesson's calls: trains, measures and predicts on generated pictures. Runs here and in a
// browser; `lib` contains the bundled packages.
async lib => {
  const data = Uint8Array.from({ length: 300 * 784 }, (_, i) =>
    (i * 7919) % 5 ? 0 : (i * 104729) % 256,
  );
  const x = lib.divide({ data, shape: [300, 28, 28] }, 255);
  const y = lib.tf.tensor1d(
    Array.from({ length: 300 }, (_, i) => i % 10),
    'int32',
  );
  const initial = seed => ({ kernelInitializer: lib.tf.initializers.glorotUniform({ seed }) });
  const model = lib.tf.sequential();
  model.add(lib.tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(lib.tf.layers.dense({ units: 32, activation: 'relu', ...initial(1) }));
  model.add(lib.tf.layers.dense({ units: 10, activation: 'softmax', ...initial(2) }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [lib.tf.metrics.sparseCategoricalAccuracy],
  });
  globalThis.lesson = { model, x, y };
  const options = { batchSize: 32, epochs: 3, validationSplit: 0.2, shuffle: false, verbose: 0 };
  const { history } = await model.fit(x, y, options);
  const evaluated = model.evaluate(x, y, { verbose: 0 }).map(scalar => scalar.arraySync());
  const predicted = [...model.predict(x.slice(0, 3)).dataSync()];
  return { history, evaluated, predicted };
};
