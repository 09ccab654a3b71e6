// %% [markdown] tags=["zh"]
// # 练习的参考解答
//
// 先自己做[练习](exercises.zh.ipynb)，再来这里比较。解答是折叠起来的：点一下灰条上的 `…`，就能看到。答案不止一种，`check` 只看结果对不对。

// %% [markdown] tags=["en"]
// # Solutions of the exercises
//
// Try the [exercises](exercises.en.ipynb) yourself first, then compare. The solutions are folded: a click on the `…` of a grey bar opens it. There is more than one right answer; `check` looks only at the result.

// %% [markdown] tags=["zh"]
// ## 准备
//
// 与课程的第 1～8 阶段相同：数据、一个函数 `newModel`（每次做出一个没有训练过的新模型），和一个训练好的 `model`。

// %% [markdown] tags=["en"]
// ## Preparation
//
// As stages 1 to 8 of the lesson: the data, a function `newModel` that makes a new, untrained model each time, and `model`, which is trained.

// %%
import * as tf from '@tensorflow/tfjs';
import { check, evaluate, fit, predict, setLanguage, useDevice } from 'digits';
import mnist from 'mnist-data-loader';

// %% tags=["zh"]
setLanguage('zh');

// %% tags=["en"]
setLanguage('en');

// %%
console.log(await useDevice());

const mnistSet = await mnist.loadData();
const [[trainX, trainY], [testX, testY]] = mnistSet;

const scale = ({ data, shape }: typeof trainX): tf.Tensor3D =>
  tf.tidy(() => tf.tensor3d(data, shape, 'float32').div(255));

const xTrain = scale(trainX);
const xTest = scale(testX);
const yTrain = tf.tensor1d(trainY.data, 'int32');
const yTest = tf.tensor1d(testY.data, 'int32');

// %%
const newModel = () => {
  const made = tf.sequential();
  made.add(tf.layers.flatten({ inputShape: [28, 28] }));
  made.add(tf.layers.dense({ units: 128, activation: 'relu' }));
  made.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  made.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  return made;
};

const model = newModel();
await fit(model, xTrain, yTrain, { batchSize: 64, epochs: 2 });
await evaluate(model, xTest, yTest, { batchSize: 64 });
console.log(predict(model, xTest.slice(0, 4)).argMax(1).arraySync());

// %% [markdown] tags=["zh"]
// ## 1 导入库函数

// %% [markdown] tags=["en"]
// ## 1 Imports

// %% [markdown] tags=["zh"]
// ### 1.1 两行三列 ★

// %% [markdown] tags=["en"]
// ### 1.1 Two rows of three ★

// %% jupyter={"source_hidden": true}
// 1.1 解答 · Solution
const grid = tf.tensor2d([
  [1, 2, 3],
  [4, 5, 6],
]);

await check('1.1', grid);

// %% [markdown] tags=["zh"]
// ### 1.2 读回来 ★

// %% [markdown] tags=["en"]
// ### 1.2 Read it back ★

// %% jupyter={"source_hidden": true}
// 1.2 解答 · Solution
const mean = (values: number[]) => tf.tensor1d(values).mean().dataSync()[0];

await check('1.2', mean);

// %% [markdown] tags=["zh"]
// ## 2 参数配置

// %% [markdown] tags=["en"]
// ## 2 Configuration

// %% [markdown] tags=["zh"]
// ### 2.1 没有 GPU 也能继续 ★

// %% [markdown] tags=["en"]
// ### 2.1 Carry on without a GPU ★

// %% jupyter={"source_hidden": true}
// 2.1 解答 · Solution
const deviceName = (gpus: string[]) => (gpus.length > 0 ? gpus[0] : 'CPU');

await check('2.1', deviceName);

// %% [markdown] tags=["zh"]
// ### 2.2 实验：一次矩阵乘法要多久 ★★★

// %% [markdown] tags=["en"]
// ### 2.2 Experiment: how long does a matrix product take? ★★★

// %% jupyter={"source_hidden": true}
// 2.2 解答 · Solution
const timed = (n: number) => {
  const a = tf.randomUniform([n, n]);
  const b = tf.randomUniform([n, n]);
  const start = performance.now();
  a.matMul(b).dataSync();
  return { products: n ** 3, ms: performance.now() - start };
};

await check('2.2', timed);

// %% [markdown] tags=["zh"]
// ## 3 加载数据

// %% [markdown] tags=["en"]
// ## 3 Loading

// %% [markdown] tags=["zh"]
// ### 3.1 每个数字有多少张 ★★

