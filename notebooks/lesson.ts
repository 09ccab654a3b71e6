// %% [markdown] tags=["zh"]
// # 第一个神经网络：识别手写数字
//
// 4 和 9 写得再潦草，你也一眼就能分清。可是怎么分的？写成规则试试，换个人写，规则就不灵了。下面的网络分得清，靠的是 101 770 个数，没有一个是人写进去的，全是它看了几万个例子，在几秒钟里自己找到的。这节课里，你要亲手让它再找一遍，最后让它认你的字。

// %% [markdown] tags=["zh","installed"]
// 先选“编辑 > 清除所有单元格的输出”，免得提前看到结果。再点下面的单元格，按 `Shift + Enter`（或者点 ▶）运行它和下一个，然后写一个数字：

// %% [markdown] tags=["zh","site"]
// 点下面的单元格，按 `Shift + Enter`（或者点 ▶）运行它和下一个，然后写一个数字：

// %% [markdown] tags=["en"]
// # A first neural network: handwritten digits
//
// However badly they are written, you tell a 4 from a 9 at a glance. Write down how, and your rule fails on the next person's hand. The network below does it with 101,770 numbers, and nobody wrote a single one of them: it found them by itself, from examples. In this lesson you make it find them again, and in the end it reads your own handwriting.

// %% [markdown] tags=["en","installed"]
// First choose Edit > Clear Outputs of All Cells, so that no saved result gives an answer away. Then click the cell below, run it and the next one with `Shift + Enter` (or ▶), and draw a digit:

// %% [markdown] tags=["en","site"]
// Click the cell below, run it and the next one with `Shift + Enter` (or ▶), and draw a digit:

// %%
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import mnist from 'mnist-data-loader';

// %% tags=["zh"]
digits.setLanguage('zh');
digits.digitPad('trained');

// %% tags=["en"]
digits.setLanguage('en');
digits.digitPad('trained');

// %% [markdown] tags=["zh","subslide"]
// 下面是同一个网络，认的是你刚写的字，只是那 101 770 个数还是随机的：

// %% [markdown] tags=["en","subslide"]
// Here is the same network with your digit, but its 101,770 numbers are still random:

// %%
digits.digitPad('untrained');

// %% [markdown] tags=["zh","subslide"]
// **两块手写板之间发生了什么？** 这就是这节课。你写的数字会一路跟着走：先变成数，再得到十个概率、一个损失，最后被你训练的网络认出来。在第一块手写板下面核对“我写的是”，再运行下一个单元格；没有写的话，就用课程自带的一个 4。

// %% [markdown] tags=["en","subslide"]
// **What happens between the two?** That is this lesson. Your digit comes along: it becomes numbers, gets ten probabilities and a loss, and is read at last by the network that you train. Below the first pad, check the digit that it offers, then run the next cell. If you have drawn nothing, the lesson's own 4 takes its place.

// %%
const [mineX, mineY] = await digits.drawn();

// %% [markdown] tags=["zh","subslide"]
// ### 先训练一次
//
// 现在就训练一个网络。下面的单元格取来 60 000 张图片，搭好一个网络。代码先不用看懂；这节课分十个阶段，后面会逐一讲到：

// %% [markdown] tags=["en","subslide"]
// ### Train one now
//
// This cell loads 60,000 pictures and builds a network. You need not understand it yet; each line has its own stage later:

// %%
await digits.useDevice();

const [[pictures, answers]] = await mnist.loadData();
const first = tf.sequential();
first.add(tf.layers.flatten({ inputShape: [28, 28] }));
first.add(tf.layers.dense({ units: 128, activation: 'relu' }));
first.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
first.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

const inputs = digits.divide(pictures, 255);
const targets = tf.tensor1d(answers.data, 'float32');

// %% [markdown] tags=["zh"]
// 训练它，只要一行。第二行问它：我写的是几？

// %% [markdown] tags=["en"]
// One line trains it. The second asks what your digit is:

// %%
await first.fit(inputs, targets, { batchSize: 64, epochs: 1 });
first.predict(digits.divide(mineX, 255)).argMax(1).print();

// %% [markdown] tags=["zh","subslide"]
// **要做的就是这些，而且你已经做过一遍了。** `accuracy` 是准确率，也就是训练时平均认对了多大比例的图片。接下来把它拆开来看。

// %% [markdown] tags=["en","subslide"]
// **This is all it takes, and you have done it once.** `accuracy` is the share that was right while it trained. Now we take it apart.

// %% [markdown] tags=["zh"]
// **学完以后，你能**
//
// 1. 说清一张图怎样变成 784 个数，又怎样变成十个概率；
// 2. 用几行代码搭建、配置、训练和评估一个网络；
// 3. 解释网络怎样学习：损失、梯度、更新；
// 4. 从曲线看出过拟合，说出训练集、验证集、测试集各管什么；
// 5. 判断一个准确率算不算好，并找出网络错在哪里。
//
// **需要的基础**：会用变量、函数和数组，哪种语言都行。不需要微积分，见过指数和对数就行。写过 Python 的话，第 1 阶段有一张对照表。

// %% [markdown] tags=["zh","installed","subslide"]
// **怎样使用**这个 Notebook（笔记本）：从上到下逐个运行单元格。遇到带选项的问题，先点一个，再往下运行；猜错的，小结里会再回来。代码可以随意修改，`Ctrl + Z` 撤销一步；开始之前，可以先在左边的文件列表里复制一份。

// %% [markdown] tags=["zh","site","subslide"]
// **怎样使用**这个 Notebook（笔记本）：从上到下逐个运行单元格。遇到带选项的问题，先点一个，再往下运行；猜错的，小结里会再回来。代码可以随意修改，`Ctrl + Z` 撤销一步；“文件”菜单里的“取回原始笔记本”恢复原样，你的副本也会保留。

// %% [markdown] tags=["zh"]
// | | 阶段 | 分钟 | | 阶段 | 分钟 |
// | --- | --- | --- | --- | --- | --- |
// | 1 | 导入库函数 | 2 | 6 | 查看模型结构 | 3 |
// | 2 | 参数配置 | 1 | 7 | 配置训练方法 | 4 |
// | 3 | 加载数据 | 4 | 8 | 训练模型 | 22 |
// | 4 | 数据预处理 | 3 | 9 | 评估模型 | 13 |
// | 5 | 搭建模型 | 8 | 10 | 应用模型 | 13 |
//
// 加上开头和原理（12 分钟）、小结和十道题（10 分钟），一共 95 分钟；第 5 分钟就训练一次，到第 50 分钟，你自己的网络也训练好了。标着“选学”的部分是折叠的，另外计时。[练习](exercises.zh.ipynb)可自动批改；遇到不熟悉的词，请查[术语表](GLOSSARY.md)。

// %% [markdown] tags=["en"]
// **When you are done, you can**
//
// 1. explain how a picture becomes 784 numbers, and these become ten probabilities;
// 2. build, compile, train and evaluate a network in a few lines of code;
// 3. say how a network learns: loss, gradient, update;
// 4. recognise overfitting in a curve, and say what the training, validation and test sets are for;
// 5. judge whether an accuracy is good, and find out where a network goes wrong.
//
// **What you need**: variables, functions and arrays, in any language; powers and logarithms; no calculus. For Python, stage 1 has a table that translates.

// %% [markdown] tags=["en","installed","subslide"]
// **How to use this notebook**: run its cells from top to bottom. Where you are asked to guess, click an option before you go on; the end brings back the guesses that missed. Change any code you like. `Ctrl + Z` undoes a change; to keep the original, duplicate the file in the list on the left before you begin.

// %% [markdown] tags=["en","site","subslide"]
// **How to use this notebook**: run its cells from top to bottom. Where you are asked to guess, click an option before you go on; the end brings back the guesses that missed. Change any code you like. `Ctrl + Z` undoes a change; File > Get the Original Back brings the original back and keeps your copy.

// %% [markdown] tags=["en"]
// | | Stage | Minutes | | Stage | Minutes |
// | --- | --- | --- | --- | --- | --- |
// | 1 | Imports | 2 | 6 | Model summary | 3 |
// | 2 | Configuration | 1 | 7 | Compile | 4 |
// | 3 | Loading | 4 | 8 | Fit | 22 |
// | 4 | Preprocessing | 3 | 9 | Evaluate | 13 |
// | 5 | Model | 8 | 10 | Apply | 13 |
//
// With the opening and the idea (12 minutes) and the summary with its ten questions (10 minutes), that makes 95 minutes. You train once by minute 5, and your own network by minute 50. Optional parts are folded and not counted. The [exercises](exercises.en.ipynb) check themselves; the [glossary](GLOSSARY.md) explains the terms.

// %% [markdown] tags=["zh"]
// ## 先看懂原理
//
// 一张图就是许多像素，每个像素是一个数。网络由**神经元**组成，每个神经元把许多数变成一个数。这里是一个神经元，只看四个像素。拖动滑块，让它只认对角线：

// %% [markdown] tags=["en"]
// ## The idea, before the code
//
// A picture is pixels, and each pixel is a number. A network is made of **units**, and each unit turns many numbers into one. Here is one that looks at four pixels. Move the sliders until it responds to the diagonal alone:

// %%
digits.oneUnit();

// %% [markdown] tags=["zh","subslide"]
// **一个神经元**把每个输入乘以它的**权重**，加起来，再加上**偏置**。隐藏层的神经元还多一步 relu，结果是负数就变成 0：$h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$。权重就是它要找的图案。（有的教材把权重称为“权值”，用“阈值”代替偏置，“阈值”等于偏置的相反数。）
//
// **我们的网络**是一个多层的神经网络：
//
// 28 × 28 个像素 **→** 784 个数 **→** 128 个神经元（relu）**→** 10 个神经元（softmax）**→** 10 个概率
//
// - **输入**：一个样本是一张 28 × 28 的灰度图。神经元要的是向量，所以各行像素首尾相接，排成 784 个数。
// - **隐藏层**（也叫“隐含层”）：128 个神经元，各看全部 784 个像素，因此这种层叫**全连接层**，代码里写作 `dense`。128 是我们选的，并不是非 128 不可。
// - **输出层**：10 个神经元，一个数字一个，所以这是一个**多分类**任务。它们的输出可大可小、可正可负，**softmax** 把它们变成十个概率，和为 1：先把每个数 $z$ 变成 $e^z$，再除以它们的总和。2、1、0 这三个数就变成 67%、24%、9%。

