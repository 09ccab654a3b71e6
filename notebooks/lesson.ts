// %% [markdown] tags=["zh"]
// # 第一个神经网络：识别手写数字
//
// 4 和 9 写得再潦草，你也一眼就能分清。可是怎么分的？写成规则试试，换个人写，规则就不灵了。下面的网络分得清，靠的是 101 770 个数，没有一个是人写进去的，全是它看了几万个例子，在几秒钟里自己找到的。这节课里，你要亲手让它再找一遍，最后让它认你的字。
//
// 先选“编辑 > 清除所有单元格的输出”，免得提前看到结果。再点下面的单元格，按 `Shift + Enter`（或者点 ▶）运行它和下一个，然后写一个数字：

// %% [markdown] tags=["en"]
// # A first neural network: handwritten digits
//
// However badly they are written, you tell a 4 from a 9 at a glance. Try to write down how, and your rule fails on the next person's hand. The network below can do it with 101,770 numbers, and nobody wrote a single one of them: it found them by itself in a few seconds, from examples. In this lesson you will make it find them again, and in the end it will read your own handwriting.
//
// First choose Edit > Clear Outputs of All Cells, so that no saved result gives an answer away. Then click the cell below, run it and the next one with `Shift + Enter` (or ▶), and draw a digit:

// %%
import * as digits from 'digits';

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
// **两块手写板之间发生了什么？** 这就是这节课。你写的数字会一路跟着走：先变成数，再得到十个概率、一个损失，最后被你训练的网络认出来。在第一块手写板下面核对“我写的是”，点“复制”，粘贴到下一个单元格的两个反引号之间，再运行；不粘贴也行，那就用课程自带的一个数字。

// %% [markdown] tags=["en","subslide"]
// **What happens between the two?** That is this lesson. Your digit comes along: it becomes numbers, gets ten probabilities and a loss, and is read at last by the network that you train. Below the first pad, check the digit that it offers, click Copy, paste between the two backquotes of the next cell, and run it. Without a line, a digit that comes with the lesson takes its place.

// %%
const [mineX, mineY] = digits.drawn(``);

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
// | 3 | 加载数据 | 5 | 8 | 训练模型 | 24 |
// | 4 | 数据预处理 | 3 | 9 | 评估模型 | 22 |
// | 5 | 搭建模型 | 3 | 10 | 应用模型 | 13 |
//
// 加上开头和原理（10 分钟）约 90 分钟；到第 35 分钟，网络已经训练好了。标着“选学”的部分是折叠的，另外计时。[练习](exercises.zh.ipynb)可自动批改；遇到不熟悉的词，请查[术语表](GLOSSARY.md)。

// %% [markdown] tags=["en"]
// **When you are done, you can**
//
// 1. explain how a picture becomes 784 numbers, and these become ten probabilities;
// 2. build, compile, train and evaluate a network in a few lines of code;
// 3. say how a network learns: loss, gradient, update;
// 4. recognise overfitting in a curve, and say what the training, validation and test sets are for;
// 5. judge whether an accuracy is good, and find out where a network goes wrong.
//
// **What you need**: variables, functions and arrays, in any language. No calculus; you should have met powers and logarithms. If you know Python, stage 1 has a table that translates.

// %% [markdown] tags=["en","installed","subslide"]
// **How to use this notebook**: run its cells from top to bottom. Where you are asked to guess, click an option before you go on; the summary brings back those you got wrong. Change any code you like. `Ctrl + Z` undoes a change; to keep the original, duplicate the file in the list on the left before you begin.

// %% [markdown] tags=["en","site","subslide"]
// **How to use this notebook**: run its cells from top to bottom. Where you are asked to guess, click an option before you go on; the summary brings back those you got wrong. Change any code you like. `Ctrl + Z` undoes a change; File > Get the Original Back brings the original back and keeps your copy.

// %% [markdown] tags=["en"]
// | | Stage | Minutes | | Stage | Minutes |
// | --- | --- | --- | --- | --- | --- |
// | 1 | Imports | 2 | 6 | Summary | 3 |
// | 2 | Configuration | 1 | 7 | Compile | 4 |
// | 3 | Loading | 5 | 8 | Fit | 24 |
// | 4 | Preprocessing | 3 | 9 | Evaluate | 22 |
// | 5 | Model | 3 | 10 | Apply | 13 |
//
// With the opening and the idea (10 minutes), about 90 minutes; by minute 35 the network is trained. Parts marked as optional are folded and not counted. The [exercises](exercises.en.ipynb) check themselves; the [glossary](GLOSSARY.md) explains the terms.

// %% [markdown] tags=["zh"]
// ## 先看懂原理
//
// 一张图就是许多像素，每个像素是一个数。网络由**神经元**组成，每个神经元把许多数变成一个数。这里是一个神经元，只看四个像素。拖动滑块，让它只认对角线：

// %% [markdown] tags=["en"]
// ## The idea, before the code
//
// A picture is pixels, and each pixel is a number. A network is made of **units**, and each unit turns many numbers into one. Here is one unit that looks at four pixels. Move the sliders until it responds to the diagonal and to none of the other patterns:

// %%
digits.oneUnit();

// %% [markdown] tags=["zh","subslide"]
// **一个神经元**把每个输入乘以它的**权重**，加起来，再加上**偏置**；结果是负数，就变成 0：$h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$。权重就是它要找的图案。（有的教材把权重称为“权值”，用“阈值”代替偏置，“阈值”等于偏置的相反数。）
//
// **我们的网络**是一个多层的神经网络：
//
// 28 × 28 个像素 **→** 784 个数 **→** 128 个神经元（relu）**→** 10 个神经元（softmax）**→** 10 个概率
//
// - **输入**：一个样本是一张 28 × 28 的灰度图。神经元要的是向量，所以各行像素首尾相接，排成 784 个数。
// - **隐藏层**（也叫“隐含层”）：128 个神经元，各看全部 784 个像素。128 是我们选的，并不是非 128 不可：32 个也能学，512 个稍好一点，也慢一点。
// - **输出层**：10 个神经元，一个数字一个，所以这是一个**多分类**任务。它们给出任意的数，**softmax** 把这些数变成十个概率，和为 1：先把每个数 $z$ 变成 $e^z$，再除以它们的总和。2、1、0 这三个数就变成 67%、24%、9%。

