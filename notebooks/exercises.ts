// %% [markdown] tags=["zh", "worksheet"]
// # 练习：亲手做一遍
//
// 课程的每个阶段都有两道以上的练习，从回忆到小实验，都可自动批改。
//
// **怎样做**：先运行下面的“准备”。然后选一道题，在单元格里写下答案，按 `Shift + Enter`。`check` 会告诉您对不对、为什么；第一次答错，给一个提示，再错就给更明白的提示。想试多少次都可以，顺序也随意。
//
// **难度**：★ 课程里讲过，回忆一下就会；★★ 要自己想一步；★★★ 小实验，或者要动些脑筋。课程没有讲到的写法，题目里都有例子。
//
// 术语见[术语表](GLOSSARY.md)，讲解见[课程](lesson.zh.ipynb)，参考解答在[另一个笔记本](solutions.zh.ipynb)里，是折叠起来的。

// %% [markdown] tags=["en", "worksheet"]
// # Exercises: do it yourself
//
// Two or more exercises for each stage of the lesson, from recall to small experiments. They check themselves.
//
// **How to do them**: first run the preparation below. Then choose an exercise, write your answer into its cell and press `Shift + Enter`. `check` says whether it is right, and why. The first wrong answer brings a hint, the next one a plainer hint. Try as often as you like, in any order.
//
// **Difficulty**: ★ was in the lesson and needs only recall; ★★ needs a thought of your own; ★★★ is a small experiment, or a puzzle. Where code is needed that the lesson did not show, the exercise gives an example.
//
// The terms are in the [glossary](GLOSSARY.md), the explanations in the [lesson](lesson.en.ipynb), and the solutions, folded, in [a notebook of their own](solutions.en.ipynb).

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
//
// 做一个形状为 `[2, 3]` 的张量，里面是 1 到 6 这六个数。

// %% [markdown] tags=["en"]
// ### 1.1 Two rows of three ★
//
// Make a tensor of shape `[2, 3]` that holds the numbers 1 to 6.

// %%
const grid = undefined; // tf.…

await check('1.1', grid);

// %% [markdown] tags=["zh"]
// ### 1.2 读回来 ★
//
// 让 `tf` 求出几个数的平均值，再返回一个普通的数，例如 `[2, 4, 9]` 得到 5。张量 `t` 的平均值是 `t.mean()`。

// %% [markdown] tags=["en"]
// ### 1.2 Read it back ★
//
// Let `tf` compute the mean of some numbers, and return it as a plain number: `[2, 4, 9]` gives 5. The mean of a tensor `t` is `t.mean()`.

// %%
const mean = (values: number[]) => {
  // return …
};

await check('1.2', mean);

// %% [markdown] tags=["zh"]
// ## 2 参数配置

// %% [markdown] tags=["en"]
// ## 2 Configuration

// %% [markdown] tags=["zh"]
// ### 2.1 没有 GPU 也能继续 ★
//
// `gpus` 是找到的 GPU 的名字，也可能是空列表。返回第一块 GPU 的名字；一块也没有时，返回 `'CPU'`。

// %% [markdown] tags=["en"]
// ### 2.1 Carry on without a GPU ★
//
// `gpus` holds the names of the GPUs that were found; it may be empty. Return the name of the first GPU, or `'CPU'` if there is none.

// %%
const deviceName = (gpus: string[]) => {
  // return …
};

await check('2.1', deviceName);

// %% [markdown] tags=["zh"]
// ### 2.2 实验：一次矩阵乘法要多久 ★★★
//
// 写一个函数，用 `a.matMul(b)` 把两个 n × n 的矩阵相乘，返回 `{ products, ms }`：`products` 是其中数与数的乘法一共有多少次，`ms` 是用了多少毫秒。`check` 用三个大小不同的 `n` 来调用它，同时看着 `tf` 算了什么、用了多久。
//
// `tf.randomUniform([n, n])` 做出一个矩阵；`performance.now()` 给出当前的时刻，以毫秒计；`dataSync()` 读出结果，这样才能确定已经算完。