// %% [markdown] tags=["zh","subslide"]
// - **参数**：全部权重和偏置，一共 101 770 个。学习，就是改变它们。
// - **标签**：就是数字 0～9 本身。网络错得有多厉害，用一个数来表示，叫**损失**；分类任务的损失用**交叉熵**：正确答案的概率越大，它越小。如果你学过鸢尾花那样的例子，那里先把标签变成独热编码（3 变成 `[0,0,0,1,0,…]`），再算交叉熵；这里用**稀疏交叉熵**，标签直接用数字，省去这一步。第 7 阶段会看到，两者相同。
// - **Sequential** 是高阶接口：只说有哪些层，其余由它完成。用低阶接口，每次矩阵乘法、每次更新都要自己写。

// %% [markdown] tags=["en","subslide"]
// **A unit** multiplies each input by a **weight**, adds everything up and adds its **bias**. In a hidden layer, relu then turns a negative result into 0: $h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$. Its weights are the pattern that it looks for.
//
// **Our network** has several layers of them:
//
// 28 × 28 pixels **→** 784 numbers **→** 128 units (relu) **→** 10 units (softmax) **→** 10 probabilities
//
// - **Input**: a sample is a picture of 28 × 28 grey pixels. Units take a vector, so the rows of pixels are laid end to end: 784 numbers.
// - **Hidden layer**: 128 units, each of which looks at all 784 pixels. Such a layer is called fully connected, or **Dense**. 128 is simply our choice.
// - **Output layer**: 10 units, one for each digit; ten classes make it a **multi-class** task. Their numbers can be of any size. **softmax** turns them into ten probabilities that sum to 1: each $z$ becomes $e^z$, divided by the sum of all of these. 2, 1 and 0 would become 67%, 24% and 9%.

// %% [markdown] tags=["en","subslide"]
// - **Parameters**: all the weights and biases, 101,770 of them. To learn is to change them.
// - **Labels**: the digits 0 to 9 themselves. The **loss** is a number that says how wrong the network is. Ours is the **cross-entropy**, which is the smaller, the more probability the right answer gets. If you have met the iris example, labels became one-hot vectors there (3 becomes `[0,0,0,1,0,…]`). **Sparse cross-entropy** takes the digit as it is; stage 7 shows that both give the same.
// - **Sequential** is a high-level interface: you name the layers, and it does the rest. With the low-level one you write every matrix product and every update yourself.

// %% [markdown] tags=["zh"]
// ## 1 导入库函数
//
// **目标**：认识要用的工具。最上面的单元格已经导入了三样：`tf` 是 TensorFlow，模型和**张量**（有形状的一组数：一个向量、一张表、一叠图片）都在其中；`mnist` 加载数据；`digits` 是本课自带的包。现在再导入画图的：

// %% [markdown] tags=["en"]
// ## 1 Imports
//
// **The aim**: to know our tools. The topmost cell imported `tf`, which is TensorFlow with its models and its **tensors** (numbers with a shape: a vector, a table, a stack of pictures); `mnist`, which loads the data; and `digits`, this lesson's own package. Now comes what draws:

// %%
import { display, figures } from 'digits';

console.log(digits.versions());

// %% [markdown] tags=["zh"]
// **结果**：各个库的版本，以及正在使用的设备。向别人求助时，请附上这几行。
//
// <details>
// <summary>写过 Python？这里有一张对照表</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
// | `import numpy as np`，`np.array([1, 2])` | `tf.tensor1d([1, 2])`，张量兼做数组 |
// | `import matplotlib.pyplot as plt`，`plt.show()` | `import { display, figures } from 'digits'`，`display(…)` |
// | `x = 5` | `const x = 5`，以后要改的用 `let` |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `fit(x, y, epochs=5)` | `fit(x, y, { epochs: 5 })` |
// | `(a, b), c = load()` | `const [[a, b], c] = await load()`，`await` 是等它完成 |
// | `True`、`None` | `true`、`undefined` |
// | `f"损失 {loss}"` | `` `损失 ${loss}` `` |
// | `print(x)`, `len(a)`, `a.append(x)` | `console.log(x)`, `a.length`, `a.push(x)` |
// | `for x in a: …` | `for (const x of a) { … }` |
// | `for i in range(n): …` | `for (let i = 0; i < n; i++) { … }` |
// | `if a == b: …` | `if (a === b) { … }` |
// | `x[5:8]`（张量） | `x.slice(5, 3)`：从第 5 个起，取 3 个 |
// | `a + b`（张量） | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["en"]
// **Result**: the versions, and the device that is in use. When you ask for help, send these lines along.
//
// <details>
// <summary>Coming from Python? A table that translates</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
// | `import numpy as np`, `np.array([1, 2])` | `tf.tensor1d([1, 2])`: tensors serve as arrays, too |
// | `import matplotlib.pyplot as plt`, `plt.show()` | `import { display, figures } from 'digits'`, `display(…)` |
// | `x = 5` | `const x = 5`, or `let` if it will change |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `fit(x, y, epochs=5)` | `fit(x, y, { epochs: 5 })` |
// | `(a, b), c = load()` | `const [[a, b], c] = await load()`; `await` waits until it is done |
// | `True`, `None` | `true`, `undefined` |
// | `f"loss {loss}"` | `` `loss ${loss}` `` |
// | `print(x)`, `len(a)`, `a.append(x)` | `console.log(x)`, `a.length`, `a.push(x)` |
// | `for x in a: …` | `for (const x of a) { … }` |
// | `for i in range(n): …` | `for (let i = 0; i < n; i++) { … }` |
// | `if a == b: …` | `if (a === b) { … }` |
// | `x[5:8]` (tensors) | `x.slice(5, 3)`: three, from index 5 on |
// | `a + b` (tensors) | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["zh"]
// ## 2 参数配置
//
// **目标**：选定计算设备，并让图中的汉字正常显示。GPU、CPU 的原生引擎、WebAssembly 都能完成课程，差别只在快慢。

// %% [markdown] tags=["en"]
// ## 2 Configuration
//
// **The aim**: to choose a device that computes, and a font that shows Chinese in figures. The lesson runs on a GPU, on the CPU's native engine and on WebAssembly; only the time differs.

// %%
const device = await digits.useDevice();
console.log(device);
console.log('font-family:', figures.FONT_FAMILY);

// %% [markdown] tags=["zh"]
// **结果**：正在使用的设备和选择它的原因；显存是否按需增长；图中文字的字体。
//
// <details>
// <summary>关于 GPU：显存按需增长，以及 <code>failed to create cublas handle</code></summary>
//
// **显存按需增长**：TensorFlow 默认一开始就占满 GPU 的全部显存，别的程序便无法再用。开启以后，用多少取多少。`useDevice` 总会开启它，相当于 Python 里的 `set_memory_growth(gpus[0], True)`；没有 GPU 时，这一项不起作用。
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**：明明开启了按需增长，训练一开始却报这个错。先确认代码没有改动过；如果确实没改过，原因多半是**另一个进程**（例如另一个还没关闭的 Notebook）占着显存，不过仅凭这条信息无法断定。
//
// 解决办法：关闭那个进程，稍等片刻，再运行一次。用 `nvidia-smi` 可以看到谁占着显存。
//
// </details>

// %% [markdown] tags=["en"]
// **Result**: the device and why it was chosen; whether GPU memory grows as needed; the fonts of the figures.
//
// <details>
// <summary>About GPUs: memory growth, and <code>failed to create cublas handle</code></summary>
//
// **Memory growth**: by default TensorFlow takes all of the GPU's memory at once, and no other program can use it. With growth it takes what it needs. `useDevice` always switches it on, as `set_memory_growth(gpus[0], True)` does in Python; without a GPU it has no effect.
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**: memory growth is on, and still training fails with this error. First make sure that you have not changed the code. If you have not, **another process**, such as another open notebook, probably holds the GPU's memory; the message alone does not prove it.
//
// The cure: close that process, wait a moment, run again. `nvidia-smi` shows who holds the memory.
//
// </details>

// %% [markdown] tags=["zh"]
// ## 3 加载数据
//
// **目标**：取得 MNIST：70 000 张手写数字的图片，其中 60 000 张用来训练，10 000 张用来测试。

// %% [markdown] tags=["en"]
// ## 3 Loading
//
// **The aim**: to load MNIST, 70,000 pictures of handwritten digits: 60,000 to train on and 10,000 to test with.

// %%
digits.guess('shapes');

// %% tags=["subslide"]
const [[trainX, trainY], [testX, testY]] = await mnist.loadData();

console.log(trainX.shape, trainY.shape);
console.log(testX.shape, testY.shape);

// %%
digits.reveal('shapes');

// %% [markdown] tags=["zh"]
// **结果**：`trainX` 是 60 000 张 28 × 28 的图片，`trainY` 是它们的标签，每张图一个；测试集同样如此，共 10 000 张。`await` 是等文件就绪。

// %% [markdown] tags=["zh","subslide"]
// 数据装在什么容器里，数值在什么范围？

// %% [markdown] tags=["en"]
// **Result**: `trainX` holds 60,000 pictures of 28 × 28, `trainY` their labels, one for each picture; the test set is the same with 10,000. `await` waits for the files.