// %% [markdown] tags=["zh","subslide"]
// - **参数**：全部权重和偏置，一共 101 770 个。学习，就是改变它们。
// - **标签**：就是数字 0～9 本身。如果你学过鸢尾花那样的例子，那里先把标签变成独热编码（3 变成 `[0,0,0,1,0,…]`），再算交叉熵；这里用**稀疏交叉熵**，省去这一步。第 7 阶段会看到，两者相同。
// - **Sequential** 是高阶接口：只说有哪些层，其余由它完成。用低阶接口，每次矩阵乘法、每个梯度都要自己写；第 8 阶段可以写一次。

// %% [markdown] tags=["en","subslide"]
// **A unit** multiplies each input by a **weight**, adds everything up, adds its **bias**, and turns a negative result into 0: $h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$. Its weights are the pattern that it looks for.
//
// **Our network** has several layers of them:
//
// 28 × 28 pixels **→** 784 numbers **→** 128 units (relu) **→** 10 units (softmax) **→** 10 probabilities
//
// - **Input**: a sample is a picture of 28 × 28 grey pixels. Units take a vector, so the rows of pixels are laid end to end: 784 numbers.
// - **Hidden layer**: 128 units, each of which looks at all 784 pixels. 128 is simply our choice: 32 units learn, too; 512 do slightly better and take longer.
// - **Output layer**: 10 units, one for each digit; ten classes make it a **multi-class** task. Their numbers can be of any size. **softmax** turns them into ten probabilities that sum to 1: each $z$ becomes $e^z$, divided by the sum of all of these. 2, 1 and 0 would become 67%, 24% and 9%.

// %% [markdown] tags=["en","subslide"]
// - **Parameters**: all the weights and biases, 101,770 of them. To learn is to change them.
// - **Labels**: the digits 0 to 9 themselves. Other lessons, such as those on irises, turn labels into one-hot vectors first (3 becomes `[0,0,0,1,0,…]`) and then compute the cross-entropy. **Sparse cross-entropy** takes the digit as it is; stage 7 shows that both give the same.
// - **Sequential** is a high-level interface: you name the layers, and it does the rest. With the low-level one you write every matrix product and every gradient yourself; in stage 8 you can, once.

// %% [markdown] tags=["zh"]
// ## 1 导入库函数
//
// **目标**：取得三样东西。`tf` 是 TensorFlow，张量和模型都在其中；`mnist` 加载数据；`digits` 是本课自带的包，画图用的 `display` 和 `figures` 也在里面。

// %% [markdown] tags=["en"]
// ## 1 Imports
//
// **The aim**: three things. `tf` is TensorFlow, with its tensors and models; `mnist` loads the data; `digits` is this lesson's own package. Its `display` and `figures` draw.

// %%
import * as tf from '@tensorflow/tfjs';
import { display, figures } from 'digits';
import mnist from 'mnist-data-loader';

console.log(digits.versions());

// %% [markdown] tags=["zh"]
// **结果**：各个库的版本，以及下一阶段将使用的设备。向别人求助时，请附上这几行。
//
// <details>
// <summary>写过 Python？这里有一张对照表</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
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
// **Result**: the versions, and the device that the next stage will start. When you ask for help, send these lines along.
//
// <details>
// <summary>Coming from Python? A table that translates</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
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
// **目标**：选定计算设备，并让图中的汉字正常显示。有 GPU 就用 GPU，没有就用 CPU 的原生引擎，再没有就用 WebAssembly。课程在三种设备上都能完成。

// %% [markdown] tags=["en"]
// ## 2 Configuration
//
// **The aim**: a device to compute on, and a font that shows Chinese in figures. The GPU if there is one, otherwise the CPU's native engine, otherwise WebAssembly. The lesson runs to its end on all three.

// %%
digits.guess('device');

// %% tags=["subslide"]
const device = await digits.useDevice();
console.log(device);
console.log('font-family:', figures.FONT_FAMILY);
digits.reveal('device');

// %% [markdown] tags=["zh"]
// **结果**：正在使用的设备和选择它的原因；显存是否按需增长；图中文字的字体，先用 SimHei（黑体），最后是 sans-serif。
//
// <details>
// <summary>关于 GPU：显存按需增长，以及 <code>failed to create cublas handle</code></summary>
//
// **显存按需增长**：TensorFlow 默认一开始就占满 GPU 的全部显存，别的程序便无法再用。开启以后，用多少取多少。`useDevice` 总会开启它，相当于 Python 里的 `set_memory_growth(gpus[0], True)`；没有 GPU 时，这一项不起作用。
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**：明明开启了按需增长，训练一开始却报这个错。先确认代码没有改动过；如果确实没改过，原因多半是**另一个进程**（例如另一个还没关闭的 Notebook）占着显存，不过仅凭这条信息无法断定。
//
// 解决办法：关闭那个进程，稍等片刻，再运行一次。遇到时，本课的出错信息也会这样告诉你；用 `nvidia-smi` 可以看到谁占着显存。
//
// </details>

// %% [markdown] tags=["en"]
// **Result**: the device and why it was chosen; whether GPU memory grows as needed; the fonts, SimHei first and sans-serif last.
//
// <details>
// <summary>About GPUs: memory growth, and <code>failed to create cublas handle</code></summary>
//
// **Memory growth**: by default TensorFlow takes all of the GPU's memory at once, and no other program can use it. With growth it takes what it needs. `useDevice` always switches it on, as `set_memory_growth(gpus[0], True)` does in Python; without a GPU it has no effect.
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**: memory growth is on, and still training fails with this error. First make sure that you have not changed the code. If you have not, **another process** probably holds the GPU's memory, often another notebook that is still open; the message alone does not prove it.
//
// The cure: close that process, wait a moment, run again. When it happens here, the error says so; `nvidia-smi` shows who holds the memory.
//
// </details>

// %% [markdown] tags=["zh"]
// ## 3 加载数据
//
// **目标**：取得 MNIST：70 000 张手写数字的图片，其中 60 000 张用来训练，10 000 张用来测试。