// %% [markdown] tags=["en"]
// ### 2.2 Experiment: how long does a matrix product take? ★★★
//
// Write a function that multiplies two n × n matrices with `a.matMul(b)` and returns `{ products, ms }`: `products` is how many multiplications of two numbers it takes, `ms` how many milliseconds it took. `check` calls it with three values of `n`, and watches what `tf` computes and for how long.
//
// `tf.randomUniform([n, n])` makes a matrix; `performance.now()` gives the current time in milliseconds; `dataSync()` reads the result, which makes sure that the product is done.

// %%
const timed = (n: number) => {
  // return { products: …, ms: … };
};

await check('2.2', timed);

// %% [markdown] tags=["zh"]
// ## 3 加载数据

// %% [markdown] tags=["en"]
// ## 3 Loading

// %% [markdown] tags=["zh"]
// ### 3.1 每个数字有多少张 ★★
//
// 训练集里，数字 0～9 各有多少张图片？做一个数组，依次写出这十个数。标签在 `trainY.data` 里。

// %% [markdown] tags=["en"]
// ### 3.1 How many of each digit? ★★
//
// How many pictures of each digit, 0 to 9, does the training set hold? Make an array of these ten numbers. The labels are in `trainY.data`.

// %%
const counts = undefined; // […]

await check('3.1', counts);

// %% [markdown] tags=["zh"]
// ### 3.2 像素在哪里 ★★
//
// `trainX.data` 把所有像素排成一长串：一张图接一张图，图里一行接一行。第 `image` 张图、第 `row` 行、第 `column` 列的像素在第几个位置？都从 0 数起。

// %% [markdown] tags=["en"]
// ### 3.2 Where is the pixel? ★★
//
// `trainX.data` holds all pixels in one long list: picture after picture, and within a picture row after row. At which place is the pixel of picture `image`, row `row`, column `column`? Everything counts from 0.

// %%
const pixelIndex = (image: number, row: number, column: number) => {
  // return …
};

await check('3.2', pixelIndex);

// %% [markdown] tags=["zh"]
// ## 4 数据预处理

// %% [markdown] tags=["en"]
// ## 4 Preprocessing

// %% [markdown] tags=["zh"]
// ### 4.1 从 -1 到 1 ★★
//
// 课程把像素缩放到 0～1。有些网络要的是 -1～1：0 变成 -1，255 变成 1，中间的灰度均匀分布。写出这样的函数，返回形状不变的 float32 张量。一个像素变成多少，与图里别的像素无关。

// %% [markdown] tags=["en"]
// ### 4.1 From -1 to 1 ★★
//
// The lesson scales pixels to 0…1. Some networks expect -1…1: 0 becomes -1, 255 becomes 1, and the greys between are spread evenly. Write this function; it returns a float32 tensor of the same shape. What a pixel becomes does not depend on the other pixels.

// %%
const toOtherRange = (images: typeof trainX) => {
  // return …
};

await check('4.1', toOtherRange);

// %% [markdown] tags=["zh"]
// ### 4.2 亲手做独热编码 ★★
//
// 不用 `tf.oneHot`，把一个标签变成独热向量。`classes` 是类别的总数，例如 `oneHot(1, 3)` 得到 `[0, 1, 0]`。

// %% [markdown] tags=["en"]
// ### 4.2 One-hot by hand ★★
//
// Turn a label into a one-hot vector, without `tf.oneHot`. `classes` is the number of classes: `oneHot(1, 3)` gives `[0, 1, 0]`.

// %%
const oneHot = (label: number, classes: number) => {
  // return …
};

await check('4.2', oneHot);

// %% [markdown] tags=["zh"]
// ### 4.3 不留下张量 ★★
//
// 下面的函数结果正确，但每次调用都留下三个没有释放的中间张量。改写它，只留下返回的那一个。
//
// `tf.tidy` 运行一个函数，然后释放其中做出的所有张量，只留下返回的：`tf.tidy(() => x.square().sum())` 留下和，释放平方。