// %% [markdown] tags=["en","subslide"]
// What container are they in, and what is their range?

// %%
console.log(trainX.data.constructor.name, trainY.data.constructor.name);
console.log(testX.data.constructor.name, testY.data.constructor.name);
console.log([trainX.min(), trainX.max()], [trainY.min(), trainY.max()]);

// %% [markdown] tags=["zh"]
// **结果**：四个容器都是 `Uint8Array`，每个数占一个字节。像素在 0～255 之间，0 是黑，255 是白；标签在 0～9 之间。

// %% [markdown] tags=["zh","subslide"]
// ### 看一看数据
//
// 每个数字取 12 张，一行一个数字。同一个数字，人人写得不同，难就难在这里。

// %% [markdown] tags=["en"]
// **Result**: each container is a `Uint8Array`, one byte per number. Pixels lie between 0 (black) and 255 (white), labels between 0 and 9.

// %% [markdown] tags=["en","subslide"]
// ### Have a look
//
// Here are twelve of each digit. Everybody writes differently; that makes the task hard.

// %%
display(figures.digitWall(trainX, trainY));

// %% [markdown] tags=["zh","subslide"]
// 网络看到的不是图，而是 28 × 28 个数。这是你的数字，下面是笔画所在处的数：

// %% [markdown] tags=["en","subslide"]
// The network sees 28 × 28 numbers, not a picture. Here is your own digit, and below it the numbers where its strokes are:

// %%
display(figures.pixelNumbers(mineX));

// %% [markdown] tags=["zh"]
// ## 4 数据预处理
//
// **目标**：把像素除以 255，这叫**归一化**；把标签变成整数张量。你的数字也一样处理。

// %% [markdown] tags=["en"]
// ## 4 Preprocessing
//
// **The aim**: to divide the pixels by 255, which is called **normalisation**, and to make the labels a tensor of integers. Your digit is treated the same way.

// %%
digits.guess('division');

// %% tags=["subslide"]
const xTrain = digits.divide(trainX, 255);
const xTest = digits.divide(testX, 255);
const xMine = digits.divide(mineX, 255);
const yTrain = tf.tensor1d(trainY.data, 'int32');
const yTest = tf.tensor1d(testY.data, 'int32');
const yMine = tf.tensor1d(mineY.data, 'int32');

console.log(xTrain.shape, xTrain.dtype, yTrain.shape, yTrain.dtype);
console.log(xTest.shape, xTest.dtype, yTest.shape, yTest.dtype);
console.log([xTrain, xTest].map(x => [x.min().arraySync(), x.max().arraySync()]));

// %%
digits.reveal('division');

// %% [markdown] tags=["zh","subslide"]
// **结果**：形状没有变，范围变成 0～1，类型变成 float32；标签是 int32。（本课脱胎于一份用 Keras 写的 Python 教程，下文称“原教程”，它用 int16；TensorFlow.js 的整数只有 int32，结果一样。）
//
// **为什么除以 255**：初始权重，以及每一步改动多大（第 7、8 阶段的学习率），都是按 1 左右的输入定的，所以这样学得快。像素要是留在 0～255，训练就慢，准确率最后停在 0.94 左右，而不是 0.97；除以 100 倒也一样好。训练和使用时要做同样的处理。

// %% [markdown] tags=["zh","subslide"]
// **要不要自己把图拉成 784 个数**：可以用 `reshape`，如下；不过下一阶段的 Flatten 层会做，这样模型的结构更清楚。

// %% [markdown] tags=["en","subslide"]
// **Result**: the shape is the same, the values lie between 0 and 1, and their type is float32; the labels are int32. (The original tutorial, in Python with Keras, takes int16; TensorFlow.js has int32 alone. The result is the same.)
//
// **Why divide by 255**: initial weights and learning rate suit inputs near 1, and training converges faster. With 0 to 255, training is slower and ends with an accuracy near 0.94 instead of 0.97; dividing by 100 does just as well. Training and use need the same treatment.

// %% [markdown] tags=["en","subslide"]
// **Do we have to make the 784 ourselves?** `reshape` would do it; the Flatten layer of the next stage makes that unnecessary, and the model clearer.

// %%
console.log(xTrain.reshape([60000, 784]).shape, xTest.reshape([10000, 784]).shape);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型
//
// **目标**：像搭积木一样，把三层依次叠起来。

// %% [markdown] tags=["en"]
// ## 5 Model
//
// **The aim**: to stack three layers.

// %%
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));

// %% [markdown] tags=["zh"]
// **为什么有 Flatten**：它不计算任何东西，也没有参数可学，只把 28 × 28 排成 784。它是第一层，所以由它写明输入的形状 `[28, 28]`；后面各层的输入形状，模型自己推算得出。
//
// **Dense** 就是全连接层：每个神经元都接收上一层的全部输出。
//
// **为什么是 relu 和 softmax**：softmax 让十个输出成为概率。在加权和之后再做一次变换的函数，叫**激活函数**。没有 relu，一层就只求加权和，这样的层叫**线性层**。两个线性层相连，仍然只是一个线性层，它在两类之间画出的**分界线**是直的。有了 relu，分界线才能拐弯：

// %% [markdown] tags=["en"]
// **Why Flatten**: it computes nothing and has no parameters to learn; it only lays 28 × 28 out as 784. As the first layer it names the shape of the input, `[28, 28]`; the model works out all the others.
//
// **Dense** is fully connected: each unit receives all outputs of the layer before.
//
// **Why relu and softmax**: softmax turns the ten outputs into probabilities. Without relu, a layer takes weighted sums and nothing more: it is a **linear layer**. Two of them in a row are still one linear layer, and the **boundary** that it draws between two classes is straight. With relu it can bend:

// %%
display(figures.boundary());

// %% [markdown] tags=["zh","subslide"]
// ### 还没有训练的网络
//
// 权重还是随机的。这样的网络，会怎样看你的数字？（`y` 是标签，`y_pred` 是网络的预测，也就是它的答案；橙色是错的，绿色是没有认出来的正确答案。）

// %% [markdown] tags=["en","subslide"]
// ### Before training
//
// Its weights are still random. What does such a network make of your digit? (`y` is the label, `y_pred` the network's prediction, its answer; orange is a wrong one, green the right one that it missed.)

// %% tags=["subslide"]
digits.guess('untrained');

// %% tags=["subslide"]
const untrained = model.predict(xMine);

untrained.print();
display(figures.probabilityBars(xMine, yMine, untrained));

// %%
digits.reveal('untrained', untrained.max().arraySync());

// %% [markdown] tags=["zh","subslide"]
// ### 一张图
//
// 再取第一张测试图片，先后犯两种错误。`try … catch` 把错误打印出来，后面照常运行：

// %% [markdown] tags=["en","subslide"]
// ### A single picture
//
// Now take the first picture of the test set and get its shape wrong in two ways. `try … catch` prints each error and goes on:

// %%
const x = xTest.slice(0, 1).reshape([28, 28]);

for (const wrong of [x, tf.stack([tf.stack([x])])]) {
  try {
    model.predict(wrong);
  } catch (error) {
    console.log(String(error));
  }
}

// %% [markdown] tags=["zh"]
// **结果**：`expected … to have 3 dimension(s)`：模型要的是三维的张量，每一维也叫一个**轴**。它按**批**计算，第一个轴是**批次轴**，数的是这一批有几个样本；即使只有一张图，也要有这个轴。第一次少了它；第二次把图套进 `[[x]]`，又多了一个轴。（Keras 在这里先警告：模型是为 (None, 28, 28) 搭建的，收到的却是 (None, 28)；然后报错。）有两种办法：

// %% [markdown] tags=["en"]
// **Result**: the model expects three axes. It computes in **batches**, and the first axis, the **batch axis**, counts the samples of a batch; even a single picture needs it. The first input has no such axis; the second, which is `[[x]]`, has one too many. (Keras warns here that the model was built for (None, 28, 28) and called with (None, 28), then fails.) There are two cures:

// %%
console.log(model.predict(x.reshape([1, 28, 28])).shape);
console.log(model.predict(xTest.slice(0, 1)).shape);

// %% [markdown] tags=["zh","subslide"]
// ### 一步一步看
//
// 你的数字就是这样变成十个概率的：

// %% [markdown] tags=["en","subslide"]
// ### Step by step
//
// This is how your digit becomes ten probabilities:

// %%
display(figures.forwardPass(model, xMine));

// %% [markdown] tags=["zh"]
// ① 像素排成 784 个数。② 隐藏层 $h = \mathrm{relu}(x W_1 + b_1)$：负数变为 0，所以许多神经元不起作用。③ 输出层 $z = h W_2 + b_2$：十个数，可大可小，叫作 **logits**。④ $p_i = e^{z_i} / \sum_j e^{z_j}$：softmax 给出的十个概率。

// %% [markdown] tags=["en"]
// ① The pixels in a row are 784 numbers. ② The hidden layer is $h = \mathrm{relu}(x W_1 + b_1)$: negative numbers become 0, so many units take no part. ③ The output layer is $z = h W_2 + b_2$: ten numbers of any size, the **logits**. ④ softmax makes ten probabilities of them, $p_i = e^{z_i} / \sum_j e^{z_j}$.

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构
//
// **目标**：看清每一层的输出形状和参数个数，并亲手验算。先在纸上算一算。

// %% [markdown] tags=["en"]
// ## 6 Model summary
//
// **The aim**: to see the output shape and the number of parameters of each layer, and to check them by our own arithmetic. Do it on paper first.

// %%
digits.guess('parameters');

// %% tags=["subslide"]
model.summary();

// %% tags=["subslide"]
const hidden = 784 * 128 + 128;
const output = 128 * 10 + 10;
console.log(hidden, output, hidden + output);

// %%
digits.reveal('parameters');