// %% [markdown] tags=["en"]
// ## 3 Loading
//
// **The aim**: MNIST, 70,000 pictures of handwritten digits: 60,000 to train on and 10,000 to test with.

// %%
digits.guess('shapes');

// %% tags=["subslide"]
const [[trainX, trainY], [testX, testY]] = await mnist.loadData();

console.log(trainX.shape, trainY.shape);
console.log(testX.shape, testY.shape);
digits.reveal('shapes');

// %% [markdown] tags=["zh"]
// **结果**：`await` 等文件就绪；左边的方括号把结果拆成四个数组。`trainX` 是 60 000 张 28 × 28 的图片，`trainY` 是它们的标签，每张图一个；测试集同样如此，共 10 000 张。

// %% [markdown] tags=["zh","subslide"]
// 数据装在什么容器里，数值在什么范围？

// %% [markdown] tags=["en"]
// **Result**: `await` waits for the files; the brackets on the left take the result apart. `trainX` holds 60,000 pictures of 28 × 28, `trainY` their labels, one for each picture; the test set is the same with 10,000.

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
// Twelve of each digit. Everybody writes in their own way; that is what makes the task hard.

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
// **The aim**: pixels divided by 255 (this is called **normalisation**); labels as a tensor of integers. Your digit goes the same way.

// %%
digits.guess('division');

// %% tags=["subslide"]
const xTrain = digits.divide(trainX, 255);
const xTest = digits.divide(testX, 255);
const xMine = digits.divide(mineX, 255);
const yTrain = tf.tensor1d(trainY.data, 'int32');
const yTest = tf.tensor1d(testY.data, 'int32');
const yMine = tf.tensor1d(mineY.data, 'int32');

console.log(
  xTrain.shape,
  xTrain.dtype,
  xTrain.min().arraySync(),
  xTrain.max().arraySync(),
  yTrain.shape,
  yTrain.dtype,
);
console.log(
  xTest.shape,
  xTest.dtype,
  xTest.min().arraySync(),
  xTest.max().arraySync(),
  yTest.shape,
  yTest.dtype,
);
digits.reveal('division');

// %% [markdown] tags=["zh","subslide"]
// **结果**：形状没有变，范围变成 0～1，类型变成 float32；标签是 int32。（本课脱胎于一份用 Keras 写的 Python 教程，下文称“原教程”，它用 int16；TensorFlow.js 的整数只有 int32，结果一样。）
//
// **为什么除以 255**：所有像素的范围本来就一样，要紧的是数值小：初始权重和学习率都是照着小的输入定的。除以 100 也一样好；不除，准确率就从 0.97 降到 0.94 左右。训练和使用时要做同样的处理。

// %% [markdown] tags=["zh","subslide"]
// **要不要自己变成 784**：可以用 `reshape`，如下；不过下一阶段的 Flatten 层会做，这样模型的结构更清楚。

// %% [markdown] tags=["en","subslide"]
// **Result**: the same shape, values between 0 and 1, float32; the labels are int32. (The original tutorial, which this lesson follows, is in Python with Keras and takes int16. TensorFlow.js has int32 as its only integers; the result is the same.)
//
// **Why divide by 255**: all pixels have the same range anyway. What matters is that the numbers are small, because initial weights and learning rate are made for small inputs. Dividing by 100 does just as well; without any division, the accuracy is about 0.94 instead of 0.97. Training and use need the same treatment.

// %% [markdown] tags=["en","subslide"]
// **Do we have to make the 784 ourselves?** `reshape` would do it, as below; the Flatten layer of the next stage does it for us, and makes the model's structure clearer.

// %%
console.log(xTrain.reshape([60000, 784]).shape, xTest.reshape([10000, 784]).shape);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型
//
// **目标**：像搭积木一样，把三层依次叠起来。

// %% [markdown] tags=["en"]
// ## 5 Model
//
// **The aim**: three layers, stacked.

// %%
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));

// %% [markdown] tags=["zh"]
// **为什么有 Flatten**：它不计算任何东西，也没有参数可学，只把 28 × 28 排成 784。它是第一层，所以由它写明输入的形状 `[28, 28]`；后面各层的输入形状，模型自己推算得出。
//
// **为什么是 relu 和 softmax**：如果隐藏层没有激活函数 relu，两个线性层相连，仍然只是一个线性层，学不会弯曲的分界面。softmax 让十个输出成为概率。

// %% [markdown] tags=["zh","subslide"]
// 权重还是随机的。这样的网络，会怎样看你的数字？（`y` 是标签，`y_pred` 是网络的预测，也就是它的答案；橙色是错的，绿色是没有认出来的正确答案。）

// %% [markdown] tags=["en"]
// **Why Flatten**: it computes nothing and has no parameters to learn; it only lays 28 × 28 out as 784. As the first layer it names the shape of the input, `[28, 28]`; the model works out all the others.
//
// **Why relu and softmax**: without relu, two linear layers in a row are still one linear layer and cannot learn a curved boundary. softmax turns the ten outputs into probabilities.

// %% [markdown] tags=["en","subslide"]
// Its weights are still random. What does such a network make of your digit? (`y` is the label, `y_pred` the network's prediction, its answer; orange is a wrong one, green the right one that it missed.)

// %% tags=["subslide"]
digits.guess('untrained');

// %% tags=["subslide"]
const untrained = model.predict(xMine);

display(figures.probabilityBars(xMine, yMine, untrained));
digits.reveal('untrained', untrained.max().arraySync());

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构
//
// **目标**：看清每一层的输出形状和参数个数，并亲手验算。先在纸上算一算。

// %% [markdown] tags=["en"]
// ## 6 Summary
//
// **The aim**: the output shape and the number of parameters of each layer, checked by our own arithmetic. Do it on paper first.

// %%
digits.guess('parameters');

// %% tags=["subslide"]
model.summary();
digits.reveal('parameters');

// %% tags=["subslide"]
const hidden = 784 * 128 + 128;
const output = 128 * 10 + 10;
console.log(hidden, output, hidden + output);

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
// **The aim**: three decisions: how to change the parameters (optimizer), how to measure how wrong we are (loss), and what to report (metrics).
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
digits.reveal('tenfold');