// %% [markdown] tags=["en"]
// ### 4.3 Leave no tensor behind ★★
//
// The function below gives the right result, but each call leaves three tensors behind that nobody frees. Rewrite it so that only the one it returns is left.
//
// `tf.tidy` runs a function, then frees every tensor that was made in it except the one returned: `tf.tidy(() => x.square().sum())` keeps the sum and frees the squares.

// %%
const centre = (x: tf.Tensor) => x.sub(x.mean()).div(x.max());

await check('4.3', centre);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型

// %% [markdown] tags=["en"]
// ## 5 Model

// %% [markdown] tags=["zh"]
// ### 5.1 再加一个隐含层 ★
//
// 搭建一个有两个隐含层的模型：输入 28 × 28 的图片，输出十个概率。隐含层有多少个神经元，由您决定。

// %% [markdown] tags=["en"]
// ### 5.1 One more hidden layer ★
//
// Build a model with two hidden layers that turns pictures of 28 × 28 into ten probabilities. How many units a hidden layer has is up to you.

// %%
const deeper = tf.sequential();
// deeper.add(…);

await check('5.1', deeper);

// %% [markdown] tags=["zh"]
// ### 5.2 没有 relu，两层就是一层 ★★★
//
// 两个没有激活函数的层先后计算 `(x · w1 + b1) · w2 + b2`。求出一个层的权重 `w` 和偏置 `b`，使 `x · w + b` 对任何 `x` 都得到同样的结果。返回 `[w, b]`。
//
// 矩阵乘法是 `a.matMul(b)`，加法是 `a.add(b)`。`matMul` 只接受矩阵：`b1.reshape([1, -1])` 把向量变成只有一行的矩阵。

// %% [markdown] tags=["en"]
// ### 5.2 Without relu, two layers are one ★★★
//
// Two layers without activation compute `(x · w1 + b1) · w2 + b2`. Find the weights `w` and the bias `b` of a single layer for which `x · w + b` is the same, whatever `x` is. Return `[w, b]`.
//
// The matrix product is `a.matMul(b)`, the sum `a.add(b)`. `matMul` takes matrices only: `b1.reshape([1, -1])` makes a vector into a matrix of one row.

// %%
const merge = (w1: tf.Tensor2D, b1: tf.Tensor1D, w2: tf.Tensor2D, b2: tf.Tensor1D) => {
  // return [w, b];
};

await check('5.2', merge);

// %% [markdown] tags=["zh"]
// ### 5.3 亲手做 softmax ★★★
//
// 不用 `tf.softmax`，把任意几个数（`logits`）变成概率：$p_i = e^{z_i} / \sum_j e^{z_j}$。$e^z$ 写作 `Math.exp(z)`。很大的数，例如 1000，也要能算：这时 `Math.exp(1000)` 是 Infinity，要另想办法。

// %% [markdown] tags=["en"]
// ### 5.3 softmax by hand ★★★
//
// Turn any numbers (`logits`) into probabilities, without `tf.softmax`: $p_i = e^{z_i} / \sum_j e^{z_j}$. $e^z$ is `Math.exp(z)`. Large numbers must work too. `Math.exp(1000)` is Infinity, so you will need an idea.

// %%
const softmax = (logits: number[]) => {
  // return …
};

await check('5.3', softmax);

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构

// %% [markdown] tags=["en"]
// ## 6 Summary

// %% [markdown] tags=["zh"]
// ### 6.1 数参数 ★
//
// 一个全连接层有 `inputs` 个输入、`units` 个神经元。它一共有多少个参数？

// %% [markdown] tags=["en"]
// ### 6.1 Count the parameters ★
//
// A Dense layer has `inputs` inputs and `units` units. How many parameters does it have?

// %%
const denseParameters = (inputs: number, units: number) => {
  // return …
};