// %% [markdown] tags=["zh"]
// **结果**：与我们的验算一致：隐藏层 784 × 128 + 128 = 100 480，输出层 128 × 10 + 10 = 1290，合计 101 770，全部可以训练。
//
// **怎样验算**：每个神经元有一组权重（每个输入一个）和一个偏置。`None` 是批次轴：一次送进多少个样本，以后再定。

// %% [markdown] tags=["zh","subslide"]
// 同一个网络，画成图。蓝点是神经元，通到蓝点的每条线是一个权重，“…”表示还有很多：

// %% [markdown] tags=["en"]
// **Result**: the same as our arithmetic: 784 × 128 + 128 = 100,480 in the hidden layer, 128 × 10 + 10 = 1,290 in the output layer, 101,770 in all, all of them trainable.
//
// **How to calculate**: each unit has one weight for each of its inputs, and one bias. `None` is the batch axis: how many samples go in at once is left open.

// %% [markdown] tags=["en","subslide"]
// The same network, drawn. A blue dot is a unit, each line into a blue dot is a weight, and "…" stands for many more:

// %%
display(figures.networkDiagram(model));

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法
//
// **目标**：确定三件事：怎样更新参数（优化器），怎样衡量错误的大小（损失函数），用什么衡量成绩（评价指标）。
//
// **损失**用的是交叉熵：正确答案的概率取对数，再变号，$-\ln p_{\text{标签}}$。$p = 1$ 时损失是 0，$p = 0.5$ 时是 0.7，$p = 0.1$ 时是 2.3：$p$ 越小，损失越大。

// %% [markdown] tags=["en"]
// ## 7 Compile
//
// **The aim**: to make three decisions: how to change the parameters (optimizer), how to measure how wrong we are (loss), and what to report (metrics).
//
// **The loss** is the cross-entropy, $-\ln p_{\text{label}}$: the logarithm of the probability of the right answer, with the sign reversed. $p = 1$ costs 0, $p = 0.5$ costs 0.7, $p = 0.1$ costs 2.3: the smaller $p$, the larger the loss.

// %%
digits.guess('tenfold');

// %% tags=["subslide"]
model.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});

console.log(model.optimizer.getConfig());

// %%
digits.reveal('tenfold');

// %% [markdown] tags=["zh","subslide"]
// **为什么是这三个**
// - **adam**：给每个参数单独调整步长，用默认值，多半就能得到不错的结果。上面是它的默认值；最要紧的是学习率 0.001。学习率这类由人来定、不由网络去学的数，叫作**超参数**。
// - **稀疏分类交叉熵**：越有把握地答对，损失越接近 0；越有把握地答错，损失越大。标签是数字，所以选稀疏的。
// - **稀疏分类准确率**：概率最大的数字与标签相同，就算对；标签同样是数字，所以也是稀疏的。参数稍微变一点，准确率多半毫无变化，网络就不知道该往哪个方向改，所以训练要用损失；准确率是给人看的。（这里写函数，因为 TensorFlow.js 没有为它准备可以写成字符串的名称。）

// %% [markdown] tags=["zh","subslide"]
// 用数字标签和独热标签，算出的损失一样吗？三个类别 0、1、2，正确答案是 1，网络给它的概率是 0.7：

// %% [markdown] tags=["en","subslide"]
// **Why these three**
// - **adam** gives each parameter its own step size; with its defaults it usually works the first time. The one that matters most is the learning rate, 0.001. Numbers like it, which people choose, are called **hyperparameters**.
// - **Sparse categorical cross-entropy**: a confident right answer costs almost 0, a confident wrong one a lot. Our labels are digits, so we take the sparse kind.
// - **Sparse categorical accuracy** counts a sample as right when the most probable digit is the label; again the label is a digit, hence sparse. Most small changes of a parameter leave it as it is, so we cannot train on it, but people can read it. (It is a function because TensorFlow.js has no name for it.)

// %% [markdown] tags=["en","subslide"]
// Do digits and one-hot labels give the same loss? Take three classes 0, 1 and 2; the right one is 1, and the network gives it 0.7:

// %%
const oneHot = tf.tensor2d([[0, 1, 0]]);
const p = tf.tensor2d([[0.1, 0.7, 0.2]]);

tf.metrics.categoricalCrossentropy(oneHot, p).print();
console.log(-Math.log(0.7));

// %% [markdown] tags=["zh"]
// **结果**：同一个数。独热向量中只有一个 1，其余是 0，乘上去都是 0，所以直接用标签去取 0.7 就够了。

// %% [markdown] tags=["en"]
// **Result**: the same number. A one-hot vector has a single 1, and its zeros add nothing, so it is enough to pick the 0.7 by the label.

// %% [markdown] tags=["zh"]
// ## 8 训练模型
//
// **目标**：先弄清学一步时发生了什么，再学 3750 步。
//
// ### 学一步
//
// 取 64 张图，第一张是你的数字，把它们的损失写成一个函数：`apply` 让图通过网络；概率取对数，乘以独热标签再求和，就只剩下正确答案的那一项；最后变号，64 张图求平均：

// %% [markdown] tags=["en"]
// ## 8 Fit
//
// **The aim**: to understand one step of learning, then to take 3,750 of them.
//
// ### One step of learning
//
// Take 64 pictures, the first of them your digit, and write their loss as a function. `apply` passes them through the network; the one-hot labels pick the logarithm of the right answer; then come the sign and the mean over the 64:

// %% tags=["subslide"]
digits.guess('first-loss');

// %% tags=["subslide"]
const x64 = tf.concat([xMine, xTrain.slice(0, 63)]);
const y64 = tf.concat([yMine, yTrain.slice(0, 63)]);
const labels64 = tf.oneHot(y64, 10);

const loss = (): tf.Scalar => model.apply(x64).log().mul(labels64).sum(1).neg().mean();

loss().print();

// %%
digits.reveal('first-loss', loss());

// %% [markdown] tags=["zh","subslide"]
// 现在只改一个权重，别的都不动，损失会怎样变？

// %% [markdown] tags=["en","subslide"]
// Now change a single weight and leave all others alone. What does the loss do?

// %%
display(figures.valley(model, loss));

// %% [markdown] tags=["zh"]
// **怎样看**：损失像一个山谷，我们站在坡上。切线的斜率就是损失对这个权重的**梯度**：正负表示权重增大时损失是升还是降，绝对值表示升降得多快。

// %% [markdown] tags=["zh","subslide"]
// 每个参数都有自己的梯度。`tf.variableGrads` 一次求出损失的值和全部梯度：

// %% [markdown] tags=["en"]
// **How to read it**: the loss is like a valley, and we stand on its slope. The steepness of the tangent is the **gradient** for this weight: if the weight grows a little, which way does the loss go, and how fast?

// %% [markdown] tags=["en","subslide"]
// `tf.variableGrads` computes the loss and the gradients of all parameters:

// %%
const { value, grads } = tf.variableGrads(loss);

for (const [name, gradient] of Object.entries(grads)) console.log(name, gradient.shape);

// %% [markdown] tags=["zh","subslide"]
// **结果**：每个梯度的形状都与参数相同。学一步，就是让每个参数沿着梯度的反方向走一小步，步长是**学习率**乘以梯度，这叫**梯度下降**。该走多远？

// %% [markdown] tags=["en","subslide"]
// **Result**: a gradient in the shape of each parameter. To learn one step, each parameter moves against its gradient, by the **learning rate** times the gradient. This is **gradient descent**. How far should it go?

// %%
display(figures.learningRates(loss, grads));

// %% [markdown] tags=["zh"]
// **怎样看**：走得太远，会跨过谷底，损失又变大。我们取 0.5（比平时大得多，好让这一步看得出来）。`sgd` 就是最简单的梯度下降：

// %% [markdown] tags=["en"]
// **How to read it**: if you go too far, you cross the bottom of the valley and the loss grows again. We take 0.5, far more than usual, so that the step can be seen. `sgd` is plain gradient descent:

// %%
tf.train.sgd(0.5).applyGradients(grads);

console.log(value.arraySync(), '→', loss().arraySync());

// %% [markdown] tags=["zh"]
// **结果**：损失变小了。adam 也是这样走，只是给每个参数再调整步长。

// %% [markdown] tags=["zh","subslide"]
// 梯度从哪里来？先看输出层。对 logits 求梯度，一张图的结果非常简单：概率减去独热标签，$p - y$。这是学这一步之前你的数字：

// %% [markdown] tags=["en"]
// **Result**: the loss is smaller. adam does the same, and also adjusts the step of each parameter.

// %% [markdown] tags=["en","subslide"]
// Where do gradients come from? For the logits of one picture, the gradient is simply the probability minus the one-hot label, $p - y$. Here it is for your digit, before the step:

// %%
display(figures.pushes(untrained, yMine));

// %% [markdown] tags=["zh"]
// **怎样看**：正确的数字要往上推，其余的往下压；一批有 64 张图，就求平均。再从输出层一层层往回算，得到全部参数的梯度，这叫**反向传播**。
//
// <details>
// <summary>学过微积分？梯度是这样算出来的</summary>
//
// 损失 $L = -\ln p_k$，其中 $k$ 是标签，$p_i = e^{z_i} / \sum_j e^{z_j}$，所以 $L = \ln \sum_j e^{z_j} - z_k$。softmax 之前的十个数叫 logits；损失对它们的梯度，就是 $p-y$：
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// 再用链式法则往回推一层。$z = h W_2 + b_2$，所以 $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$，$\partial L / \partial b_2 = p - y$，$\partial L / \partial h = (p - y) W_2^{\mathsf T}$。经过 relu 时，输出为 0 的神经元梯度也为 0，其余不变；对 $W_1$、$b_1$ 再做一次同样的事。
//
// </details>