// %% [markdown] tags=["zh","subslide"]
// **为什么是这三个**
// - **adam**：给每个参数单独调整步长，几乎不用调参，第一次训练就很稳。上面是它的默认值；最要紧的是学习率 0.001。学习率这类由人来定、不由网络去学的数，叫作**超参数**。
// - **稀疏分类交叉熵**：越有把握地答对，损失越接近 0；越有把握地答错，损失越大。标签是数字，所以选稀疏的。
// - **稀疏分类准确率**：概率最大的数字与标签相同，就算对；标签同样是数字，所以也是稀疏的。参数稍微变一点，它几乎总是不变，不能用来训练，但人看得懂。（这里写函数 `tf.metrics.…`，因为 TensorFlow.js 没有为它准备可以写成字符串的名称。）

// %% [markdown] tags=["zh","subslide"]
// 稀疏与独热得到同一个数吗？三个类别 0、1、2，正确答案是 1，网络给它的概率是 0.7：

// %% [markdown] tags=["en","subslide"]
// **Why these three**
// - **adam** gives each parameter its own step size; it needs hardly any tuning and usually works the first time. Its defaults stand above; the one that matters most is the learning rate, 0.001. Numbers like it, which people choose and the network does not learn, are called **hyperparameters**.
// - **Sparse categorical cross-entropy**: a confident right answer costs almost 0, a confident wrong one a lot. Our labels are digits, so we take the sparse kind.
// - **Sparse categorical accuracy** counts a sample as right when the most probable digit is the label; again the label is a digit, hence sparse. Hardly any small change of a parameter changes it, so we cannot train on it, but people can read it. (It is given as a function, `tf.metrics.…`, because TensorFlow.js has no name for it.)

// %% [markdown] tags=["en","subslide"]
// Do the sparse kind and one-hot give the same number? Take three classes 0, 1 and 2; the right one is 1, and the network gives it 0.7:

// %%
const oneHot = tf.tensor2d([[0, 1, 0]]);
const p = tf.tensor2d([[0.1, 0.7, 0.2]]);

tf.metrics.categoricalCrossentropy(oneHot, p).print();
console.log(-Math.log(0.7));

// %% [markdown] tags=["zh"]
// **结果**：同一个数。独热向量中只有一个 1，其余的 0 什么也不贡献，所以直接用标签去取 0.7 就够了。

// %% [markdown] tags=["en"]
// **Result**: the same number. A one-hot vector has a single 1, and its zeros add nothing, so it is enough to pick the 0.7 by the label.

// %% [markdown] tags=["zh"]
// ## 8 训练模型
//
// **目标**：先弄清学一步时发生了什么，再学 3750 步。
//
// ### 学一步
//
// 取 64 张图，第一张是你的数字，让没有训练过的网络试学一步（看完就还原，模型不变）。一步由四件事组成：
//
// 1. **概率**：64 张图通过网络，各得十个概率 $p$。图①画的是你那个数字的十个概率。
// 2. **损失**：正确答案的概率取 $-\ln$，64 张图求平均。
// 3. **梯度**：一个参数增大一点，损失会往哪边变、变得多快？在输出层，对 softmax 之前的十个数（叫作 **logits**）求，一张图的梯度就是概率减去独热标签，$p - y$（图②）：正确的数字要往上推，其余的往下压。64 张图再求平均。从这里一层层往回算，就得到全部参数的梯度，这叫**反向传播**。
// 4. **更新**：每个参数沿着梯度的反方向走一小步，步长是学习率乘以梯度。这就是**梯度下降**；adam 再给每个参数调整步长。

// %% [markdown] tags=["en"]
// ## 8 Fit
//
// **The aim**: to understand one step of learning, then to take 3,750 of them.
//
// ### One step of learning
//
// Take 64 pictures, the first of them your digit, and let the untrained network try out one step, which is undone afterwards. A step has four parts:
//
// 1. **Probabilities**: each of the 64 pictures passes through the network and gets ten probabilities $p$. ① below shows those of your digit.
// 2. **Loss**: $-\ln$ of the probability of the right answer, averaged over the 64.
// 3. **Gradient**: if a parameter grows a little, which way does the loss go, and how fast? At the output, with respect to the ten numbers before softmax (the **logits**), the gradient of one picture is simply the probability minus the one-hot label, $p - y$ (②): the right digit is to be pushed up, all others down. The batch takes the mean of its 64. From there we calculate backwards, layer by layer, until every parameter has its gradient. This is **backpropagation**.
// 4. **Update**: each parameter takes a small step against its gradient: the learning rate times the gradient. This is **gradient descent**; adam also adjusts the step for each parameter.

// %% tags=["subslide"]
digits.guess('first-loss');

// %% tags=["subslide"]
const x64 = tf.concat([xMine, xTrain.slice(0, 63)]);
const y64 = tf.concat([yMine, yTrain.slice(0, 63)]);
const step = digits.oneStep(model, x64, y64);

display(figures.oneStep(step, { parts: [1, 2] }));
digits.findings.oneStep(step);
digits.reveal('first-loss', step.loss);

// %% [markdown] tags=["zh","subslide"]
// 更新以后，损失会怎样？先只改一个权重，再让全部参数一起走一步：

// %% [markdown] tags=["en","subslide"]
// What does the update do to the loss? First a single weight, then all parameters together:

// %%
display(figures.oneStep(step, { parts: [3, 4] }));

// %% [markdown] tags=["zh"]
// **怎样看**：③的损失像一个山谷；我们站在坡上，坡的陡度就是梯度。④的横轴是学习率：走得太远，会跨过谷底，损失又变大。（为了看得清楚，这里的学习率是 0.5，比平时大得多。）

// %% [markdown] tags=["en"]
// **How to read it**: in ③ the loss is like a valley. We stand on a slope, and its steepness is the gradient. In ④ the axis is the learning rate: go too far, and you cross the bottom of the valley and the loss grows again. (The learning rate is 0.5 here, far more than usual, so that the step can be seen.)