await check('6.1', denseParameters);

// %% [markdown] tags=["zh"]
// ### 6.2 更深，却更小 ★★
//
// 课程的模型有一个隐含层，101 770 个参数。搭建一个有两个隐含层、参数却更少的模型，并说出它有多少个参数。先用纸笔算，再用 `slim.countParams()` 核对。

// %% [markdown] tags=["en"]
// ### 6.2 Deeper, yet smaller ★★
//
// The model of the lesson has one hidden layer and 101,770 parameters. Build one with two hidden layers and fewer parameters, and say how many it has. Count on paper first, then compare with `slim.countParams()`.

// %%
const slim = tf.sequential();
// slim.add(…);
const parameters = undefined; // 784 * …

await check('6.2', { model: slim, parameters });

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法

// %% [markdown] tags=["en"]
// ## 7 Compile

// %% [markdown] tags=["zh"]
// ### 7.1 亲手算交叉熵 ★
//
// `probabilities` 是网络对一个样本给出的概率，`label` 是正确答案。返回这个样本的损失，即稀疏交叉熵。JavaScript 的自然对数是 `Math.log`。

// %% [markdown] tags=["en"]
// ### 7.1 Cross-entropy by hand ★
//
// `probabilities` are those that the network gives for one sample, and `label` is the right answer. Return the loss of this sample, the sparse cross-entropy. JavaScript's natural logarithm is `Math.log`.

// %%
const crossEntropy = (probabilities: number[], label: number) => {
  // return …
};

await check('7.1', crossEntropy);

// %% [markdown] tags=["zh"]
// ### 7.2 一无所知时的损失 ★★
//
// 一个什么也没有学过的网络，给 `classes` 个类别同样的概率。它的交叉熵损失是多少？

// %% [markdown] tags=["en"]
// ### 7.2 The loss of knowing nothing ★★
//
// A network that has learnt nothing gives each of `classes` classes the same probability. What is its cross-entropy loss?

// %%
const ignorantLoss = (classes: number) => {
  // return …
};

await check('7.2', ignorantLoss);

// %% [markdown] tags=["zh"]
// ### 7.3 标签是独热向量时 ★★
//
// 假如标签已经变成了独热向量。重新配置这个模型：损失函数用与独热标签相配的交叉熵；优化器仍是 adam，但学习率改为 0.01。
//
// `'adam'` 的学习率是 0.001。要用别的，就把优化器写成对象，例如 `tf.train.sgd(0.1)`；adam 也有这样的写法。

// %% [markdown] tags=["en"]
// ### 7.3 When labels are one-hot ★★
//
// Suppose the labels have been turned into one-hot vectors. Compile this model again, with the cross-entropy that suits such labels, and with adam, but at a learning rate of 0.01.
//
// `'adam'` has a learning rate of 0.001. For another one, write the optimizer as an object, such as `tf.train.sgd(0.1)`; adam can be written in the same way.

// %%
const forOneHot = newModel();
// forOneHot.compile({ … });

await check('7.3', forOneHot);

// %% [markdown] tags=["zh"]
// ## 8 训练模型

// %% [markdown] tags=["en"]
// ## 8 Fit

// %% [markdown] tags=["zh"]
// ### 8.1 一轮有多少步 ★★
//
// 有 `samples` 个样本，按 `validationSplit` 的比例留出验证集，其余的参加训练，每步取 `batchSize` 个。参加训练的样本不是整数时，Keras 向下取整：11 个样本，留出 0.5，就有 5 个参加训练。一个轮次有多少步？

// %% [markdown] tags=["en"]
// ### 8.1 How many steps are there in an epoch? ★★
//
// Of `samples` samples, the share `validationSplit` is kept for validation; the others are trained on, `batchSize` in each step. Where their number is not whole, Keras rounds it down: of 11 samples with a split of 0.5, it trains on 5. How many steps are there in an epoch?