// %% [markdown] tags=["en"]
// **How to read it**: the right digit is pushed up, all others down; a batch takes the mean of its 64 pictures. From there we calculate backwards, layer by layer, until every parameter has its gradient. This is **backpropagation**.
//
// <details>
// <summary>Know some calculus? Where the gradient comes from</summary>
//
// The loss is $L = -\ln p_k$ for the label $k$, with $p_i = e^{z_i} / \sum_j e^{z_j}$; hence $L = \ln \sum_j e^{z_j} - z_k$. Its derivative with respect to the logits $z$ is
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// The chain rule takes us back through the layers. From $z = h W_2 + b_2$ we get $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$, $\partial L / \partial b_2 = p - y$ and $\partial L / \partial h = (p - y) W_2^{\mathsf T}$. At relu, the gradient of a unit whose output is 0 becomes 0, and the others pass unchanged. The same once more gives those of $W_1$ and $b_1$.
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// ### 训练五轮
//
// `validationSplit: 0.2` 先切下最后 20% 作为**验证集**，网络不拿它来学；剩下 60 000 × 0.8 = 48 000 个训练样本。然后是**一个轮次**：打乱训练样本，每次取 64 个学一步，直到每个样本都恰好用过一次，48 000 / 64 = **750 步**一轮。
//
// `callbacks`（回调）是训练途中要调用的函数：这里一个画曲线，一个记录 16 个神经元的权重。损失函数只收 float32 的标签，所以写 `toFloat()`。可以按工具栏上的 ■ 中断，学到的会保留。

// %% [markdown] tags=["en","subslide"]
// ### Five epochs
//
// `validationSplit: 0.2` first cuts off the last 20% as the **validation set**, from which the network does not learn; 60,000 × 0.8 = 48,000 training samples remain. **One epoch**: shuffle these and take 64 at a time for a step, until every sample has been used exactly once: 48,000 / 64 = **750 steps**.
//
// `callbacks` are called as training goes on: here one draws curves, and one records the weights of 16 units. The loss takes float32 labels, hence `toFloat()`. ■ in the toolbar interrupts; what was learnt is kept.

// %%
digits.guess('one-epoch');

// %% tags=["subslide"]
const units = digits.recordUnits();

const history = await model.fit(xTrain, yTrain.toFloat(), {
  batchSize: 64,
  epochs: 5,
  validationSplit: 0.2,
  callbacks: [digits.curves({ beside: figures.ORIGINAL_RUN }), units],
});

// %%
console.log(history.history);

// %%
digits.reveal('one-epoch', history);

// %% [markdown] tags=["zh","subslide"]
// **你的网络训练好了。** 每轮一行：步数、用时、训练集的损失和准确率、验证集的损失和准确率。`history.history` 和上面的曲线是同样的数：细线是每 15 步的平均；圆点是一轮的平均，画在这一轮的正中；方块是每轮结束时在验证集上测得的。
//
// 训练损失和验证损失各怎样变？先用一句话写下来，再展开对照：

// %% [markdown] tags=["en","subslide"]
// **Your network is trained.** One line per epoch: steps, time, loss and accuracy, then those of the validation set. `history.history` and the curves hold the same numbers: a thin line is the mean of 15 steps, a dot the mean of an epoch, in its middle; a square is measured on the validation set when the epoch is over.
//
// How did both losses change? Write your own sentence first, then compare:

// %%
digits.findings.training(history);

// %% [markdown] tags=["zh"]
// **怎样看**：训练损失一直下降，验证损失降得越来越慢，到后来还可能回升。训练损失还在下降，验证损失却**回升**，说明网络在“背”训练样本，这叫**过拟合**。如果只是两条曲线的距离拉大，验证损失并没有回升，就不要紧。最初几轮里，训练集的圆点反而比验证集差：它是整轮的平均，从第一步算起。
//
// 再运行一次这个训练的单元格，会接着练，不会从头开始；要从头来，请从第 5 阶段运行。

// %% [markdown] tags=["zh","subslide"]
// **为什么每次结果略有不同**：初始权重和每批样本都是随机抽取的；损失的地形也不是只有一个谷（数学上说，它不是凸函数），从不同的地方出发，会走进不同的谷。梯度下降也不会正好停在谷底，只是走到它附近。
//
// <details>
// <summary>原教程的五轮（Python，一块 GPU，每步 2 毫秒）</summary>
//
// | 轮次 | 损失 | 准确率 | 验证损失 | 验证准确率 |
// | --- | --- | --- | --- | --- |
// | 1 | 0.3316 | 0.9080 | 0.1854 | 0.9490 |
// | 2 | 0.1542 | 0.9557 | 0.1362 | 0.9625 |
// | 3 | 0.1083 | 0.9684 | 0.1133 | 0.9662 |
// | 4 | 0.0816 | 0.9764 | 0.1070 | 0.9683 |
// | 5 | 0.0640 | 0.9817 | 0.0891 | 0.9740 |
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// ### 先切分，后打乱
//
// 自己的数据常常是排好序的。把 6000 张图按标签从 0 到 9 排好，再训练一个小网络：

// %% [markdown] tags=["en"]
// **How to read it**: the training loss keeps falling; the validation loss falls ever more slowly, and in the end it may rise. If it **rises** while the training loss falls, the network learns its samples by heart: this is **overfitting**. A gap alone is no harm. In the first epochs the training dot is even worse than validation, because it averages the whole epoch.
//
// Running the training cell again trains on. To start afresh, run again from stage 5.

// %% [markdown] tags=["en","subslide"]
// **Why runs differ a little**: the initial weights and the batches are drawn at random. The loss is not convex, either: it has many valleys, and a different start leads into a different one. Gradient descent never stops exactly at a lowest point; it only comes near it.
//
// <details>
// <summary>The five epochs of the original tutorial (Python, one GPU, 2 ms per step)</summary>
//
// | Epoch | Loss | Accuracy | Val loss | Val accuracy |
// | --- | --- | --- | --- | --- |
// | 1 | 0.3316 | 0.9080 | 0.1854 | 0.9490 |
// | 2 | 0.1542 | 0.9557 | 0.1362 | 0.9625 |
// | 3 | 0.1083 | 0.9684 | 0.1133 | 0.9662 |
// | 4 | 0.0816 | 0.9764 | 0.1070 | 0.9683 |
// | 5 | 0.0640 | 0.9817 | 0.0891 | 0.9740 |
//
// </details>

// %% [markdown] tags=["en","subslide"]
// ### Split before shuffle
//
// Data of your own are often sorted. We sort 6,000 pictures by label, from 0 to 9, and train a small network on them:

// %%
digits.guess('sorted');

// %% tags=["subslide"]
const { indices } = tf.topk(yTrain.slice(0, 6000).neg(), 6000);
const sortedX = xTrain.slice(0, 6000).gather(indices);
const sortedY = yTrain.slice(0, 6000).gather(indices).toFloat();

const small = tf.sequential();
small.add(tf.layers.flatten({ inputShape: [28, 28] }));
small.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
small.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

const onSorted = await small.fit(sortedX, sortedY, { epochs: 3, validationSplit: 0.2, verbose: 0 });
console.log(onSorted.history.acc, onSorted.history.val_acc);

// %%
digits.reveal('sorted', onSorted);

// %% [markdown] tags=["zh"]
// **结果**：切下的最后 20%，几乎全是 8 和 9；训练样本里一个也没有，打乱也没有用。看上去像过拟合，其实是切分的错。所以先打乱，再切分。MNIST 的顺序本来就是打乱的。

// %% [markdown] tags=["zh","subslide"]
// ### 什么时候停
//
// 五轮还看不出过拟合的坏处。这是同一个网络练 20 轮的记录。换了你，练到哪一轮就停？

// %% [markdown] tags=["en"]
// **Result**: the last 20% are nearly all 8s and 9s. Training has none of these, and shuffling the rest cannot help. It looks like overfitting, but the split is at fault: shuffle before you split. MNIST comes shuffled.

// %% [markdown] tags=["en","subslide"]
// ### When to stop
//
// Five epochs are too few for overfitting to do harm. Here is a record of the same network over 20 epochs. After which one would you have stopped?

// %%
display(figures.historyCurves(figures.LONG_RUN.history));

// %% [markdown] tags=["zh"]
// **结果**：训练损失一路下降；验证损失在第 6 轮最低，以后回升：从这里起，网络多半只是在背。验证准确率几乎不变，只是答错时越来越有把握。在验证损失最低时停下，叫作**提前停止**。

// %% [markdown] tags=["zh","optional"]
// ### 这一步的代码
//
// 去掉隐藏层，梯度就短到可以直接写出来：$p = \mathrm{softmax}(xW + b)$，一批 $n$ 张图，
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// $\eta$ 是学习率。不用 `fit`，不用优化器，先走一步。（张量占着 JavaScript 管不到的内存：`tf.tidy` 释放函数里产生的全部张量，只留下返回的；`tf.dispose` 释放指定的。）

// %% [markdown] tags=["en"]
// **Result**: the validation loss is lowest after epoch 6 and then rises: from there on, the network mostly learns by heart. The validation accuracy hardly changes, but wrong answers get ever more certain. Stopping where the validation loss is lowest is called **early stopping**.

// %% [markdown] tags=["en","optional"]
// ### The step, written out
//
// Without the hidden layer, the gradient is short enough to be written down. With $p = \mathrm{softmax}(xW + b)$ and a batch of $n$ pictures,
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// where $\eta$ is the learning rate. No `fit`, no optimizer; first a single step. (Tensors hold memory that JavaScript does not manage: `tf.tidy` frees all tensors that are made in a function, except those that it returns; `tf.dispose` frees those that you name.)

// %%
const takeStep = (
  x: tf.Tensor,
  labels: tf.Tensor,
  W: tf.Tensor,
  b: tf.Tensor,
  rate: number,
): [tf.Tensor, tf.Tensor] =>
  tf.tidy(() => {
    const p = x.matMul(W).add(b).softmax();
    const error = p.sub(tf.oneHot(labels, 10));
    const newW = W.sub(x.matMul(error, true).mul(rate / x.shape[0]));
    const newB = b.sub(error.mean(0).mul(rate));
    return [newW, newB];
  });