// %% [markdown] tags=["zh","subslide"]
// <details>
// <summary>学过微积分？梯度是这样算出来的</summary>
//
// 损失 $L = -\ln p_k$，其中 $k$ 是标签，$p_i = e^{z_i} / \sum_j e^{z_j}$，所以 $L = \ln \sum_j e^{z_j} - z_k$。对 softmax 之前的数 $z$ 求导：
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// 再用链式法则往回推一层。$z = h W_2 + b_2$，所以 $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$，$\partial L / \partial b_2 = p - y$，$\partial L / \partial h = (p - y) W_2^{\mathsf T}$。经过 relu 时，输出为 0 的神经元梯度也为 0，其余不变；对 $W_1$、$b_1$ 再做一次同样的事。
//
// </details>

// %% [markdown] tags=["en","subslide"]
// <details>
// <summary>Know some calculus? Where the gradient comes from</summary>
//
// The loss is $L = -\ln p_k$ for the label $k$, with $p_i = e^{z_i} / \sum_j e^{z_j}$; hence $L = \ln \sum_j e^{z_j} - z_k$. Its derivative with respect to $z$, the numbers before softmax, is
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// The chain rule takes us back through the layers. From $z = h W_2 + b_2$ we get $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$, $\partial L / \partial b_2 = p - y$ and $\partial L / \partial h = (p - y) W_2^{\mathsf T}$. At relu, the gradient of a unit whose output is 0 becomes 0, and the others pass unchanged. The same once more gives those of $W_1$ and $b_1$.
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// ### 训练五轮
//
// **一个轮次**：先打乱全部训练样本，再每次取 64 个学一步，直到每个样本都恰好用过一次。留出最后 20% 作为**验证集**：60 000 × 0.8 = 48 000 个训练样本，48 000 / 64 = **750 步**一轮。
//
// 曲线边训练边画；也可以按工具栏上的 ■ 中断，学到的会保留。

// %% [markdown] tags=["en","subslide"]
// ### Five epochs
//
// **One epoch**: shuffle all training samples, then take 64 at a time for a step, until every sample has been used exactly once. The last 20% is kept as the **validation set**: 60,000 × 0.8 = 48,000 training samples, and 48,000 / 64 = **750 steps** per epoch.
//
// The curves are drawn as training goes on. Interrupt it with ■ in the toolbar; what it has learnt is kept.

// %%
digits.guess('one-epoch');

// %% tags=["subslide"]
const units = digits.recordUnits();
const history = await model.fit(xTrain, yTrain, {
  batchSize: 64,
  epochs: 5,
  validationSplit: 0.2,
  callbacks: [digits.curves({ beside: figures.ORIGINAL_RUN }), units],
});

digits.findings.training(history);
digits.reveal('one-epoch', history);

// %% [markdown] tags=["zh","subslide"]
// **你的网络训练好了。** 每轮一行：步数、用时、训练集的损失和准确率、验证集的损失和准确率。上面的曲线是同样的数：
//
// - 细线：每 15 步的平均。有的批容易，有的批难。
// - 圆点：一轮 750 步的平均，画在这一轮的正中。方块：每轮结束时在验证集上测得，画在末尾。
// - 黑色点线：原教程的五轮。最初几步的损失高出了图的上沿；双击图形可以看到全部。
//
// **怎样看**：训练损失一直下降，验证损失降得越来越慢，到后来还可能回升。两者分开得越远，网络就越是在“背”训练样本，这叫**过拟合**。第一轮里训练集的圆点反而比验证集差：它是整轮的平均，包括刚开始、还什么都不会的那些步。
//
// 再运行一次这个单元格，会接着练，不会从头开始；要从头来，请从第 5 阶段运行。

// %% [markdown] tags=["zh","subslide"]
// **为什么每次结果略有不同**：初始权重和每批样本都是随机抽取的；损失函数又不是凸函数，有许多低谷，从不同的地方出发，会走向不同的低谷。梯度下降也不会正好停在谷底，只是走到它附近。
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

// %% [markdown] tags=["en","subslide"]
// **Your network is trained.** One line per epoch: steps, time, loss and accuracy on the training samples, then on the validation samples. The curves show the same numbers:
//
// - Thin line: the mean of 15 steps. Some batches are easy, some hard.
// - A dot is the mean of the 750 steps of an epoch and stands in its middle. A square is measured on the validation samples when the epoch is over and stands at its end.
// - Black and dotted: the five epochs of the original tutorial. The loss of the first steps lies above the top; double-click the figure to see it all.
//
// **How to read it**: the training loss keeps falling; the validation loss falls ever more slowly, and in the end it may rise. The wider the gap, the more the network learns its samples by heart: **overfitting**. In the first epoch the training dot is even worse than validation, because it averages the whole epoch, including the first steps, before the network had learnt anything.
//
// Running this cell again trains on; it does not start afresh. To do that, run again from stage 5.

// %% [markdown] tags=["en","subslide"]
// **Why runs differ a little**: the initial weights and the batches are drawn at random. The loss is not convex, either: it has many valleys, and a different start leads into a different one. Nor does gradient descent stop exactly at the lowest point; it only comes near it.
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

// %% [markdown] tags=["zh","subslide"]
// 五轮还看不出过拟合的坏处。这是同一个网络练 20 轮的记录。换了你，练到哪一轮就停？

// %% [markdown] tags=["en","subslide"]
// Five epochs are too few for overfitting to do harm. Here is a record of the same network over 20 epochs. After which one would you have stopped?

// %%
display(figures.historyCurves(figures.LONG_RUN.history));

// %% [markdown] tags=["zh"]
// **结果**：训练损失一路下降；验证损失在第 6 轮最低，以后回升：从这里起，网络多半只是在背。验证准确率却几乎不变，因为答错的还是那些，只是错得更有把握。在验证损失最低时停下，叫作**提前停止**。

// %% [markdown] tags=["en"]
// **Result**: the training loss keeps falling. The validation loss is lowest after epoch 6 and then rises: from there on, the network mostly learns by heart. The validation accuracy hardly changes meanwhile, but wrong answers are given with ever more certainty. Stopping where the validation loss is lowest is called **early stopping**.

// %% [markdown] tags=["zh","optional"]
// ### 亲手写一步
//
// 去掉隐藏层，梯度就短到可以直接写出来：$p = \mathrm{softmax}(xW + b)$，一批 $n$ 张图，
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// $\eta$ 是学习率。不用 `fit`，不用优化器，先走一步：