// %%
const stepsPerEpoch = (samples: number, batchSize: number, validationSplit: number) => {
  // return …
};

await check('8.1', stepsPerEpoch);

// %% [markdown] tags=["zh"]
// ### 8.2 实验：批次大小，时间和准确率 ★★★
//
// 批次大小为 16、64、512 时，哪个训练得最快，哪个学得最好？先猜一猜。
//
// 写一个函数：新建一个模型，用 `fit` 和收到的批次大小训练一个轮次，返回模型。训练集的前 12 000 个样本就够了。`check` 用这三种批次大小来调用它，替您计时，再用测试图片给每个模型打分。

// %% [markdown] tags=["en"]
// ### 8.2 Experiment: batch size, time and accuracy ★★★
//
// Of the batch sizes 16, 64 and 512, which trains fastest, and which learns most? Guess first.
//
// Write a function that makes a new model, trains it by `fit` for one epoch with the batch size that it is given, and returns it. The first 12,000 training samples will do. `check` calls it with each of these sizes, takes the time, and measures every model on test pictures.

// %%
const trainWith = async (batchSize: number) => {
  // return …
};

await check('8.2', trainWith);

// %% [markdown] tags=["zh"]
// ### 8.3 实验：让网络过拟合 ★★★
//
// 训练一个新模型，让它把样本背下来：训练损失很低，验证损失却已经回升。把 `fit` 返回的历史交给 `check`。

// %% [markdown] tags=["en"]
// ### 8.3 Experiment: make it overfit ★★★
//
// Train a new model so that it learns its samples by heart: the training loss is low, while the validation loss has risen again. Hand the history that `fit` returns to `check`.

// %%
const overfitted = undefined; // await fit(newModel(), …);

await check('8.3', overfitted);

// %% [markdown] tags=["zh"]
// ### 8.4 实验：消除过拟合 ★★★
//
// 再训练一个新模型，使验证损失最后停在最低点附近，而且学会了认数字。办法由您选择：更多的样本、更小的网络、提前停止……
//
// 提前停止要靠回调（callback），它在训练途中被调用。例如，训练损失连续 3 轮没有降低就停止：
//
// ```ts
// await fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });
// ```

// %% [markdown] tags=["en"]
// ### 8.4 Experiment: get rid of overfitting ★★★
//
// Train another new model, so that the validation loss ends near its lowest and the digits are learnt. The means are yours to choose: more samples, a smaller network, early stopping, …
//
// Early stopping is done by a callback, which is called while training goes on. This one ends training when the training loss has not fallen for 3 epochs:
//
// ```ts
// await fit(…, { callbacks: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 3 }) });
// ```

// %%
const improved = undefined; // await fit(newModel(), …);

await check('8.4', improved);

// %% [markdown] tags=["zh"]
// ### 8.5 实验：学不会的初始权重 ★★★
//
// 初始权重通常是随机的。搭建、配置并训练一个与课程相同的模型，但换一种初始权重，使它怎么训练也学不会。为什么学不会？
//
// 初始权重由 `kernelInitializer` 决定，例如都从 1 开始，或者随机取 0 和 1 之间的数：
//
// ```ts
// tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'ones' })
// tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomUniform({ minval: 0, maxval: 1 }) })
// ```

// %% [markdown] tags=["en"]
// ### 8.5 Experiment: first weights that cannot learn ★★★
//
// First weights are usually random. Build, compile and train a model like that of the lesson, but choose other first weights, so that it does not learn, however long it is trained. Why not?
//
// `kernelInitializer` sets the first weights, for instance all to 1, or to random numbers between 0 and 1:
//
// ```ts
// tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: 'ones' })
// tf.layers.dense({ units: 10, activation: 'softmax', kernelInitializer: tf.initializers.randomUniform({ minval: 0, maxval: 1 }) })
// ```

// %%
const failing = tf.sequential();
// failing.add(…); failing.compile({ … }); await fit(failing, …);

await check('8.5', failing);