let W: tf.Tensor = tf.zeros([784, 10]);
let b: tf.Tensor = tf.zeros([10]);
const rows = tf.reshape(xTrain, [60000, 784]);
const validRows = rows.slice(50000, 2000);
const validY = yTrain.slice(50000, 2000);
const rightShare = (W: tf.Tensor, b: tf.Tensor) =>
  validRows.matMul(W).add(b).argMax(1).equal(validY).mean().arraySync();

[W, b] = takeStep(rows.slice(0, 64), yTrain.slice(0, 64), W, b, 0.2);
console.log(rightShare(W, b));

// %% [markdown] tags=["zh"]
// 学了一步，就认对约三分之一。再走完这一轮：

// %% [markdown] tags=["en"]
// One step, and a third are right. Now the rest of the epoch:

// %%
for (let at = 64; at < 48000; at += 64) {
  const before = [W, b];
  [W, b] = tf.tidy(() => takeStep(rows.slice(at, 64), yTrain.slice(at, 64), W, b, 0.2));
  tf.dispose(before);
}
console.log(rightShare(W, b));

// %% [markdown] tags=["zh"]
// **结果**：九成以上，靠的只是矩阵乘法、加减和 softmax。`fit` 做的是同样的事，只是多一层，步长由 adam 调整。

// %% [markdown] tags=["en"]
// **Result**: more than nine in ten, by matrix products, sums, differences and softmax alone. `fit` does the same with one layer more, and adam adjusts its steps.

// %% [markdown] tags=["zh","subslide"]
// ### 神经元怎样长成
//
// 训练时，记下了 16 个神经元的权重，画成 28 × 28 的小图：橙色的地方亮，它就兴奋；蓝色的地方亮，它就被抑制。拖动滑块看一看：

// %% [markdown] tags=["en","subslide"]
// ### Watching units form
//
// These are the weights of 16 units. A bright pixel excites a unit where its picture is orange and inhibits it where it is blue. Move the slider:

// %%
display(figures.unitsBorn(units));

// %% [markdown] tags=["zh"]
// **怎样看**：不要找数字，要找笔画的片段：一弯、一横、一处空白。**边缘看上去始终是随机的**：权重的梯度里有像素作因子，而那里的像素几乎总是 0。

// %% [markdown] tags=["zh","subslide"]
// 全部 128 个神经元学成的样子：

// %% [markdown] tags=["en"]
// **What to look for**: not digits, but pieces of strokes: a bend, a bar, an empty place. **The edge looks random to the end**: a weight's gradient has its pixel as a factor, and these pixels are nearly always 0.

// %% [markdown] tags=["en","subslide"]
// All 128 units, as they are now:

// %%
display(figures.unitWeights(model));

// %% [markdown] tags=["zh","subslide"]
// 关掉 16 个神经元，再关 16 个，直到一个不剩；每次在验证集上测一测准确率：

// %% [markdown] tags=["en","subslide"]
// Switch 16 units off, then 16 more, until none is left, and measure the validation accuracy each time:

// %%
const xValidation = xTrain.slice(48000, 12000);
const yValidation = yTrain.slice(48000, 12000);

display(figures.withoutUnits(model, xValidation, yValidation));

// %% [markdown] tags=["zh"]
// **结果**：关掉头 16 个，大多数图还是认得对：好几个神经元在找差不多的图案，活儿是大家分着干的。全部关掉，就只能瞎猜。

// %% [markdown] tags=["en"]
// **Result**: without the first 16, most pictures are still read, because several units look for much the same. Without all of them, the network can only guess.

// %% [markdown] tags=["zh"]
// ## 9 评估模型
//
// **目标**：用网络从未见过的 10 000 张测试图片打分。

// %% [markdown] tags=["en"]
// ## 9 Evaluate
//
// **The aim**: to score the network on the 10,000 test pictures, which it has never seen.

// %%
digits.guess('test');

// %% tags=["subslide"]
const [testLoss, testAccuracy] = model.evaluate(xTest, yTest.toFloat(), { batchSize: 64 });

// %%
digits.reveal('test', history, testAccuracy);

// %% [markdown] tags=["zh"]
// **结果**：10 000 / 64 = 156.25，所以是 157 步；输出的样式与 Keras 的 `verbose=2` 一样：只有一行结果，没有进度条。原教程是损失 0.0831、准确率 0.9753。没有见过的数字也能认对，这叫**泛化**，它才是训练的目的。你的网络泛化得怎样？先写一句话，再对照：

// %% [markdown] tags=["en"]
// **Result**: 10,000 / 64 = 156.25, hence 157 steps; The line is the one of Keras's `verbose=2`, the result without a bar. The original tutorial had loss 0.0831 and accuracy 0.9753. To read digits that it has never seen is called **generalisation**; it is what training is for. How well does yours generalise? Write a sentence first, then compare:

// %%
digits.findings.test(history, testLoss, testAccuracy);

// %% [markdown] tags=["zh","subslide"]
// | | 张数 | 用来做什么 | 什么时候看 |
// | --- | --- | --- | --- |
// | 训练集 | 48 000 | 更新参数 | 每一步 |
// | 验证集 | 12 000 | 选择超参数，决定何时停止 | 每轮之后 |
// | 测试集 | 10 000 | 最后打分 | 只看一次 |
//
// 如果看着测试集的成绩挑模型，挑中的就会是碰巧适合它的那个，成绩就不可信了。自己的数据要先打乱，再切成这三份：`validationSplit` 切的是最后 20%，切完才打乱。

// %% [markdown] tags=["zh","subslide"]
// ### 这算好吗？
//
// 一个准确率好不好，要比较才知道：先与简单的办法比，用来对照的办法叫**基线**；再与更好的办法比。

// %% [markdown] tags=["en","subslide"]
// | | Pictures | What for | When |
// | --- | --- | --- | --- |
// | training set | 48,000 | to update the parameters | at every step |
// | validation set | 12,000 | to choose hyperparameters and when to stop | after every epoch |
// | test set | 10,000 | the final score | once |
//
// If you choose a model by its test score, you choose one that happens to suit the test set, and the score can no longer be trusted. Shuffle your own data before you cut these three: `validationSplit` takes the last 20%, and only then does `fit` shuffle.

// %% [markdown] tags=["en","subslide"]
// ### Is that good?
//
// You can only judge an accuracy by comparison: with simpler methods, the **baselines**, and with better ones.

// %%
display(figures.baselines(testAccuracy));

// %%
digits.findings.baselines(testAccuracy);

// %% [markdown] tags=["zh","subslide"]
// 第一张测试图片，用第 5 阶段的两种办法再认一次：

// %% [markdown] tags=["en","subslide"]
// The first test picture again, in both ways of stage 5:

// %%
const byReshape = model.predict(x.reshape([1, 28, 28]));
const bySlice = model.predict(xTest.slice(0, 1));

byReshape.print();
bySlice.print();
console.log(byReshape.argMax(1).arraySync(), bySlice.argMax(1).arraySync());

// %% [markdown] tags=["zh"]
// **结果**：十个概率，和为 1，两种办法得到的完全相同。`argMax` 取出最大者的位置，也就是网络的**预测**：7。

// %% [markdown] tags=["zh","subslide"]
// ### 错在哪里
//
// 准确率只是一个数。预测全部测试图片，看谁被认成了谁：

// %% [markdown] tags=["en"]
// **Result**: ten probabilities that sum to 1, the same both ways. `argMax` gives the position of the largest, which is the network's **prediction**: 7.

// %% [markdown] tags=["en","subslide"]
// ### Where it goes wrong
//
// Accuracy is a single number. We predict every test picture and see which digits are confused:

// %%
digits.guess('confused');

// %% tags=["subslide"]
const probabilities = model.predict(xTest);
const predictions = probabilities.argMax(1);

display(figures.confusionMatrix(yTest, predictions));

// %%
digits.reveal('confused', yTest, predictions);

// %% [markdown] tags=["zh"]
// **怎样看混淆矩阵**：一行一个标签，一列一种预测。对角线上是认对的个数；橙色越深，这种错误在该行中占的份额越大。哪个错最多，哪个数字最难认？先写一句话，再对照：

// %% [markdown] tags=["en"]
// **How to read the confusion matrix**: it has a row for each label and a column for each prediction, and its diagonal counts what is right. Orange: the share of that row misread this way. Which mistake is the most common, and which digit the hardest? Write a sentence first, then compare:

// %%
digits.findings.mistakes(yTest, predictions);

// %% [markdown] tags=["zh","subslide"]
// 网络最有**把握**的错误是哪些？

// %% [markdown] tags=["en","subslide"]
// Which mistakes did the network make with the greatest **certainty**?

// %%
display(figures.worstMistakes(xTest, yTest, probabilities));

// %% [markdown] tags=["zh"]
// **结果**：百分数是网络给自己的错误答案的概率。这些图人大多认得，只是写法少见，例如 MNIST 的 7 很少中间加一横。数据里少见的，网络就学不好。概率高，并不等于正确。

// %% [markdown] tags=["zh","optional"]
// ### 不改权重，改图片
//
// 训练时，我们沿着损失对**权重**的梯度走。损失对每个**像素**也有梯度：权重不动，改一改你的数字，就能改变答案。

// %% [markdown] tags=["en"]
// **Result**: the percentage is the probability that the network gave its own wrong answer. People can read most of these pictures, but they are written in rare ways: few 7s of MNIST have a crossbar, for example. What is rare in the data is learnt badly. A high probability does not make an answer right.

// %% [markdown] tags=["en","optional"]
// ### Move the picture, not the weights
//
// In training we followed the gradient of the loss with respect to each **weight**. The loss also has a gradient with respect to each **pixel**: leave the weights alone, change your digit a little, and the answer turns.