// %% [markdown] tags=["en","optional"]
// ### Write the step yourself
//
// Without the hidden layer, the gradient is short enough to be written down. With $p = \mathrm{softmax}(xW + b)$ and a batch of $n$ pictures,
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// where $\eta$ is the learning rate. No `fit`, no optimizer; first a single step:

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
// **结果**：九成以上，靠的只是矩阵乘法、加减和 softmax。`fit` 做的是同样的事，只是多一层，步长由 adam 调整。练习 8.6 请你自己写出这一步。

// %% [markdown] tags=["en"]
// **Result**: more than nine in ten, by matrix products, sums, differences and softmax alone. `fit` does the same with one layer more, and adam adjusts its steps. Exercise 8.6 asks you to write this step yourself.

// %% [markdown] tags=["zh","subslide"]
// ### 神经元怎样长成
//
// 训练时，记下了 16 个神经元的权重，画成 28 × 28 的小图：橙色的地方亮，它就兴奋；蓝色的地方亮，它就被抑制。拖动滑块，从第 0 步看到最后一步：

// %% [markdown] tags=["en","subslide"]
// ### Watching units form
//
// While training went on, the weights of 16 units were recorded. Each is drawn as a small picture of 28 × 28: a bright pixel excites the unit where it is orange and inhibits it where it is blue. Move the slider from step 0 to the last:

// %%
display(figures.unitsBorn(units));

// %% [markdown] tags=["zh"]
// **怎样看**：不要找数字，要找斑块和笔画的片段：一弯、一横、一处空白。**边缘看上去始终是随机的**：那里的像素几乎总是 0，而权重的梯度里有像素作因子。那里没有什么可学，最外面的权重从不改变。

// %% [markdown] tags=["en"]
// **What to look for**: not digits, but blobs and pieces of strokes: a bend, a bar, an empty place. **The edge looks random to the end**: its pixels are nearly always 0, and the gradient of a weight has its pixel as a factor. There is nothing to find there, and the outermost weights never move.

// %% [markdown] tags=["zh","subslide"]
// 全部 128 个神经元学成的样子：

// %% [markdown] tags=["en","subslide"]
// All 128 units, as they are now:

// %%
display(figures.unitWeights(model));

// %% [markdown] tags=["zh","subslide"]
// 把前 16 个逐个关掉，在验证集上测一测，准确率会降多少？

// %% [markdown] tags=["en","subslide"]
// Switch the first 16 off, one at a time, and measure on the validation set: what does that cost?

// %%
digits.guess('unit-off');

// %% tags=["subslide"]
const xValidation = xTrain.slice(48000, 12000);
const yValidation = yTrain.slice(48000, 12000);

const cost = digits.costOfUnits(model, xValidation, yValidation);

display(figures.withoutUnit(cost));
digits.reveal('unit-off', cost);

// %% [markdown] tags=["zh"]
// ## 9 评估模型
//
// **目标**：用网络从未见过的 10 000 张测试图片打分。

// %% [markdown] tags=["en"]
// ## 9 Evaluate
//
// **The aim**: a score on the 10,000 test pictures, which the network has never seen.

// %%
digits.guess('test');

// %% tags=["subslide"]
const [testLoss, testAccuracy] = model.evaluate(xTest, yTest, {
  batchSize: 64,
  verbose: 2,
});
digits.findings.test(history, testLoss, testAccuracy);
digits.reveal('test', history, testAccuracy);

// %% [markdown] tags=["zh"]
// **结果**：10 000 / 64 = 156.25，所以是 157 步；`verbose: 2` 只打印结果，不画进度条。原教程是损失 0.0831、准确率 0.9753。
//
// **泛化**：网络背下了一些训练图片；但没有见过的数字，它也学会了认。这种能力叫泛化，它才是训练的目的。

// %% [markdown] tags=["zh","subslide"]
// | | 张数 | 用来做什么 | 什么时候看 |
// | --- | --- | --- | --- |
// | 训练集 | 48 000 | 更新参数 | 每一步 |
// | 验证集 | 12 000 | 选择超参数，决定何时停止 | 每轮之后 |
// | 测试集 | 10 000 | 最后打分 | 只看一次 |
//
// 如果看着测试集的成绩挑模型，挑中的就会是碰巧适合它的那个，成绩就不可信了。

// %% [markdown] tags=["zh","subslide"]
// ### 这算好吗？
//
// 一个准确率好不好，要比较才知道：先与简单的办法比，这叫**基线**，再与更好的办法比。

// %% [markdown] tags=["en"]
// **Result**: 10,000 / 64 = 156.25, hence 157 steps; `verbose: 2` prints the result alone, without a bar. The original tutorial had loss 0.0831 and accuracy 0.9753.
//
// **Generalisation**: the network knows some of its training pictures by heart, but it can also read digits that it has never seen. This is called generalisation, and it is what training is for.

// %% [markdown] tags=["en","subslide"]
// | | Pictures | What for | When |
// | --- | --- | --- | --- |
// | training set | 48,000 | to update the parameters | at every step |
// | validation set | 12,000 | to choose hyperparameters and when to stop | after every epoch |
// | test set | 10,000 | the final score | once |
//
// If you choose a model by its score on the test set, you choose one that happens to suit it, and the score can no longer be trusted.

// %% [markdown] tags=["en","subslide"]
// ### Is that good?
//
// You can only judge an accuracy by comparison: with simpler methods, the **baselines**, and with better ones.

// %%
display(figures.baselines(testAccuracy));
digits.findings.baselines(testAccuracy);

// %% [markdown] tags=["zh","subslide"]
// ### 一张图
//
// 现在只取一张图，第一张测试图片。模型会报错，`try … catch` 把错误打印出来，后面照常运行：

// %% [markdown] tags=["en","subslide"]
// ### A single picture
//
// Now just one picture, the first of the test set. The model will refuse it; `try … catch` prints the error and goes on:

// %%
const x = xTest.slice(0, 1).reshape([28, 28]);
console.log(x.shape);

try {
  model.predict(x);
} catch (error) {
  console.log(String(error));
}

// %% [markdown] tags=["zh"]
// **结果**：这是最常见的错误之一。Keras 在这里先警告（模型是为 (None, 28, 28) 搭建的，收到的却是 (None, 28)），然后报错。模型按**批**计算，即使只有一个样本，也要有批次轴。两种办法都可以：