// %% [markdown] tags=["zh"]
// ## 9 评估模型

// %% [markdown] tags=["en"]
// ## 9 Evaluate

// %% [markdown] tags=["zh"]
// ### 9.1 亲手算准确率 ★
//
// `labels` 是标签，`predictions` 是网络的回答，一一对应。算出准确率：0 和 1 之间的数。

// %% [markdown] tags=["en"]
// ### 9.1 Accuracy by hand ★
//
// `labels` are the labels, `predictions` the network's answers, in the same order. Compute the accuracy, a number between 0 and 1.

// %%
const accuracy = (labels: number[], predictions: number[]) => {
  // return …
};

await check('9.1', accuracy);

// %% [markdown] tags=["zh"]
// ### 9.2 认一张图 ★★
//
// `picture` 是一张图，形状为 `[28, 28]`，像素已经在 0～1 之间。用上面训练好的 `model` 认出它是几，返回一个普通的数。

// %% [markdown] tags=["en"]
// ### 9.2 Recognise one picture ★★
//
// `picture` is a single picture of shape `[28, 28]`, its pixels already between 0 and 1. Let the trained `model` from above say which digit it is, and return that as a plain number.

// %%
const recognise = (picture: tf.Tensor) => {
  // return …
};

await check('9.2', recognise);

// %% [markdown] tags=["zh"]
// ### 9.3 谁被认成了谁 ★★★
//
// 算出混淆矩阵：十行十列，都从 0 数起；第 `i` 行、第 `j` 列的数，表示标签为 `i` 的样本中，有多少个被认成了 `j`。可以像 `const rows = [[0, 0], [0, 0]]` 这样，先做出全是 0 的行，再用 `rows[1][0] += 1` 给一格加 1。

// %% [markdown] tags=["en"]
// ### 9.3 What is taken for what? ★★★
//
// Make the confusion matrix: ten rows of ten numbers, counted from 0, where row `i`, column `j` tells how many samples with the label `i` were taken for a `j`. You can begin with rows of zeros, as in `const rows = [[0, 0], [0, 0]]`, and add 1 to a cell with `rows[1][0] += 1`.

// %%
const confusion = (labels: number[], predictions: number[]) => {
  // return …
};

await check('9.3', confusion);

// %% [markdown] tags=["zh"]
// ## 10 应用模型

// %% [markdown] tags=["en"]
// ## 10 Apply

// %% [markdown] tags=["zh"]
// ### 10.1 亲手做 argMax(1) ★
//
// `rows` 的每一行是一个样本的概率。不用 `tf`，返回每一行中最大的数的位置：`[[0.1, 0.9], [0.8, 0.2]]` 得到 `[1, 0]`。

// %% [markdown] tags=["en"]
// ### 10.1 argMax(1) by hand ★
//
// Each of the `rows` holds the probabilities of one sample. Without `tf`, return the place of the largest number in each row: `[[0.1, 0.9], [0.8, 0.2]]` gives `[1, 0]`.

// %%
const argMax = (rows: number[][]) => {
  // return …
};

await check('10.1', argMax);

// %% [markdown] tags=["zh"]
// ### 10.2 错得最有把握的一张 ★★★
//
// 在 10 000 张测试图片里，找出 `model` 认错了、而且最有把握的一张，给出它在测试集里的编号。网络的把握，就是它给自己的回答的概率：`p.max(1)` 是每一行的最大值，正如 `p.argMax(1)` 是它的位置。

// %% [markdown] tags=["en"]
// ### 10.2 The most certain mistake ★★★
//
// Among the 10,000 test pictures, find the one that `model` gets wrong with the greatest certainty, and give its number in the test set. The network's certainty is the probability that it gives its own answer: `p.max(1)` is the largest number of each row, as `p.argMax(1)` is its place.

// %%
const worst = undefined; // 0 … 9999

await check('10.2', { network: model, index: worst });