// %%
digits.guess('nudge');

// %% tags=["subslide"]
const nudge = digits.nudge(model, xMine);

display(figures.nudge(nudge));

// %%
digits.reveal('nudge', nudge.largest);

// %% [markdown] tags=["zh"]
// **结果**：在人看来，多半还是原来的数字，网络却换了答案。它靠的是 784 个数的加权和，不是我们看到的形状。

// %% [markdown] tags=["zh"]
// ## 10 应用模型
//
// **目标**：识别测试集的前四张图，再随机抽取四张来识别，最后认你自己写的数字。

// %% [markdown] tags=["en"]
// **Result**: people mostly still read the old digit, and yet the network changes its mind. It goes by weighted sums of 784 numbers, not by shapes as we do.

// %% [markdown] tags=["en"]
// ## 10 Apply
//
// **The aim**: to recognise the first four test pictures, then any four drawn at random, and finally a digit of your own.

// %%
const firstFour = xTest.slice(0, 4);
const fourProbabilities = model.predict(firstFour);
const yPred = fourProbabilities.argMax(1);

fourProbabilities.print();
console.log(yPred.arraySync());

// %% [markdown] tags=["zh"]
// **结果**：四行十列，一行一张图。轴从 0 数起：第 0 轴是批次轴，第 1 轴是十个概率。`argMax(1)` 沿第 1 轴，也就是在每一行的十个概率之中，取最大者的位置，一次得到四个答案。画出来：

// %% [markdown] tags=["en"]
// **Result**: four rows of ten, one row per picture. Axes count from 0: `argMax(1)` goes along axis 1, the ten probabilities of each row, and gives four predictions at once. In the figure:

// %% tags=["zh","subslide"]
display(
  figures.digitRow(firstFour, {
    title: '取出测试集中的前4个数据进行识别',
    labels: yTest.slice(0, 4),
    predictions: yPred,
  }),
);

// %% tags=["en","subslide"]
display(
  figures.digitRow(firstFour, {
    title: 'The first four of the test set',
    labels: yTest.slice(0, 4),
    predictions: yPred,
  }),
);

// %%
digits.findings.firstFour(yTest.slice(0, 4), yPred);

// %% [markdown] tags=["zh","subslide"]
// 随机抽四张，一次一张：

// %% [markdown] tags=["en","subslide"]
// Four at random, one at a time:

// %%
for (let i = 0; i < 4; i++) {
  const place = Math.floor(10000 * Math.random());
  const picture = xTest.slice(place, 1);
  console.log('y =', testY.data[place], 'y_pred =', model.predict(picture).argMax(1).arraySync());
}

// %% [markdown] tags=["zh"]
// 画成图也行。按图中的按钮，就另抽四张：

// %% [markdown] tags=["en"]
// Here are four others in a figure; its button draws four more:

// %%
display(figures.redrawDigits(testX, testY, predictions));

// %% [markdown] tags=["zh","subslide"]
// ### 你自己的数字
//
// 开头写的那个数字，没有训练过的网络只能瞎猜。现在呢？

// %% [markdown] tags=["en","subslide"]
// ### Your own digit
//
// The untrained network could make nothing of it. And now?

// %%
display(figures.probabilityBars(xMine, yMine, model.predict(xMine)));

// %% [markdown] tags=["zh","subslide"]
// 再写几个，这次认字的是你训练的权重。也可以把图片文件或者手机拍的照片拖到手写板上：

// %% [markdown] tags=["en","subslide"]
// Draw more; the weights that read them are now yours. You can also drop a picture file or a photo on the pad:

// %%
digits.digitPad(model);

// %% [markdown] tags=["zh"]
// **试一试**：给 7 中间加一横，把 1 写得很斜，或者画一个不是数字的图形。网络不会说“不知道”：训练给它看的全是数字，而且答对时越有把握，损失越小。
//
// <details>
// <summary>为什么先缩放、再居中</summary>
//
// MNIST 的每张图都经过同样的两步，网络只见过这样的图。
//
// 1. **缩放**：笔迹的外框（蓝框）按比例缩放到刚好放进 20 × 20。每个新像素取它所盖住部分的平均值，所以边缘是灰的。
// 2. **居中**：笔迹的重心，也就是按墨的深浅加权的平均位置，移到 28 × 28 的正中（十字）。
//
// 所以写在哪里、写多大，网络看到的几乎一样；只是写得很小时，笔画放大后很粗，容易认错。
//
// </details>

// %% [markdown] tags=["en"]
// **Try**: a 7 with a crossbar, a slanting 1, or something that is not a digit at all. The network never says "I don't know": training showed it nothing but digits, and rewarded certainty in right answers.
//
// <details>
// <summary>Why scale and centre first</summary>
//
// Every picture of MNIST went through the same two steps, and the network has seen no others.
//
// 1. **Scale**: the box around your strokes (blue) is scaled to fit 20 × 20. Each new pixel is the mean of what it covers, so edges are grey.
// 2. **Centre**: the centre of mass of the strokes, the average position of their ink, is moved to the middle of the 28 × 28 (the cross).
//
// So the network sees nearly the same wherever you draw and however large, but a very small digit gets thick strokes and is easily misread.
//
// </details>

// %% [markdown] tags=["zh","optional"]
// ### 全班写一个测试集
//
// 每人写 0～9 各一个，写上名字，复制手写板给出的那一行；在同一台电脑上，写完就点“换一个人写”。把所有人的行都贴到下面单元格的两个反引号之间，再运行。会比 MNIST 的测试集高还是低？

// %% [markdown] tags=["en","optional"]
// ### The class writes a test set
//
// Everybody draws the digits 0 to 9, gives a name, and copies the line that the pad prints. If several share a computer, each presses "Another writer" first. Paste the lines of all between the two backquotes of the cell below and run it. Will the accuracy be higher or lower than on MNIST's test set?

// %%
digits.digitPad('set');

// %%
const [classX, classY, writers] = digits.drawnSet(``);
const classPredictions = model.predict(digits.divide(classX, 255)).argMax(1);

display(figures.classTest(classY, classPredictions, writers, testAccuracy));

// %% [markdown] tags=["zh"]
// **怎样看**：样本这么少，只能估计真实的准确率大致在什么范围，图上画的就是这个范围。差别大到不像偶然时，原因多半是笔和写法不同：测试集只能说明与它相似的数据。

// %% [markdown] tags=["zh","subslide"]
// ### 离开本课以后
//
// 你写的就是 TensorFlow.js。去掉 `guess`、`reveal`、`findings` 和图，代码放进任何一个项目都能运行：装好 `@tensorflow/tfjs` 就行。`digits` 在背后加快训练、打印进度、解释错误。剩下的几个函数，表里有对应的写法：
//
// <details>
// <summary>本课的函数，换成只用 <code>tf</code> 的写法</summary>
//
// | 本课 | 只用 TensorFlow.js |
// | --- | --- |
// | `await digits.useDevice()` | `await tf.ready()` |
// | `await mnist.loadData()` | 照用：`mnist-data-loader` 不需要 `digits` |
// | `await digits.drawn()` | `tf.tensor3d(…, [1, 28, 28])`，自己的像素 |
// | `digits.divide(testX, 255)` | `tf.tensor3d(testX.data, [10000, 28, 28], 'float32').div(255)` |
// | `digits.curves()` | `{ onEpochEnd: async (_, logs) => console.log(logs) }` |
// | `digits.recordUnits()` | `{ onBatchEnd: async () => model.layers[1].getWeights() }` |
// | `figures.probabilityBars(x, y, p)` | `p.print()` |
// | `figures.learningRates(loss, grads)` | 用不同的学习率各做一次 `applyGradients(grads)` |
// | `figures.pushes(p, y)` | `p.sub(tf.oneHot(y, 10)).print()` |
// | `figures.confusionMatrix(y, p)` | `tf.math.confusionMatrix(y, p, 10).print()` |
// | `figures.historyCurves(history)` | `console.log(history.history)` |
//
// </details>
//
// 同样的网络，只用 `tf`，6000 张图练一轮：

// %% [markdown] tags=["en"]
// **How to read it**: so few samples tell no more than a range, which the figure draws. If the difference is too large to be chance, other pens and other habits are the likely cause: a test set speaks only for data that are like it.

// %% [markdown] tags=["en","subslide"]
// ### Leaving the lesson
//
// What you have written is TensorFlow.js. Without `guess`, `reveal`, `findings` and figures, it runs in any project that has `@tensorflow/tfjs`; `digits` only makes it faster, prints progress and explains errors. The few functions that remain have plain equivalents:
//
// <details>
// <summary>Our functions, and the same with <code>tf</code> alone</summary>
//
// | Here | TensorFlow.js alone |
// | --- | --- |
// | `await digits.useDevice()` | `await tf.ready()` |
// | `await mnist.loadData()` | the same: `mnist-data-loader` does not need `digits` |
// | `await digits.drawn()` | `tf.tensor3d(…, [1, 28, 28])`, pixels of your own |
// | `digits.divide(testX, 255)` | `tf.tensor3d(testX.data, [10000, 28, 28], 'float32').div(255)` |
// | `digits.curves()` | `{ onEpochEnd: async (_, logs) => console.log(logs) }` |
// | `digits.recordUnits()` | `{ onBatchEnd: async () => model.layers[1].getWeights() }` |
// | `figures.probabilityBars(x, y, p)` | `p.print()` |
// | `figures.learningRates(loss, grads)` | `applyGradients(grads)` once for each learning rate |
// | `figures.pushes(p, y)` | `p.sub(tf.oneHot(y, 10)).print()` |
// | `figures.confusionMatrix(y, p)` | `tf.math.confusionMatrix(y, p, 10).print()` |
// | `figures.historyCurves(history)` | `console.log(history.history)` |
//
// </details>
//
// The same network with `tf` alone, one epoch on 6,000 pictures:

// %%
const plainX = tf.tensor3d(trainX.slice(0, 6000).data, [6000, 28, 28], 'float32').div(255);
const plainY = tf.tensor1d(trainY.slice(0, 6000).data, 'float32');

const plain = tf.sequential();
plain.add(tf.layers.flatten({ inputShape: [28, 28] }));
plain.add(tf.layers.dense({ units: 128, activation: 'relu' }));
plain.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
plain.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

await plain.fit(plainX, plainY, {
  batchSize: 64,
  epochs: 1,
  validationSplit: 0.2,
});
plain.predict(firstFour).argMax(1).print();

// %% [markdown] tags=["zh","subslide"]
// **内存**：张量放在设备上，JavaScript 不会替你回收。`tf.tidy` 释放函数里产生的全部张量，只留下返回的；`tensor.dispose()` 释放一个；`tf.memory()` 数一数还有多少：

// %% [markdown] tags=["en","subslide"]
// **Memory**: JavaScript does not free tensors for you. `tf.tidy` frees all that are made in its function and not returned; `tensor.dispose()` frees one; `tf.memory()` counts them:

// %%
const before = tf.memory().numTensors;
const certainty = tf.tidy(() => model.predict(xTest).max(1).mean().arraySync());

console.log(certainty, tf.memory().numTensors - before);

// %% [markdown] tags=["zh","subslide"]
// **保存和加载**：`model.save` 把模型交给一个地址。在浏览器里，地址是 `'indexeddb://my-network'` 或 `'downloads://my-network'`；在 Node 里导入 `@tensorflow/tfjs-node` 以后，是 `'file://my-network'`；也可以是自己的函数，如下。`tf.loadLayersModel` 从同样的地址读回来。保存的是各层和权重，不包括优化器：想接着训练，先重新 `compile`。

// %% [markdown] tags=["en","subslide"]
// **Save and load**: `model.save` takes an address: in a browser `'indexeddb://my-network'` or `'downloads://my-network'`, in Node with `@tensorflow/tfjs-node` `'file://my-network'`, or a handler of your own, as below. `tf.loadLayersModel` reads from there. Layers and weights are saved, the optimizer is not: to train on, `compile` again first.

// %%
const saved: tf.io.ModelArtifacts[] = [];
const keep = tf.io.withSaveHandler(async artifacts => {
  saved.push(artifacts);
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
});

await model.save(keep);
const copy = await tf.loadLayersModel(tf.io.fromMemory(saved[0] ?? {}));
copy.predict(firstFour).argMax(1).print();

// %% [markdown] tags=["zh"]
// 本课的 `saveModel` 作用相同，还会找好存放的地方，重启内核以后也能读回来：

// %% [markdown] tags=["en"]
// Our `saveModel` does the same and finds a place that outlives the kernel:

// %%
await digits.saveModel(model, 'my-network');

const loaded = await digits.loadModel('my-network');
loaded.predict(firstFour).argMax(1).print();

// %% [markdown] tags=["zh","subslide"]
// **换一组数据**：两圈点，里圈是 0，外圈是 1。这是一个完整的程序，只用 `tf`：先打乱，再切成三份；样本少，就多练几轮；`validationData` 直接给出验证集，不再从末尾切。

// %% [markdown] tags=["en","subslide"]
// **Other data**: two rings of points, 0 inside and 1 outside. Here is a complete program with `tf` alone. It shuffles before it cuts three sets; few samples need more epochs; `validationData` names the validation set, so nothing is cut off the end.

// %%
const angle = tf.randomUniform([1000], 0, 2 * Math.PI);
const radius = tf.concat([tf.randomUniform([500], 0, 0.6), tf.randomUniform([500], 0.7, 1)]);
const points = tf.stack([radius.mul(angle.cos()), radius.mul(angle.sin())], 1);
const rings = tf.concat([tf.zeros([500]), tf.ones([500])]);

const order = tf.tensor1d(Array.from(tf.util.createShuffledIndices(1000)), 'int32');
const [xRing, yRing] = [points.gather(order), rings.gather(order)];

const net = tf.sequential();
net.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape: [2] }));
net.add(tf.layers.dense({ units: 2, activation: 'softmax' }));
net.compile({
  optimizer: tf.train.adam(0.01),
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

const log = await net.fit(xRing.slice(0, 640), yRing.slice(0, 640), {
  epochs: 30,
  validationData: [xRing.slice(640, 160), yRing.slice(640, 160)],
  verbose: 0,
});
console.log(log.history.val_loss?.slice(-3), log.history.val_acc?.slice(-3));

const [, ringAccuracy] = net.evaluate(xRing.slice(800), yRing.slice(800));
ringAccuracy?.print();
const twoPoints = tf.tensor2d([0, 0.1, 0.9, 0], [2, 2]);
net.predict(twoPoints).argMax(1).print();

// %% [markdown] tags=["zh","optional"]
// ### 网页和自己的图片
//
// **放进网页**：下载这个文件，用浏览器打开，手机上也行，不用联网。它用你训练出来的权重（每个取整为一个字节）认字，可以手写，也可以选一张照片。用文本编辑器打开它看看：不需要任何库，网络就是两次矩阵乘法。

// %% [markdown] tags=["en","optional"]
// ### A web page, and pictures of your own
//
// **To a web page**: download this file and open it in a browser, on a phone too; it needs no network connection. It reads digits with the weights that you trained, each rounded to a byte: drawn ones, or a photo that you choose. Open it in a text editor: there is no library, since the network is two matrix products.

// %%
digits.webPage(model, 'my-network');

// %% [markdown] tags=["zh"]
// **自己的图片**：凡是图片，都要先变成训练时的样子：黑底白字，大小 28 × 28，居中，0～1。黑字写在白纸上的要先反色；手写板和上面的网页会替你做。

// %% [markdown] tags=["en"]
// **Pictures of your own** must first look like those of the training: white on black, 28 × 28, centred, 0 to 1. Dark ink on white paper has to be inverted; the pad and the page above do all this for you.

// %% [markdown] tags=["zh"]
// ## 小结
//
// - **数据**：一张图是 784 个数，除以 255；标签是整数。先打乱，再切分。
// - **模型**：一个神经元求加权和，再取 relu；128 个找笔画的片段，10 个加 softmax 给出概率，一共 101 770 个参数。
// - **学习**：算概率，算损失，从 $p - y$ 反向传播求梯度，每个参数走一小步；750 步一轮，训练五轮，只要几秒钟。
// - **评估**：验证集用来选择和停止，测试集只用一次；准确率在 97%～98% 之间，好不好要与别的办法比。
// - **应用**：`predict` 要有批次轴，`argMax` 取出答案；概率高，并不等于正确。

// %% [markdown] tags=["zh","subslide"]
// ### 猜错的，和十道题
//
// 没猜中的，现在能说出为什么吗？

// %% [markdown] tags=["en"]
// ## Summary and quiz
//
// - **Data**: a picture is 784 numbers, divided by 255; a label is an integer. Shuffle before you split.
// - **Model**: a unit takes a weighted sum, then relu; 128 of them find pieces of strokes, 10 with softmax give probabilities; 101,770 parameters in all.
// - **Learning**: compute the probabilities, the loss, the gradients by backpropagation from $p - y$, and move each parameter a small step; 750 steps an epoch, five epochs, a few seconds.
// - **Evaluation**: the validation set is for choosing and stopping, the test set is used once. The accuracy lies between 97% and 98%; you can only judge that by comparison.
// - **Use**: `predict` needs the batch axis, `argMax` picks the answer; a high probability does not make it right.

// %% [markdown] tags=["en","subslide"]
// ### Your guesses, and ten questions
//
// The guesses you got wrong: can you say now why?

// %%
digits.guesses();

// %% [markdown] tags=["zh","subslide"]
// 点一个选项，就知道对不对、为什么：

// %% [markdown] tags=["en","subslide"]
// Click an option to see whether it is right, and why:

// %%
digits.quiz();

// %% [markdown] tags=["zh","subslide"]
// ### 接下来
//
// 改一改，再运行：
//
// - 把第 5 阶段的 128 改成 32 或 512，再从第 5 阶段运行到第 8 阶段：参数个数、用时和验证准确率怎样变化？（第 6 阶段的验算也要跟着改。）
// - 把第 8 阶段的 `epochs` 改成 20，再从第 5 阶段运行：验证损失从哪一轮开始不再下降？
// - 把 `optimizer: 'adam'` 改成 `optimizer: tf.train.sgd(10)`：配置错了的训练是什么样子？
//
// 然后做[练习](exercises.zh.ipynb)。往后可以学卷积网络（练习 10.4）、防止过拟合的办法（练习 8.4），或者换一组数据（练习 10.3）。[《动手学深度学习》](https://zh.d2l.ai)讲得更深，[TensorFlow 游乐场](https://playground.tensorflow.org)可以边调边看。

// %% [markdown] tags=["en","subslide"]
// ### Next
//
// Change something and run it again:
//
// - Change the 128 of stage 5 to 32 or 512 and run stages 5 to 8 again: what happens to the number of parameters, the time, the validation accuracy? (The arithmetic of stage 6 needs changing too.)
// - Set `epochs` in stage 8 to 20 and run again from stage 5: from which epoch on does the validation loss no longer fall?
// - Put `optimizer: tf.train.sgd(10)` in place of `optimizer: 'adam'`: what does a badly configured training look like?
//
// Then do the [exercises](exercises.en.ipynb). From here you can go on to convolutional networks (exercise 10.4), cures for overfitting (8.4), or other data (10.3). [Dive into Deep Learning](https://d2l.ai) goes deeper, and in the [TensorFlow Playground](https://playground.tensorflow.org) you can watch a network while you change it.