// %% [markdown] tags=["en"]
// **Result**: one of the most common errors of all. Keras warns here that the model was built for (None, 28, 28) and called with (None, 28), then fails. The model computes in **batches**; even a single sample needs the batch axis. There are two ways to give it one:

// %% tags=["subslide"]
const byReshape = model.predict(x.reshape([1, 28, 28]));
const bySlice = model.predict(xTest.slice(0, 1));

byReshape.print();
bySlice.print();
console.log(byReshape.argMax(1).arraySync(), bySlice.argMax(1).arraySync());

// %% [markdown] tags=["zh"]
// **结果**：一行十个概率，和为 1，两种办法得到的完全相同。（印成 0 的，只是小得印不出来：按公式，softmax 从不为 0。）`argMax` 取出最大者的位置，也就是网络的**预测**：7。

// %% [markdown] tags=["zh","subslide"]
// ### 一步一步看
//
// 一张图怎样变成十个概率？这是你的数字：

// %% [markdown] tags=["en"]
// **Result**: one row of ten probabilities that sum to 1, the same both ways. (Where 0 is printed, the number is only too small to print: by its formula, softmax is never 0.) `argMax` gives the position of the largest, which is the network's **prediction**: 7.

// %% [markdown] tags=["en","subslide"]
// ### Step by step
//
// How does a picture become ten probabilities? Here is your digit:

// %%
display(figures.forwardPass(model, xMine));

// %% [markdown] tags=["zh"]
// ① 像素排成 784 个数。② 隐藏层 $h = \mathrm{relu}(x W_1 + b_1)$：负数变为 0，所以许多神经元不起作用。③ 输出层 $z = h W_2 + b_2$：十个任意的数，就是 logits。④ $p_i = e^{z_i} / \sum_j e^{z_j}$：softmax 给出的十个概率。

// %% [markdown] tags=["zh","subslide"]
// ### 错在哪里
//
// 准确率只是一个数。先求出所有测试图片的概率和预测，再看谁被认成了谁：

// %% [markdown] tags=["en"]
// ① The pixels in a row, 784 numbers. ② The hidden layer $h = \mathrm{relu}(x W_1 + b_1)$: negative numbers become 0, so many units take no part. ③ The output layer $z = h W_2 + b_2$: ten numbers of any size, the logits. ④ $p_i = e^{z_i} / \sum_j e^{z_j}$: the ten probabilities of softmax.

// %% [markdown] tags=["en","subslide"]
// ### Where it goes wrong
//
// Accuracy is a single number. First we compute the probabilities and the prediction for every test picture; then we see which digits are confused:

// %%
digits.guess('confused');

// %% tags=["subslide"]
const probabilities = model.predict(xTest);
const predictions = probabilities.argMax(1);

display(figures.confusionMatrix(yTest, predictions));
digits.findings.mistakes(yTest, predictions);
digits.reveal('confused', yTest, predictions);

// %% [markdown] tags=["zh"]
// **怎样看混淆矩阵**：一行一个标签，一列一种预测。对角线（蓝色）上是认对的个数；橙色越深，这种错误在该标签中占的份额越大。

// %% [markdown] tags=["zh","subslide"]
// 网络最有**把握**的错误是哪些？

// %% [markdown] tags=["en"]
// **How to read the confusion matrix**: a row for each label, a column for each prediction. The blue diagonal counts what is right; the deeper the orange, the larger the share of that label that was misread in this way.

// %% [markdown] tags=["en","subslide"]
// Which mistakes did the network make with the greatest **certainty**?

// %%
display(figures.worstMistakes(xTest, yTest, probabilities));

// %% [markdown] tags=["zh"]
// **结果**：百分数是网络给自己的错误答案的概率。这些图人大多认得，只是写法少见，例如 MNIST 的 7 很少带横。数据里少见的，网络就学不好：根子在数据。概率高，并不等于正确。

// %% [markdown] tags=["zh","subslide"]
// ### 不改权重，改图片
//
// 训练时，我们沿着损失对**权重**的梯度走。损失对每个**像素**也有梯度：权重不动，改一改你的数字，就能改变答案。

// %% [markdown] tags=["en"]
// **Result**: the percentage is the probability that the network gave its own wrong answer. People can read most of these pictures, but they are written in rare ways; few 7s of MNIST have a bar, for example. What is rare in the data is learnt badly: the data is biased. A high probability does not make an answer right.

// %% [markdown] tags=["en","subslide"]
// ### Move the picture, not the weights
//
// In training we followed the gradient of the loss with respect to each **weight**. It has one with respect to each **pixel**, too: leave the weights alone, change your digit a little, and the answer turns.

// %%
digits.guess('nudge');

// %% tags=["subslide"]
const nudge = digits.nudge(model, xMine);

display(figures.nudge(nudge));
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
digits.findings.firstFour(yTest.slice(0, 4), yPred);

// %% [markdown] tags=["zh"]
// **结果**：四行十列，一行一张图。`argMax(1)` 沿第 1 轴，即在每一行的十个概率之中，取最大者的位置，一次得到四个答案。画出来：

// %% [markdown] tags=["en"]
// **Result**: four rows of ten, one row per picture. `argMax(1)` goes along axis 1, the ten probabilities of each row, and gives four predictions at once. In the figure:

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

// %% [markdown] tags=["zh","subslide"]
// 随机抽四张。按图中的按钮，或者重新运行这个单元格，就另抽四张：

// %% [markdown] tags=["en","subslide"]
// Four at random. The button in the figure draws four others; so does running the cell again:

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
// **试一试**：把 7 写成带一横的，把 1 写得很斜，或者画一个不是数字的图形。网络不会说“不知道”：训练给它看的全是数字，而且答对时越有把握，损失越小。
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
// **Try**: a 7 with a bar, a slanting 1, or something that is not a digit at all. The network never says "I don't know": training showed it nothing but digits, and rewarded certainty.
//
// <details>
// <summary>Why scale and centre first</summary>
//
// Every picture of MNIST went through the same two steps, and the network has seen no others.
//
// 1. **Scale**: the box around your strokes (blue) is scaled to fit 20 × 20, keeping its proportions. Each new pixel is the mean of what it covers, so edges are grey.
// 2. **Centre**: the centre of mass of the strokes, the average position of their ink, is moved to the middle of the 28 × 28 (the cross).
//
// So the network sees nearly the same wherever you draw and however large; but the strokes of a very small digit become very thick, and are easily misread.
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
// **怎样看**：样本这么少，只能知道一个范围，图上画的就是它。差别大到不像偶然时，原因多半是笔和写法不同：测试集只能说明与它相似的数据。