// %% [markdown] tags=["zh"]
// ### 10.3 实验：换一组数据 ★★★
//
// 写一个函数，学会任何一组与 MNIST 格式相同的图片：用 `fit` 和 `set` 里的训练集训练一个新模型，返回它在 `set` 的测试集上的准确率。`set` 的格式与 `mnistSet` 相同。
//
// `check` 用 Fashion-MNIST（十类衣物）来试，每次取 6000 张训练；没有它的文件时，用转了 90° 的数字代替，并告诉您怎样取得。有网络时，可以这样下载：
//
// ```ts
// import { fashionMnist } from 'mnist-data-loader';
// await fashionMnist.loadData();
// ```

// %% [markdown] tags=["en"]
// ### 10.3 Experiment: another set ★★★
//
// Write a function that learns any set of pictures in the format of MNIST: it trains a new model by `fit` on the training set in `set` and returns its accuracy on the test set in `set`, which is arranged like `mnistSet`.
//
// `check` tries it on Fashion-MNIST, ten classes of clothing, 6,000 to train on; where its files are not here, it takes digits turned by 90°, and says how to get the files. With a network, this does it:
//
// ```ts
// import { fashionMnist } from 'mnist-data-loader';
// await fashionMnist.loadData();
// ```

// %%
const learn = async (set: typeof mnistSet) => {
  // return …
};

await check('10.3', learn);

// %% [markdown] tags=["zh"]
// ### 10.4 实验：小小的卷积 ★★★
//
// 课程的网络约为 97%。搭建并训练一个带卷积的模型，用全部训练样本，使它在测试集上超过 97.5%。filter 多一些，或者再加一组卷积和池化，可以接近 99%。
//
// Flatten 把一张图排成一长串，像素之间的远近就丢了。卷积层在图上移动许多个小窗口（filter），每个窗口寻找一种局部的笔画；池化层把图缩小，只留下每个小方块里最大的数。这两层这样写：
//
// ```ts
// tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] })
// tf.layers.maxPooling2d({ poolSize: 2 })
// ```
//
// 卷积要求每张图带一个通道轴（灰度图只有一个通道）：`xTrain.reshape([-1, 28, 28, 1])`，其中 -1 由 TensorFlow.js 自己算出。卷积和池化可以再来一组；后面与课程一样，接 Flatten 和 Dense。
//
// 课程安装在电脑上，训练一轮约两秒；在浏览器里，约十秒。

// %% [markdown] tags=["en"]
// ### 10.4 Experiment: a small convolution ★★★
//
// The network of the lesson reaches about 97%. Build a model with a convolution, and train it on all training samples, so that it gets above 97.5% on the test set. More filters, or a second convolution with pooling, bring it near 99%.
//
// Flatten lays a picture out in one long row, and with that it loses which pixels are neighbours. A convolution moves many small windows, its filters, over the picture, each looking for a stroke of its own; pooling makes the picture smaller and keeps only the largest number of each little square. The two layers are written like this:
//
// ```ts
// tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [28, 28, 1] })
// tf.layers.maxPooling2d({ poolSize: 2 })
// ```
//
// A convolution wants an axis for the channels of a picture, of which grey has one: `xTrain.reshape([-1, 28, 28, 1])`, where TensorFlow.js works out the -1 by itself. Convolution and pooling may come a second time; then follow Flatten and Dense, as in the lesson.
//
// An epoch takes about two seconds with the installed lesson, and about ten in a browser.

// %%
const convolution = tf.sequential();
// convolution.add(…); convolution.compile({ … }); await fit(convolution, …);

await check('10.4', convolution);

// %% [markdown] tags=["zh"]
// ## 做完了
//
// 改一改您的答案，看看 `check` 怎么说；还可以故意答错，看它认不认得出。课程里的每个单元格，也都可以拿来做实验。

// %% [markdown] tags=["en"]
// ## Done
//
// Change your answers and see what `check` says; try to fool it, too. And every cell of the lesson is open to experiments.