// %% [markdown] tags=["en"]
// ### 3.1 How many of each digit? ★★

// %% jupyter={"source_hidden": true}
// 3.1 解答 · Solution
const counts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(
  digit => trainY.data.filter(label => label === digit).length,
);
console.log(counts);

await check('3.1', counts);

// %% [markdown] tags=["zh"]
// ### 3.2 像素在哪里 ★★

// %% [markdown] tags=["en"]
// ### 3.2 Where is the pixel? ★★

// %% jupyter={"source_hidden": true}
// 3.2 解答 · Solution
const pixelIndex = (image: number, row: number, column: number) =>
  image * 28 * 28 + row * 28 + column;

await check('3.2', pixelIndex);

// %% [markdown] tags=["zh"]
// ## 4 数据预处理

// %% [markdown] tags=["en"]
// ## 4 Preprocessing

// %% [markdown] tags=["zh"]
// ### 4.1 从 -1 到 1 ★★

// %% [markdown] tags=["en"]
// ### 4.1 From -1 to 1 ★★

// %% jupyter={"source_hidden": true}
// 4.1 解答 · Solution
const toOtherRange = (images: typeof trainX) =>
  tf.tensor3d(images.data, images.shape, 'float32').div(127.5).sub(1);

await check('4.1', toOtherRange);

// %% [markdown] tags=["zh"]
// ### 4.2 亲手做独热编码 ★★

// %% [markdown] tags=["en"]
// ### 4.2 One-hot by hand ★★

// %% jupyter={"source_hidden": true}
// 4.2 解答 · Solution
const oneHot = (label: number, classes: number) => {
  const vector: number[] = new Array(classes).fill(0);
  vector[label] = 1;
  return vector;
};

await check('4.2', oneHot);

// %% [markdown] tags=["zh"]
// ### 4.3 不留下张量 ★★

// %% [markdown] tags=["en"]
// ### 4.3 Leave no tensor behind ★★

// %% jupyter={"source_hidden": true}
// 4.3 解答 · Solution
const centre = (x: tf.Tensor) => tf.tidy(() => x.sub(x.mean()).div(x.max()));

await check('4.3', centre);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型

// %% [markdown] tags=["en"]
// ## 5 Model

// %% [markdown] tags=["zh"]
// ### 5.1 再加一个隐含层 ★

// %% [markdown] tags=["en"]
// ### 5.1 One more hidden layer ★

// %% jupyter={"source_hidden": true}
// 5.1 解答 · Solution
const deeper = tf.sequential();
deeper.add(tf.layers.flatten({ inputShape: [28, 28] }));
deeper.add(tf.layers.dense({ units: 128, activation: 'relu' }));
deeper.add(tf.layers.dense({ units: 64, activation: 'relu' }));
deeper.add(tf.layers.dense({ units: 10, activation: 'softmax' }));

await check('5.1', deeper);

// %% [markdown] tags=["zh"]
// ### 5.2 没有 relu，两层就是一层 ★★★

// %% [markdown] tags=["en"]
// ### 5.2 Without relu, two layers are one ★★★