// %% [markdown] tags=["en"]
// **How to read it**: so few samples tell no more than a range, which the figure draws. If the difference is too large to be chance, other pens and other habits are the likely cause: a test set speaks only for data that are like it.

// %% [markdown] tags=["zh","optional"]
// ### 离开本课以后
//
// 不用 `digits` 怎样训练，怎样保存模型，怎样把它放进网页。

// %% [markdown] tags=["en","optional"]
// ### Leaving the lesson
//
// Training without `digits`, saving the model, and taking it to a web page.

// %% [markdown] tags=["zh"]
// **只用 `tf`**：模型自己也有 `fit`、`evaluate` 和 `predict`。它要 float32 的标签，没有进度条、曲线和检查，也慢得多，所以这里只用 6000 张图训练一轮，用 2000 张来评估。

// %% [markdown] tags=["en"]
// **`tf` alone**: models have `fit`, `evaluate` and `predict` of their own. They take float32 labels, come without progress line, curves and checks, and are much slower; so this is one epoch on 6,000 pictures, evaluated on 2,000.

// %%
const plain = tf.sequential();
plain.add(tf.layers.flatten({ inputShape: [28, 28] }));
plain.add(tf.layers.dense({ units: 128, activation: 'relu' }));
plain.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
plain.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

const fewX = tf.tensor3d(trainX.slice(0, 6000).data, [6000, 28, 28], 'float32').div(255);
const fewY = tf.tensor1d(trainY.slice(0, 6000).data, 'float32');
await plain.fit(fewX, fewY, { batchSize: 64, epochs: 1, verbose: 0 });

const [plainLoss, plainAccuracy] = plain.evaluate(
  xTest.slice(0, 2000),
  yTest.slice(0, 2000).toFloat(),
) as tf.Scalar[];
plainLoss?.print();
plainAccuracy?.print();

// %% [markdown] tags=["zh"]
// **保存和加载**：保存的是各层和权重，不包括优化器；想接着训练，先重新 `compile`。

// %% [markdown] tags=["en"]
// **Save and load**: the layers and the weights are saved, the optimizer is not. To train on, `compile` again first.

// %%
await digits.saveModel(model, 'my-network');

const loaded = await digits.loadModel('my-network');
console.log(loaded.predict(xTest.slice(0, 4)).argMax(1).arraySync());

// %% [markdown] tags=["zh"]
// **放进网页**：下载这个文件，用浏览器打开，手机上也行，不用联网。它读的是你训练出来的权重（每个权重取整为一个字节），可以手写，也可以选一张照片。用文本编辑器打开它看看：不需要任何库，网络就是两次矩阵乘法。

// %% [markdown] tags=["en"]
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
// - **数据**：一张图是 784 个数，除以 255；标签是 0～9 的整数。
// - **模型**：一个神经元求加权和，再取 relu；128 个找笔画的片段，10 个加 softmax 给出概率，一共 101 770 个参数。
// - **学习**：算概率，算损失，从 $p - y$ 反向传播求梯度，每个参数走一小步；750 步一轮，训练五轮，只要几秒钟。
// - **评估**：验证集用来选择和停止，测试集只用一次；准确率约 97%，好不好要与别的办法比。
// - **应用**：`predict` 要有批次轴，`argMax` 取出答案；概率高，并不等于正确。

// %% [markdown] tags=["zh","subslide"]
// ### 猜错的，和十道题
//
// 没猜中的，现在能说出为什么吗？

// %% [markdown] tags=["en"]
// ## Summary and quiz
//
// - **Data**: a picture is 784 numbers, divided by 255; a label is an integer from 0 to 9.
// - **Model**: a unit takes a weighted sum, then relu; 128 of them find pieces of strokes, 10 with softmax give probabilities; 101,770 parameters in all.
// - **Learning**: compute the probabilities, the loss, the gradients by backpropagation from $p - y$, and move each parameter a small step; 750 steps an epoch, five epochs, a few seconds.
// - **Evaluation**: the validation set is for choosing and stopping, the test set is used once. The accuracy is about 97%; you can only judge that by comparison.
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
// - 把第 5 阶段的 128 改成 32 或 512，再从第 5 阶段运行到第 9 阶段：参数个数、用时和准确率怎样变化？（第 6 阶段的验算也要跟着改。）
// - 把第 8 阶段的 `epochs` 改成 20，再从第 5 阶段运行：验证损失从哪一轮开始不再下降？
// - 把 `optimizer: 'adam'` 改成 `optimizer: tf.train.sgd(10)`：配置错了的训练是什么样子？
//
// 然后做[练习](exercises.zh.ipynb)。往后可以学卷积网络（练习 10.4）、防止过拟合的办法（练习 8.4），或者换一组数据（练习 10.3）。[《动手学深度学习》](https://zh.d2l.ai)讲得更深，[TensorFlow 游乐场](https://playground.tensorflow.org)可以边调边看。

// %% [markdown] tags=["en","subslide"]
// ### Next
//
// Change something and run it again:
//
// - Change the 128 of stage 5 to 32 or 512 and run stages 5 to 9 again: what happens to the number of parameters, the time, the accuracy? (The arithmetic of stage 6 needs changing too.)
// - Set `epochs` in stage 8 to 20 and run again from stage 5: from which epoch on does the validation loss no longer fall?
// - Put `optimizer: tf.train.sgd(10)` in place of `optimizer: 'adam'`: what does a badly configured training look like?
//
// Then do the [exercises](exercises.en.ipynb). From here you can go on to convolutional networks (exercise 10.4), cures for overfitting (8.4), or other data (10.3). [Dive into Deep Learning](https://d2l.ai) goes deeper, and in the [TensorFlow Playground](https://playground.tensorflow.org) you can watch a network while you change it.