// %% jupyter={"source_hidden": true}
// 5.2 解答 · Solution
const merge = (w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => {
  const w = w1.matMul(w2);
  const b = b1.reshape([1, -1]).matMul(w2).add(b2);
  return [w, b];
};

await check('5.2', merge);

// %% [markdown] tags=["zh"]
// ### 5.3 亲手做 softmax ★★★

// %% [markdown] tags=["en"]
// ### 5.3 softmax by hand ★★★

// %% jupyter={"source_hidden": true}
// 5.3 解答 · Solution
const softmax = (logits: number[]) => {
  const largest = Math.max(...logits);
  const powers = logits.map(z => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
};

await check('5.3', softmax);

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构

// %% [markdown] tags=["en"]
// ## 6 Summary

// %% [markdown] tags=["zh"]
// ### 6.1 数参数 ★

// %% [markdown] tags=["en"]
// ### 6.1 Count the parameters ★

// %% jupyter={"source_hidden": true}
// 6.1 解答 · Solution
const denseParameters = (inputs: number, units: number) => inputs * units + units;

await check('6.1', denseParameters);

// %% [markdown] tags=["zh"]
// ### 6.2 更深，却更小 ★★

// %% [markdown] tags=["en"]
// ### 6.2 Deeper, yet smaller ★★

// %% jupyter={"source_hidden": true}
// 6.2 解答 · Solution
const slim = tf.sequential();
slim.add(tf.layers.flatten({ inputShape: [28, 28] }));
slim.add(tf.layers.dense({ units: 64, activation: 'relu' }));
slim.add(tf.layers.dense({ units: 32, activation: 'relu' }));
slim.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
const parameters = 784 * 64 + 64 + (64 * 32 + 32) + (32 * 10 + 10);

await check('6.2', { model: slim, parameters });

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法

// %% [markdown] tags=["en"]
// ## 7 Compile

// %% [markdown] tags=["zh"]
// ### 7.1 亲手算交叉熵 ★

// %% [markdown] tags=["en"]
// ### 7.1 Cross-entropy by hand ★

// %% jupyter={"source_hidden": true}
// 7.1 解答 · Solution
const crossEntropy = (probabilities: number[], label: number) =>
  -Math.log(probabilities[label] as number);

await check('7.1', crossEntropy);

// %% [markdown] tags=["zh"]
// ### 7.2 一无所知时的损失 ★★

// %% [markdown] tags=["en"]
// ### 7.2 The loss of knowing nothing ★★

// %% jupyter={"source_hidden": true}
// 7.2 解答 · Solution
const ignorantLoss = (classes: number) => -Math.log(1 / classes);

await check('7.2', ignorantLoss);

// %% [markdown] tags=["zh"]
// ### 7.3 标签是独热向量时 ★★

// %% [markdown] tags=["en"]
// ### 7.3 When labels are one-hot ★★

// %% jupyter={"source_hidden": true}
// 7.3 解答 · Solution
const forOneHot = newModel();
forOneHot.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });

await check('7.3', forOneHot);

// %% [markdown] tags=["zh"]
// ## 8 训练模型

// %% [markdown] tags=["en"]
// ## 8 Fit

// %% [markdown] tags=["zh"]
// ### 8.1 一轮有多少步 ★★

// %% [markdown] tags=["en"]
// ### 8.1 How many steps are there in an epoch? ★★

// %% jupyter={"source_hidden": true}
// 8.1 解答 · Solution
const stepsPerEpoch = (samples: number, batchSize: number, validationSplit: number) =>
  Math.ceil(Math.floor(samples * (1 - validationSplit)) / batchSize);

await check('8.1', stepsPerEpoch);

// %% [markdown] tags=["zh"]
// ### 8.2 实验：批次大小，时间和准确率 ★★★

// %% [markdown] tags=["en"]
// ### 8.2 Experiment: batch size, time and accuracy ★★★

// %% jupyter={"source_hidden": true}
// 8.2 解答 · Solution
const trainWith = async (batchSize: number) => {
  const made = newModel();
  await fit(made, xTrain.slice(0, 12000), yTrain.slice(0, 12000), {
    batchSize: batchSize,
    verbose: 0,
  });
  return made;
};

await check('8.2', trainWith);

// %% [markdown] tags=["zh"]
// ### 8.3 实验：让网络过拟合 ★★★

// %% [markdown] tags=["en"]
// ### 8.3 Experiment: make it overfit ★★★

// %% jupyter={"source_hidden": true}
// 8.3 解答 · Solution
const overfitted = await fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), {
  epochs: 150,
  validationSplit: 0.2,
  verbose: 0,
});

await check('8.3', overfitted);

// %% [markdown] tags=["zh"]
// ### 8.4 实验：消除过拟合 ★★★

// %% [markdown] tags=["en"]
// ### 8.4 Experiment: get rid of overfitting ★★★

// %% jupyter={"source_hidden": true}
// 8.4 解答 · Solution
const improved = await fit(newModel(), xTrain.slice(0, 500), yTrain.slice(0, 500), {
  epochs: 150,
  validationSplit: 0.2,
  callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 2 }),
  verbose: 0,
});

await check('8.4', improved);

// %% [markdown] tags=["zh"]
// ### 8.5 实验：学不会的初始权重 ★★★

// %% [markdown] tags=["en"]
// ### 8.5 Experiment: first weights that cannot learn ★★★

// %% jupyter={"source_hidden": true}
// 8.5 解答 · Solution
// 隐含层输出 0，输出层权重也是 0，所以每个权重的梯度都是 0：只有输出层的偏置在学。
// The hidden units put out 0 and the output's weights are 0, so every weight's gradient is 0: only the output's biases learn.
const failing = tf.sequential();
failing.add(tf.layers.flatten({ inputShape: [28, 28] }));
failing.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: 'zeros' }));
failing.add(tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'zeros' }));
failing.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
await fit(failing, xTrain.slice(0, 12000), yTrain.slice(0, 12000));

await check('8.5', failing);

// %% [markdown] tags=["zh"]
// ## 9 评估模型

// %% [markdown] tags=["en"]
// ## 9 Evaluate

// %% [markdown] tags=["zh"]
// ### 9.1 亲手算准确率 ★

// %% [markdown] tags=["en"]
// ### 9.1 Accuracy by hand ★

// %% jupyter={"source_hidden": true}
// 9.1 解答 · Solution
const accuracy = (labels: number[], predictions: number[]) =>
  labels.filter((label, i) => label === predictions[i]).length / labels.length;

await check('9.1', accuracy);

// %% [markdown] tags=["zh"]
// ### 9.2 认一张图 ★★

// %% [markdown] tags=["en"]
// ### 9.2 Recognise one picture ★★

// %% jupyter={"source_hidden": true}
// 9.2 解答 · Solution
const recognise = (picture: tf.Tensor) =>
  predict(model, picture.reshape([1, 28, 28]))
    .argMax(1)
    .dataSync()[0];

await check('9.2', recognise);

// %% [markdown] tags=["zh"]
// ### 9.3 谁被认成了谁 ★★★

// %% [markdown] tags=["en"]
// ### 9.3 What is taken for what? ★★★

// %% jupyter={"source_hidden": true}
// 9.3 解答 · Solution
const confusion = (labels: number[], predictions: number[]) => {
  const rows: number[][] = [];
  for (let row = 0; row < 10; row++) {
    const counts: number[] = [];
    for (let column = 0; column < 10; column++) {
      let count = 0;
      for (let i = 0; i < labels.length; i++) {
        if (labels[i] === row && predictions[i] === column) count += 1;
      }
      counts.push(count);
    }
    rows.push(counts);
  }
  return rows;
};

await check('9.3', confusion);

// %% [markdown] tags=["zh"]
// ## 10 应用模型

// %% [markdown] tags=["en"]
// ## 10 Apply

// %% [markdown] tags=["zh"]
// ### 10.1 亲手做 argMax(1) ★

// %% [markdown] tags=["en"]
// ### 10.1 argMax(1) by hand ★

// %% jupyter={"source_hidden": true}
// 10.1 解答 · Solution
const argMax = (rows: number[][]) => rows.map(row => row.indexOf(Math.max(...row)));

await check('10.1', argMax);

// %% [markdown] tags=["zh"]
// ### 10.2 错得最有把握的一张 ★★★

// %% [markdown] tags=["en"]
// ### 10.2 The most certain mistake ★★★

// %% jupyter={"source_hidden": true}
// 10.2 解答 · Solution
const probabilities = predict(model, xTest);
const digits = probabilities.argMax(1).dataSync();
const certainty = probabilities.max(1).dataSync();
let worst = 0;
let most = 0;
for (const [i, p] of certainty.entries()) {
  const isWrong = digits[i] !== testY.data[i];
  if (isWrong && p > most) {
    worst = i;
    most = p;
  }
}

await check('10.2', { network: model, index: worst });

// %% [markdown] tags=["zh"]
// ### 10.3 实验：换一组数据 ★★★

// %% [markdown] tags=["en"]
// ### 10.3 Experiment: another set ★★★

// %% jupyter={"source_hidden": true}
// 10.3 解答 · Solution
const learn = async (set: typeof mnistSet) => {
  const [[trainX, trainY], [testX, testY]] = set;
  const learner = newModel();
  await fit(learner, scale(trainX), tf.tensor1d(trainY.data, 'int32'), { epochs: 5, verbose: 0 });
  const labels = tf.tensor1d(testY.data, 'int32');
  const [, share] = await evaluate(learner, scale(testX), labels, { verbose: 0 });
  return share;
};

await check('10.3', learn);

// %% [markdown] tags=["zh"]
// ### 10.4 实验：小小的卷积 ★★★

// %% [markdown] tags=["en"]
// ### 10.4 Experiment: a small convolution ★★★

// %% jupyter={"source_hidden": true}
// 10.4 解答 · Solution
const convolution = tf.sequential();
convolution.add(
  tf.layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu', inputShape: [28, 28, 1] }),
);
convolution.add(tf.layers.maxPooling2d({ poolSize: 2 }));
convolution.add(tf.layers.flatten());
convolution.add(tf.layers.dense({ units: 64, activation: 'relu' }));
convolution.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
convolution.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
await fit(convolution, xTrain.reshape([-1, 28, 28, 1]), yTrain, { batchSize: 64, epochs: 4 });

await check('10.4', convolution);
