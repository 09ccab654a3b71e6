// %% [markdown] tags=["zh"]
// # 第一个神经网络：识别手写数字
//
// 十个阶段，从导入库函数，到让网络认出你自己写的数字。模型用 TensorFlow.js 的 `Sequential` 搭建。
//
// **学完以后，你能**
//
// 1. 说清一张图怎样变成 784 个数，又怎样变成十个概率；
// 2. 用几行代码搭建、配置、训练和评估一个网络；
// 3. 解释网络怎样学习：损失、梯度、更新；
// 4. 从曲线看出过拟合，说出训练集、验证集、测试集各管什么；
// 5. 判断一个准确率算不算好，并找出网络错在哪里。
//
// **需要的基础**：会用变量、函数和数组，哪种语言都行。不需要微积分。写过 Python 的读者，第 1 阶段有一张对照表。

// %% [markdown] tags=["zh","installed","subslide"]
// **怎样使用**：从上到下，逐个单元格按 `Shift + Enter`，也可以点工具栏上的 ▶。每个阶段有一个“猜一猜”，请先猜，再运行。代码可以随意修改，改坏了也能恢复：`Ctrl + Z` 撤销一步；在终端（文件 > 新建 > 终端）运行 `git restore notebooks/lesson.zh.ipynb`，只恢复这一个文件。不用终端的话，改之前在左边的文件列表里复制一份。

// %% [markdown] tags=["zh","site","subslide"]
// **怎样使用**：从上到下，逐个单元格按 `Shift + Enter`，也可以点工具栏上的 ▶。每个阶段有一个“猜一猜”，请先猜，再运行。代码可以随意修改，改坏了也能恢复：`Ctrl + Z` 撤销一步；“文件”菜单里的“取回原始笔记本”恢复原样，你的副本也会保留。

// %% [markdown] tags=["zh"]
// | | 阶段 | 分钟 | | 阶段 | 分钟 |
// | --- | --- | --- | --- | --- | --- |
// | 1 | 导入库函数 | 3 | 6 | 查看模型结构 | 6 |
// | 2 | 参数配置 | 3 | 7 | 配置训练方法 | 8 |
// | 3 | 加载数据 | 8 | 8 | 训练模型 | 18 |
// | 4 | 数据预处理 | 6 | 9 | 评估模型 | 16 |
// | 5 | 搭建模型 | 5 | 10 | 应用模型 | 8 |
//
// 加上开头的原理（8 分钟）约 90 分钟，最后的十道题另需 10 分钟。[练习](exercises.zh.ipynb)可自动批改，每个阶段至少两题；遇到不熟悉的词，请查[术语表](GLOSSARY.md)。

// %% [markdown] tags=["en"]
// # A first neural network: handwritten digits
//
// Ten stages, from the imports to a network that reads the digits you draw. The model is one of TensorFlow.js's `Sequential` models.
//
// **When you are done, you can**
//
// 1. explain how a picture becomes 784 numbers, and these become ten probabilities;
// 2. build, compile, train and evaluate a network in a few lines of code;
// 3. say how a network learns: loss, gradient, update;
// 4. read overfitting off a curve, and tell what training, validation and test set are for;
// 5. judge whether an accuracy is good, and find out where a network goes wrong.
//
// **What you need**: variables, functions and arrays, in any language. No calculus. If you know Python, stage 1 has a table that translates.

// %% [markdown] tags=["en","installed","subslide"]
// **How to use it**: work from top to bottom and press `Shift + Enter` on each cell, or ▶ in the toolbar. Each stage asks you to guess first, then run. Change any code you like. To undo a change, press `Ctrl + Z`. To bring the original back, run `git restore notebooks/lesson.en.ipynb` in a terminal (File > New > Terminal); it restores this file and no other. Without a terminal, duplicate the file in the list on the left before you change it.

// %% [markdown] tags=["en","site","subslide"]
// **How to use it**: work from top to bottom and press `Shift + Enter` on each cell, or ▶ in the toolbar. Each stage asks you to guess first, then run. Change any code you like. To undo a change, press `Ctrl + Z`. To bring the original back, choose File > Get the Original Back; your own copy is kept.

// %% [markdown] tags=["en"]
// | | Stage | Minutes | | Stage | Minutes |
// | --- | --- | --- | --- | --- | --- |
// | 1 | Imports | 3 | 6 | Summary | 6 |
// | 2 | Configuration | 3 | 7 | Compile | 8 |
// | 3 | Loading | 8 | 8 | Fit | 18 |
// | 4 | Preprocessing | 6 | 9 | Evaluate | 16 |
// | 5 | Model | 5 | 10 | Apply | 8 |
//
// With the idea at the beginning (8 minutes), about 90 minutes; the ten questions take 10 more. The [exercises](exercises.en.ipynb) check themselves, two or more for each stage; the [glossary](GLOSSARY.md) explains the terms.

// %% [markdown] tags=["zh"]
// ## 先看懂原理
//
// 28 × 28 个像素 **→** 784 个数 **→** 128 个神经元（relu）**→** 10 个神经元（softmax）**→** 10 个概率
//
// | 层 | 输出 | 参数个数 |
// | --- | --- | --- |
// | 输入 | 28 × 28 | 0 |
// | 展平（Flatten） | 784 | 0 |
// | 隐含层（Dense） | 128 | 784 × 128 + 128 = 100 480 |
// | 输出层（Dense） | 10 | 128 × 10 + 10 = 1290 |
// | 合计 | | **101 770** |

// %% [markdown] tags=["zh","subslide"]
// - **一个样本**是一张 28 × 28 的灰度图。全连接网络的输入是向量，所以 Flatten 把各行像素首尾相接，排成 784 个数。
// - **隐含层**计算 $h = \mathrm{relu}(x W_1 + b_1)$，relu 把负数变成 0；**输出层**计算 $p = \mathrm{softmax}(h W_2 + b_2)$。
// - **参数**是网络要学的数：**权重** $W$ 和**偏置** $b$。有的教材称为“权值”和“阈值”，是同样的东西。
// - **softmax** 把 10 个任意的数变成 10 个概率，它们的和为 1：$p_i = e^{z_i} / \sum_j e^{z_j}$。第 $i$ 个概率就是“这张图是数字 $i$”的可能性。一共十类，所以这是一个**多分类**任务。
// - **标签**就是数字 0～9 本身。许多教程先把标签变成独热编码（3 变成 `[0,0,0,1,0,…]`），再计算交叉熵。**稀疏交叉熵**直接使用数字，省去这一步，结果完全相同；第 7 阶段会验证。
// - **Sequential** 是高阶接口：只说有哪些层，其余由它完成。用低阶接口，每次矩阵乘法、每个梯度都要自己写。

// %% [markdown] tags=["en"]
// ## The idea, before the code
//
// 28 × 28 pixels **→** 784 numbers **→** 128 units (relu) **→** 10 units (softmax) **→** 10 probabilities
//
// | Layer | Output | Parameters |
// | --- | --- | --- |
// | input | 28 × 28 | 0 |
// | Flatten | 784 | 0 |
// | hidden (Dense) | 128 | 784 × 128 + 128 = 100,480 |
// | output (Dense) | 10 | 128 × 10 + 10 = 1,290 |
// | total | | **101,770** |

// %% [markdown] tags=["en","subslide"]
// - **A sample** is a picture of 28 × 28 grey pixels. A fully connected network takes a vector, so Flatten lays the rows of pixels end to end: 784 numbers.
// - **The hidden layer** computes $h = \mathrm{relu}(x W_1 + b_1)$, where relu turns negative numbers into 0; **the output layer** computes $p = \mathrm{softmax}(h W_2 + b_2)$.
// - **Parameters** are the numbers to be learnt: the **weights** $W$ and the **biases** $b$.
// - **softmax** turns any 10 numbers into 10 probabilities that sum to 1: $p_i = e^{z_i} / \sum_j e^{z_j}$. Number $i$ is the probability that the picture shows the digit $i$. There are ten classes, so this is a **multi-class** task.
// - **The labels** are the digits 0 to 9 themselves. Many tutorials first turn them into one-hot vectors (3 becomes `[0,0,0,1,0,…]`) and then compute the cross-entropy. **Sparse cross-entropy** takes the digit as it is and gives the same number; stage 7 shows it.
// - **Sequential** is a high-level interface: you name the layers, and it does the rest. With the low-level one you write every matrix product and every gradient yourself.

// %% [markdown] tags=["zh"]
// ## 1 导入库函数
//
// **目标**：取得三样东西。`tf` 是 TensorFlow，张量和模型都在其中；`mnist` 加载数据；`digits` 是本课自带的包：选择设备，按 Keras 的样子训练、评估和打印，检查输入并把错误讲明白，还有图、手写板和练习的批改。
//
// **猜一猜**：你的电脑会用哪一种设备计算：GPU、CPU，还是 WebAssembly？

// %% [markdown] tags=["en"]
// ## 1 Imports
//
// **The aim**: three things. `tf` is TensorFlow, with its tensors and models; `mnist` loads the data; `digits` is this lesson's own package. It chooses the device, trains, evaluates and prints as Keras does, checks what it is given and explains errors; it also has the figures, the pad, and the checks of the exercises.
//
// **Guess first**: which device will your machine compute on: a GPU, the CPU or WebAssembly?

// %%
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import mnist from 'mnist-data-loader';

// %% tags=["zh"]
digits.setLanguage('zh');

// %% tags=["en"]
digits.setLanguage('en');

// %% tags=["subslide"]
console.log(digits.versions());

// %% [markdown] tags=["zh"]
// **结果**：各个库的版本，以及下一阶段将使用的设备。向别人求助时，请附上这几行。
//
// <details>
// <summary>写过 Python？这里有一张对照表</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import numpy as np` | `import * as tf from '@tensorflow/tfjs'` |
// | `x = 5` | `const x = 5`，以后要改的用 `let` |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `fit(x, y, epochs=5)` | `fit(x, y, { epochs: 5 })` |
// | `True`、`None` | `true`、`null` |
// | `f"损失 {loss}"` | `` `损失 ${loss}` `` |
// | `x[5:8]` | `x.slice(5, 3)`：从第 5 个起，取 3 个 |
// | `a + b`（张量） | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["en"]
// **What came out**: the versions, and the device that the next stage will start. When you ask for help, send these lines along.
//
// <details>
// <summary>Coming from Python? A table that translates</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import numpy as np` | `import * as tf from '@tensorflow/tfjs'` |
// | `x = 5` | `const x = 5`, or `let` if it will change |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `fit(x, y, epochs=5)` | `fit(x, y, { epochs: 5 })` |
// | `True`, `None` | `true`, `null` |
// | `f"loss {loss}"` | `` `loss ${loss}` `` |
// | `x[5:8]` | `x.slice(5, 3)`: three, from index 5 on |
// | `a + b` (tensors) | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["zh"]
// ## 2 参数配置
//
// **目标**：选定计算设备，并让图中的汉字正常显示。有 GPU 就用 GPU，没有就用 CPU 的原生引擎，再没有就用 WebAssembly。课程在三种设备上都能完成。
//
// **猜一猜**：换一种设备，网络的答案会变吗？

// %% [markdown] tags=["en"]
// ## 2 Configuration
//
// **The aim**: a device to compute on, and a font that shows Chinese in figures. The GPU if there is one, otherwise the CPU's native engine, otherwise WebAssembly. The lesson runs to its end on all three.
//
// **Guess first**: does the network's answer depend on the device?

// %%
const device = await digits.useDevice();
console.log(device);
console.log('font-family:', digits.figures.FONT_FAMILY);

// %% [markdown] tags=["zh"]
// **结果**：正在使用的设备和选择它的原因；显存是否按需增长；图中文字的字体，先用 SimHei（黑体），最后是 sans-serif。换一种设备，只有用时不同，答案不变（相差不过舍入误差）。

// %% [markdown] tags=["zh","subslide"]
// **显存按需增长**：TensorFlow 默认一开始就占满 GPU 的全部显存，别的程序便无法再用。开启以后，用多少取多少。`useDevice` 总会开启它，相当于 Python 里的 `set_memory_growth(gpus[0], True)`；没有 GPU 时，这一项不起作用。
//
// > **可能遇到的问题：`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**
// >
// > 明明开启了按需增长，训练一开始却报这个错。先确认代码没有改动过；如果没有，原因多半是**另一个进程**（例如另一个还没关闭的笔记本）占着显存，不过仅凭这条信息无法断定。
// >
// > 解决办法：关闭那个进程，稍等片刻，再运行一次。遇到时，本课的出错信息也会这样告诉你；用 `nvidia-smi` 可以看到谁占着显存。

// %% [markdown] tags=["en"]
// **What came out**: the device in use and why it was chosen; whether GPU memory grows as needed; the fonts of the figures, SimHei first and sans-serif last. Another device changes the time and not the answer (but for rounding).

// %% [markdown] tags=["en","subslide"]
// **Memory growth**: by default TensorFlow takes all of the GPU's memory at once, and no other program can use it. With growth it takes what it needs. `useDevice` always switches it on, as `set_memory_growth(gpus[0], True)` does in Python; without a GPU it has no effect.
//
// > **A problem you may meet: `failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**
// >
// > Memory growth is on, and still training fails with this error. First make sure that you have not changed the code. If you have not, **another process** probably holds the GPU's memory, often another notebook that is still open; the message alone does not prove it.
// >
// > The cure: close that process, wait a moment, run again. When it happens here, the error says so; `nvidia-smi` shows who holds the memory.

// %% [markdown] tags=["zh"]
// ## 3 加载数据
//
// **目标**：取得 MNIST：70 000 张手写数字的图片，其中 60 000 张用来训练，10 000 张用来测试。
//
// **猜一猜**：图片和标签一共四个数组，它们的形状各是什么？

// %% [markdown] tags=["en"]
// ## 3 Loading
//
// **The aim**: MNIST, 70,000 pictures of handwritten digits: 60,000 to train on and 10,000 to test with.
//
// **Guess first**: pictures and labels make four arrays. What are their shapes?

// %%
const [[trainX, trainY], [testX, testY]] = await mnist.loadData();

console.log(trainX.shape, trainY.shape);
console.log(testX.shape, testY.shape);

// %% [markdown] tags=["zh"]
// **结果**：`trainX` 是 60 000 张 28 × 28 的图片，`trainY` 是它们的标签，每张图一个；测试集同样如此，共 10 000 张。

// %% [markdown] tags=["zh","subslide"]
// 数据是什么类型，数值在什么范围？

// %% [markdown] tags=["en"]
// **What came out**: `trainX` holds 60,000 pictures of 28 × 28, `trainY` their labels, one for each picture; the test set is the same with 10,000.

// %% [markdown] tags=["en","subslide"]
// What type are they, and what is their range?

// %%
console.log(trainX.data.constructor.name, trainY.data.constructor.name);
console.log(testX.data.constructor.name, testY.data.constructor.name);
console.log([trainX.min(), trainX.max()], [trainY.min(), trainY.max()]);

// %% [markdown] tags=["zh"]
// **结果**：四个都是 `Uint8Array`，每个数占一个字节。像素在 0～255 之间，0 是黑，255 是白；标签在 0～9 之间。

// %% [markdown] tags=["zh","subslide"]
// ### 看一看数据
//
// 每个数字取 12 张，一行一个数字。同一个数字，人人写得不同，难就难在这里。

// %% [markdown] tags=["en"]
// **What came out**: each is a `Uint8Array`, one byte per number. Pixels lie between 0 (black) and 255 (white), labels between 0 and 9.

// %% [markdown] tags=["en","subslide"]
// ### Have a look
//
// Twelve pictures of each digit, one row per digit. Everybody writes a digit in their own way; that is what makes the task hard.

// %%
import { display, figures } from 'digits';

display(figures.digitWall(trainX, trainY));

// %% [markdown] tags=["zh","subslide"]
// 每个数字有多少张？

// %% [markdown] tags=["en","subslide"]
// How many are there of each?

// %%
display(figures.classCounts(trainY, testY));

// %% [markdown] tags=["zh"]
// **结果**：各个数字差不多一样多，1 最多，5 最少。如果某个数字特别少，网络就学不好它，总的准确率却看不出来。

// %% [markdown] tags=["zh","subslide"]
// 网络看到的不是图，而是 28 × 28 个数。这是第一张训练图片，下面是笔画所在处的数：

// %% [markdown] tags=["en"]
// **What came out**: roughly the same number of each, with most 1s and fewest 5s. If one digit were rare, the network would learn it badly, and the overall accuracy would hide it.

// %% [markdown] tags=["en","subslide"]
// The network sees 28 × 28 numbers, not a picture. Here is the first training picture, and below it the numbers where the strokes are:

// %%
display(figures.pixelNumbers(trainX.slice(0, 1)));

// %% [markdown] tags=["zh"]
// ## 4 数据预处理
//
// **目标**：把像素除以 255，变成 0～1 之间的 float32；把标签变成整数张量。
//
// **猜一猜**：除以 255 以后，形状、范围、类型，哪些会变？

// %% [markdown] tags=["en"]
// ## 4 Preprocessing
//
// **The aim**: pixels divided by 255, so that they lie between 0 and 1, as float32; labels as a tensor of integers.
//
// **Guess first**: shape, range and type: which of them does the division change?

// %%
const xTrain = digits.divide(trainX, 255);
const xTest = digits.divide(testX, 255);
const yTrain = tf.tensor1d(trainY.data, 'int32');
const yTest = tf.tensor1d(testY.data, 'int32');

console.log(xTrain.shape, xTrain.dtype, digits.range(xTrain), yTrain.shape, yTrain.dtype);
console.log(xTest.shape, xTest.dtype, digits.range(xTest), yTest.shape, yTest.dtype);

// %% [markdown] tags=["zh"]
// **结果**：形状没有变，范围变成 0～1，类型变成 float32；标签是 int32。（Python 教程用 int16；TensorFlow.js 的整数只有 int32，结果一样。）
//
// **为什么除以 255**：输入的数值小而且范围一致，梯度下降才走得稳、走得快。
//
// **为什么不写 `tf.tensor3d(trainX.data, trainX.shape).div(255)`**：结果相同，却要占四倍的内存。

// %% [markdown] tags=["zh","subslide"]
// **要不要自己变成 784**：可以用 `reshape`，如下；不过下一阶段的 Flatten 层会做。

// %% [markdown] tags=["en"]
// **What came out**: the same shape, values between 0 and 1, float32; the labels are int32. (The Python tutorial takes int16. TensorFlow.js has int32 as its only integers; the result is the same.)
//
// **Why divide by 255**: gradient descent is fast and steady when its inputs are small and have similar ranges.
//
// **Why not `tf.tensor3d(trainX.data, trainX.shape).div(255)`?** The result is the same but takes four times the memory.

// %% [markdown] tags=["en","subslide"]
// **Do we have to make the 784 ourselves?** `reshape` would do it, as below; the Flatten layer of the next stage does it for us.

// %%
console.log(xTrain.reshape([60000, 784]).shape, xTest.reshape([10000, 784]).shape);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型
//
// **目标**：像搭积木一样，把三层依次叠起来。
//
// **猜一猜**：三层中的哪一层，什么也学不到？

// %% [markdown] tags=["en"]
// ## 5 Model
//
// **The aim**: three layers, one upon the other.
//
// **Guess first**: which of the three layers learns nothing?

// %%
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));

// %% [markdown] tags=["zh"]
// **为什么有 Flatten**：它不计算任何东西，也没有参数可学，只把 28 × 28 排成 784。它是第一层，所以由它写明输入的形状 `[28, 28]`；后面各层的输入形状，模型自己推算得出。
//
// **为什么是 relu 和 softmax**：如果隐含层没有 relu，两个线性层相连，仍然只是一个线性层，学不会弯曲的边界。softmax 让十个输出成为概率。

// %% [markdown] tags=["en"]
// **Why Flatten**: it computes nothing and has no parameters to learn; it only lays 28 × 28 out as 784. As the first layer it names the shape of the input, `[28, 28]`; the model works out all the others.
//
// **Why relu and softmax**: without relu, two linear layers in a row are still one linear layer and cannot learn a curved boundary. softmax turns the ten outputs into probabilities.

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构
//
// **目标**：看清每一层的输出形状和参数个数，并亲手验算。
//
// **猜一猜**：784 个输入、128 个神经元的一层，有多少个参数？先在纸上算一算。

// %% [markdown] tags=["en"]
// ## 6 Summary
//
// **The aim**: the output shape and the number of parameters of each layer, checked by our own arithmetic.
//
// **Guess first**: how many parameters does a layer of 128 units on 784 inputs have? Work it out on paper.

// %%
digits.summary(model);

// %% tags=["subslide"]
const hidden = 784 * 128 + 128;
const output = 128 * 10 + 10;
console.log(hidden, output, hidden + output);

// %% [markdown] tags=["zh"]
// **结果**：与我们的验算一致：100 480 + 1290 = 101 770，全部可以训练。
//
// **怎样验算**：每个神经元有一组权重（每个输入一个）和一个偏置。`None` 是批次轴：一次送进多少个样本，以后再定。

// %% [markdown] tags=["zh","subslide"]
// 同样的结构，画成图。蓝点是神经元，通到它的每条线是一个权重，“…”表示还有很多；蓝色的层有参数可学。

// %% [markdown] tags=["en"]
// **What came out**: the same as our arithmetic: 100,480 + 1,290 = 101,770, all of them trainable.
//
// **How to calculate**: each unit has one weight for each of its inputs, and one bias. `None` is the batch axis: how many samples go in at once is left open.

// %% [markdown] tags=["en","subslide"]
// The same as a drawing. A blue dot is a unit, each line into it is a weight, and "…" stands for many more; only the blue layers have parameters to learn.

// %%
display(figures.networkDiagram(model));

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法
//
// **目标**：确定三件事：怎样更新参数（优化器），怎样算错得多厉害（损失函数），用什么衡量成绩（评价指标）。
//
// **猜一猜**：正确答案的概率从 0.7 降到 0.07，损失会变成原来的 10 倍吗？

// %% [markdown] tags=["en"]
// ## 7 Compile
//
// **The aim**: three decisions: how to change the parameters (optimizer), how to measure how wrong we are (loss), and what to report (metrics).
//
// **Guess first**: the probability of the right answer falls from 0.7 to 0.07. Does the loss grow tenfold?

// %%
model.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});

console.log(model.optimizer.getConfig());

// %% [markdown] tags=["zh"]
// **结果**：adam 的默认值：学习率 0.001，一阶矩和二阶矩的衰减率 0.9 和 0.999，epsilon 0.0000001。

// %% [markdown] tags=["zh","subslide"]
// **为什么是这三个**
// - **adam**：给每个参数单独调整步长，几乎不用调参，第一次训练就很稳。学习率这类由人来定、不由网络去学的数，叫作**超参数**。
// - **稀疏分类交叉熵**：$-\ln p_{\text{标签}}$，即正确答案的概率取对数再变号。越有把握地答对，损失越接近 0；越有把握地答错，损失越大：概率 0.7 时是 0.36，0.07 时是 2.66，不止 7 倍。标签是数字，所以选稀疏交叉熵。
// - **稀疏分类准确率**：概率最大的数字与标签相同，就算对。它的梯度几乎处处为 0，不能用来训练，但人看得懂。这里写函数 `tf.metrics.…`，因为在 TensorFlow.js 里不能用字符串指定它。

// %% [markdown] tags=["zh","subslide"]
// 下面验证“稀疏”与独热编码得到同一个数。三个类别 0、1、2，正确答案是类别 1，网络给它的概率是 0.7：

// %% [markdown] tags=["en"]
// **What came out**: adam's defaults: learning rate 0.001, decay rates of the first and second moments 0.9 and 0.999, epsilon 0.0000001.

// %% [markdown] tags=["en","subslide"]
// **Why these three**
// - **adam** gives each parameter its own step size; it needs hardly any tuning and is steady from the first run. Numbers such as the learning rate, which people choose and the network does not learn, are called **hyperparameters**.
// - **Sparse categorical cross-entropy** is $-\ln p_{\text{label}}$: the logarithm of the probability of the right answer, with the sign reversed. Confident and right: near 0. Confident and wrong: large. A probability of 0.7 costs 0.36, and 0.07 costs 2.66, more than seven times as much. Our labels are digits, so we take the sparse kind.
// - **Sparse categorical accuracy** counts a sample as right when the most probable digit is the label. Its gradient is 0 nearly everywhere, so it cannot be trained by, but people can read it. It is given as a function, `tf.metrics.…`, because TensorFlow.js has no string for it.

// %% [markdown] tags=["en","subslide"]
// Do the sparse kind and one-hot give the same number? Take three classes 0, 1 and 2; the right one is 1, and the network gives it 0.7:

// %%
const p = tf.tensor2d([[0.1, 0.7, 0.2]]);
const label = tf.tensor1d([1], 'int32');

const oneHot = tf.oneHot(label, 3).toFloat();
const fromOneHot = tf.metrics.categoricalCrossentropy(oneHot, p);
const fromDigit = p.gather(label, 1).log().neg();

console.log(oneHot.arraySync(), fromOneHot.dataSync()[0]);
console.log(label.arraySync(), fromDigit.dataSync()[0]);

// %% [markdown] tags=["zh"]
// **结果**：同一个数，约 0.3567，即 $-\ln 0.7$。独热向量中只有一个 1，其余的 0 什么也不贡献，所以直接用标签去取就够了。

// %% [markdown] tags=["en"]
// **What came out**: the same number, about 0.3567, which is $-\ln 0.7$. A one-hot vector has a single 1, and its zeros add nothing, so it is enough to pick by the label.

// %% [markdown] tags=["zh"]
// ## 8 训练模型
//
// **目标**：先看清一步学习，再让网络把训练集看五遍。
//
// **猜一猜**：刚搭好的网络什么也没有学过，它的损失大约是多少？（十个数字里瞎猜，每个的概率都是 0.1。）

// %% [markdown] tags=["zh","subslide"]
// ### 一步学习
//
// 取 64 张图，让没有训练过的网络学一步：

// %% [markdown] tags=["en"]
// ## 8 Fit
//
// **The aim**: to understand one step of learning, then to let the network see the training set five times.
//
// **Guess first**: a new network has learnt nothing. About how large is its loss? (It guesses among ten digits, each with probability 0.1.)

// %% [markdown] tags=["en","subslide"]
// ### One step of learning
//
// Take 64 pictures and let the untrained network learn for one step:

// %%
const x64 = xTrain.slice(0, 64);
const y64 = yTrain.slice(0, 64);

const step = digits.oneStep(model, x64, y64);
console.log(step.loss, step.lossAfter);
display(figures.oneStep(step));

// %% [markdown] tags=["zh"]
// **结果**：学习之前，损失接近 $-\ln 0.1 \approx 2.3$，网络确实在瞎猜；学了一步，损失就降到 1.8 左右。（为了看得清楚，这一步的学习率取 0.5，比平时大得多。）一步由四件事组成：
//
// 1. **概率**：64 张图通过网络，各得十个概率。
// 2. **损失**：正确答案的概率取 $-\ln$，64 张图求平均。
// 3. **梯度**：每个参数增大一点，损失会怎样变、变得多快？在输出层，梯度就是概率减去独热标签，$p - y$：正确的数字要往上推，其余的往下压。从这里一层层往回算，就得到全部 101 770 个参数的梯度，这叫**反向传播**。
// 4. **更新**：每个参数沿着梯度的反方向走一小步，步长是学习率乘以梯度。这就是**梯度下降**；adam 再给每个参数调整步长。
//
// **怎样看**：图中①是概率与标签，②是两者之差。③只改一个权重：损失随它起伏，像一个山谷；我们站在坡上，坡的陡度就是梯度，箭头只指出下坡的方向。④让全部参数一起走一步，横轴是学习率：走得太远，会跨过谷底，损失又变大。
//
// **一个轮次**：先打乱全部训练样本，再每次取 64 个学一步，直到每个样本都恰好用过一次。
//
// <details>
// <summary>学过微积分？梯度是这样算出来的</summary>
//
// 损失 $L = -\ln p_k$，其中 $k$ 是标签，$p_i = e^{z_i} / \sum_j e^{z_j}$，所以 $L = \ln \sum_j e^{z_j} - z_k$。对 logits 求导：
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// 再用链式法则往回推一层。$z = h W_2 + b_2$，所以 $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$，$\partial L / \partial b_2 = p - y$，$\partial L / \partial h = (p - y) W_2^{\mathsf T}$。经过 relu 时，输出为 0 的神经元梯度也为 0，其余不变；对 $W_1$、$b_1$ 再做一次同样的事。
//
// </details>

// %% [markdown] tags=["en"]
// **What came out**: before the step the loss is near $-\ln 0.1 \approx 2.3$: the network really does guess. After one step it is about 1.8. (To make the step visible, its learning rate is 0.5, much larger than usual.) A step consists of four parts:
//
// 1. **Probabilities**: the 64 pictures pass through the network, and each gets ten probabilities.
// 2. **Loss**: $-\ln$ of the probability of the right answer, averaged over the 64.
// 3. **Gradient**: if a parameter grows a little, how does the loss change, and how fast? At the output the gradient is simply the probability minus the one-hot label, $p - y$: the right digit is to be pushed up, all others down. From there we calculate backwards, layer by layer, until each of the 101,770 parameters has its gradient. This is **backpropagation**.
// 4. **Update**: each parameter takes a small step against its gradient; the step is the learning rate times the gradient. This is **gradient descent**; adam also adjusts the step for each parameter.
//
// **How to read it**: ① shows the probabilities and the label, ② their difference. ③ changes a single weight: the loss rises and falls with it like a valley. We stand on a slope, the gradient is its steepness, and the arrow only shows which way is down. In ④ all parameters take the step together, and the axis is the learning rate: go too far, and you cross the bottom of the valley and the loss grows again.
//
// **One epoch**: shuffle all training samples, then take 64 at a time for a step, until every sample has been used exactly once.
//
// <details>
// <summary>Know some calculus? Where the gradient comes from</summary>
//
// The loss is $L = -\ln p_k$ for the label $k$, with $p_i = e^{z_i} / \sum_j e^{z_j}$; hence $L = \ln \sum_j e^{z_j} - z_k$. Its derivative with respect to the logits is
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// The chain rule takes us back through the layers. From $z = h W_2 + b_2$ we get $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$, $\partial L / \partial b_2 = p - y$ and $\partial L / \partial h = (p - y) W_2^{\mathsf T}$. At relu, the gradient of a unit whose output is 0 becomes 0, and the others pass unchanged. The same once more gives those of $W_1$ and $b_1$.
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// TensorFlow.js 的模型自己也有 `fit`；离开本课以后，请用它。还是这 64 张图，用 adam 学一步（它要求标签也是 float32），返回的是这一步之前的损失：

// %% [markdown] tags=["en","subslide"]
// TensorFlow.js's models have a `fit` of their own; outside this lesson, use that. Here it takes one step on the same 64 pictures, with adam; it needs the labels as float32, too. It returns the loss before the step:

// %%
const one = await model.fit(x64, y64.toFloat(), { batchSize: 64, epochs: 1, verbose: 0 });
console.log(one.history.loss);

// %% [markdown] tags=["zh","subslide"]
// ### 训练五轮
//
// 看五遍训练集（5 个轮次），每次取 64 个样本，留出最后 20% 作为**验证集**：60 000 × 0.8 = 48 000 个训练样本，48 000 / 64 = **750 步**一轮。
//
// **猜一猜**：只看完一遍，验证准确率会有多少：50%、80%，还是 95%？

// %% [markdown] tags=["zh","subslide"]
// `digits.fit` 的选项与模型自己的 `fit` 相同，多了进度条、曲线和检查，也快得多。训练途中，曲线逐步画出；也可以按工具栏上的 ■ 中断，学到的会保留。

// %% [markdown] tags=["en","subslide"]
// ### Five epochs
//
// The network sees the training set five times (5 epochs), 64 samples at a time. The last 20% is kept as the **validation set**: 60,000 × 0.8 = 48,000 training samples, and 48,000 / 64 = **750 steps** per epoch.
//
// **Guess first**: what will the validation accuracy be after a single epoch: 50%, 80% or 95%?

// %% [markdown] tags=["en","subslide"]
// `digits.fit` takes the options of the model's own `fit` and adds the progress line, the curves and the checks; it is also much faster. The curves are drawn as training goes on. Interrupt it with ■ in the toolbar; what it has learnt is kept.

// %%
const history = await digits.fit(model, xTrain, yTrain, {
  batchSize: 64,
  epochs: 5,
  validationSplit: 0.2,
  curves: { beside: figures.ORIGINAL_RUN },
});

// %% [markdown] tags=["zh"]
// **结果**：每轮一行：步数、用时、训练集的损失和准确率、验证集的损失和准确率。上面的曲线是同样的数：
//
// - 细线：每 15 步的平均。有的一批容易，有的一批难。
// - 圆点：一轮 750 步的平均，所以画在这一轮的正中。
// - 方块：每轮结束时在验证集上测得，所以画在这一轮的末尾。
// - 灰色点线：原教程的五轮，圆点是训练集，方块是验证集。
//
// 最初几步的损失超出了图的上边；双击图形可以看到全部。
//
// **怎样看**：训练损失一直下降，验证损失降得越来越慢。两者分开得越远，网络就越是在“背”训练样本，这叫**过拟合**。第一轮里训练集的圆点反而比验证集差：它是整轮的平均，包括刚开始、还什么都不会的那些步。
//
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

// %% [markdown] tags=["en"]
// **What came out**: one line per epoch: steps, time, loss and accuracy on the training samples, then on the validation samples. The curves show the same numbers:
//
// - The thin line averages 15 steps at a time. Some batches are easy, some are hard.
// - A dot is the mean of the 750 steps of an epoch, so it stands in the middle of that epoch.
// - A square is measured on the validation samples when the epoch is over, so it stands at its end.
// - Grey and dotted: the five epochs of the original tutorial, dots for training, squares for validation.
//
// The loss of the first steps lies above the top of the figure; double-click the figure to see it all.
//
// **How to read it**: the training loss keeps falling; the validation loss falls ever more slowly. The wider the gap, the more the network learns its samples by heart: **overfitting**. In the first epoch the training dot is even worse than validation, because it averages the whole epoch, including the first steps, when the network knew nothing.
//
// **Why runs differ a little**: the first weights and the batches are drawn at random. The loss is not convex, either: it has many valleys, and a different start leads into a different one. Nor does gradient descent stop exactly at the lowest point; it only comes near it.
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
// `fit` 返回的 `history` 记着每一轮的值，名字与上面各行相同：

// %% [markdown] tags=["en","subslide"]
// The `history` that `fit` returns holds the values of each epoch, under the names in the lines above:

// %%
console.log(Object.keys(history.history));
console.log(`val_loss: ${history.history.val_loss}`);

// %% [markdown] tags=["zh"]
// ## 9 评估模型
//
// **目标**：用网络从未见过的 10 000 张测试图片打分。
//
// **猜一猜**：测试集上的准确率，会比训练时高还是低？

// %% [markdown] tags=["en"]
// ## 9 Evaluate
//
// **The aim**: a mark on the 10,000 test pictures, which the network has never seen.
//
// **Guess first**: will the accuracy on the test set be higher or lower than in training?

// %%
const [testLoss, testAccuracy] = await digits.evaluate(model, xTest, yTest, {
  batchSize: 64,
  verbose: 2,
});
console.log({ testLoss, testAccuracy });

// %% [markdown] tags=["zh"]
// **结果**：10 000 / 64 = 156.25，所以是 157 步。准确率约 0.97：一百张里约错三张。原教程是损失 0.0831、准确率 0.9753。
//
// **泛化**：训练集一百张约错两张，测试集约错三张。可见网络背下了一些图；但没有见过的数字，它也学会了认。这种能力叫泛化，它才是训练的目的。

// %% [markdown] tags=["zh","subslide"]
// | | 张数 | 用来做什么 | 什么时候看 |
// | --- | --- | --- | --- |
// | 训练集 | 48 000 | 更新参数 | 每一步 |
// | 验证集 | 12 000 | 选择超参数，决定何时停止 | 每轮之后 |
// | 测试集 | 10 000 | 最后打分 | 只看一次 |
//
// 如果看着测试集的成绩挑模型，挑中的就会是碰巧适合它的那个，成绩便不再可信。

// %% [markdown] tags=["zh","subslide"]
// ### 这算好吗？
//
// 一个准确率好不好，要与别的办法比。最简单的办法，叫作**基准**：

// %% [markdown] tags=["en"]
// **What came out**: 10,000 / 64 = 156.25, hence 157 steps. The accuracy is about 0.97: about three wrong in a hundred. The original tutorial had loss 0.0831 and accuracy 0.9753.
//
// **Generalisation**: about two in a hundred were wrong in training, three are here. The network knows some of its pictures by heart, but it can also read digits that it has never seen. This is called generalisation, and it is what training is for.

// %% [markdown] tags=["en","subslide"]
// | | Pictures | What for | When |
// | --- | --- | --- | --- |
// | training set | 48,000 | to update the parameters | at every step |
// | validation set | 12,000 | to choose hyperparameters and when to stop | after every epoch |
// | test set | 10,000 | the final mark | once |
//
// If you choose a model by its mark on the test set, you choose one that happens to suit it, and the mark can no longer be trusted.

// %% [markdown] tags=["en","subslide"]
// ### Is that good?
//
// Whether an accuracy is good, only a comparison tells: with simpler methods, the **baselines**, and with better ones.

// %%
display(figures.baselines(testAccuracy));

// %% [markdown] tags=["zh"]
// **结果**：一律回答 1，也能对一成多；去掉隐含层，约 92%；有了 128 个神经元，错误减少到三分之一；一个小小的卷积网络，错误还能再减少一半以上。怎样做到，见练习 10.4。

// %% [markdown] tags=["zh","subslide"]
// ### 一张图
//
// 现在只取一张图，第一张测试图片：

// %% [markdown] tags=["en"]
// **What came out**: always answering 1 is right in more than one case out of ten; without the hidden layer about 92% are right; its 128 units cut the errors to a third, and a small convolutional network more than halves them again. Exercise 10.4 shows how.

// %% [markdown] tags=["en","subslide"]
// ### A single picture
//
// Now just one picture, the first of the test set:

// %%
const x = xTest.gather(0);
console.log(x.shape);

try {
  digits.predict(model, x);
} catch (error) {
  console.log(String(error));
}

// %% [markdown] tags=["zh"]
// **结果**：出错了，这是最常见的错误之一。Keras 在这里先警告（模型是为 (None, 28, 28) 搭建的，收到的却是 (None, 28)），然后报错。模型按**批**计算，即使只有一个样本，也要有批次轴。两种办法都可以：

// %% [markdown] tags=["en"]
// **What came out**: an error, one of the most common of all. Keras warns here that the model was built for (None, 28, 28) and called with (None, 28), then fails. The model computes in **batches**; even a single sample needs the batch axis. There are two ways to give it one:

// %% tags=["subslide"]
const byReshape = digits.predict(model, x.reshape([1, 28, 28]));
const bySlice = digits.predict(model, xTest.slice(0, 1));

byReshape.print();
bySlice.print();
console.log(byReshape.argMax(1).arraySync(), bySlice.argMax(1).arraySync());
display(figures.probabilityBars(xTest.slice(0, 1), yTest.slice(0, 1), bySlice));

// %% [markdown] tags=["zh"]
// **结果**：一行十个概率，和为 1，两种办法得到的完全相同。`argMax` 取出最大者的位置，也就是认出的数字：7。

// %% [markdown] tags=["zh","subslide"]
// ### 一步一步看
//
// 这张图怎样变成十个概率？

// %% [markdown] tags=["en"]
// **What came out**: one row of ten probabilities that sum to 1, the same both ways. `argMax` gives the position of the largest, which is the digit recognised: 7.

// %% [markdown] tags=["en","subslide"]
// ### Step by step
//
// How does this picture become ten probabilities?

// %%
display(figures.forwardPass(model, xTest.slice(0, 1)));

// %% [markdown] tags=["zh"]
// ① 像素排成 784 个数。② 隐含层 $h = \mathrm{relu}(x W_1 + b_1)$：负数变为 0，所以许多神经元不出声。③ 输出层 $z = h W_2 + b_2$：十个任意的数，叫作 **logits**。④ $p_i = e^{z_i} / \sum_j e^{z_j}$：十个概率。把 `slice(0, 1)` 中的 0 换成别的数，就能看别的图。

// %% [markdown] tags=["zh","subslide"]
// ### 错在哪里
//
// 准确率只是一个数。先求出所有测试图片的概率和答案，再看谁被认成了谁：

// %% [markdown] tags=["en"]
// ① The pixels in a row, 784 numbers. ② The hidden layer $h = \mathrm{relu}(x W_1 + b_1)$: negative numbers become 0, so many units are silent. ③ The output layer $z = h W_2 + b_2$: ten numbers of any size, called **logits**. ④ $p_i = e^{z_i} / \sum_j e^{z_j}$: ten probabilities. Put another number in place of the 0 in `slice(0, 1)` to see another picture.

// %% [markdown] tags=["en","subslide"]
// ### Where it goes wrong
//
// Accuracy is a single number. First we compute the probabilities and the answer for every test picture; then we see which digits are confused:

// %%
const probabilities = digits.predict(model, xTest);
const predictions = probabilities.argMax(1);

display(figures.confusionMatrix(testY, predictions));

// %% [markdown] tags=["zh"]
// **怎样看混淆矩阵**：一行一个标签，一列一种回答。对角线上是认对的个数；橙色越深，这种错误在该标签中占的份额越大。上方写着这次运行最常见的错误。多数时候，最容易混的是 4 和 9，人也会看错。

// %% [markdown] tags=["en"]
// **How to read the confusion matrix**: a row for each label, a column for each answer. The diagonal counts what is right; the deeper the orange, the larger the share of that label. The line above names this run's commonest mistake. In most runs, 4 and 9 are confused most; people confuse them, too.

// %% tags=["subslide"]
display(figures.digitAccuracy(testY, predictions));

// %% tags=["subslide"]
display(figures.worstMistakes(testX, testY, probabilities));

// %% [markdown] tags=["zh"]
// **结果**：橙色的是最难认的数字；下面的图是网络最有**把握**的错误，百分数是它给自己的错误答案的概率。这些图人几乎都认得，只是写法少见：MNIST 的 7 很少带横，横又写得低的，常被认作 2。概率高，并不等于正确。

// %% [markdown] tags=["zh","subslide"]
// ### 128 个神经元在找什么
//
// 每个神经元对 784 个像素各有一个权重，画成 28 × 28 的小图。橙色的地方亮，它就兴奋；蓝色的地方亮，它就被抑制；白色的地方与它无关。

// %% [markdown] tags=["en"]
// **What came out**: orange marks the digit that is hardest to read. The pictures show the mistakes made with the greatest **certainty**; the percentage is the probability that the network gave its own wrong answer. People can read nearly all of them; but they are written in rare ways. Few 7s of MNIST have a bar, and one with a low bar is often taken for a 2. A high probability does not make an answer right.

// %% [markdown] tags=["en","subslide"]
// ### What the 128 units look for
//
// Each unit has a weight for each of the 784 pixels, drawn as a small picture of 28 × 28. A bright pixel excites the unit where it is orange, inhibits it where it is blue, and has no effect where it is white.

// %%
display(figures.unitWeights(model));

// %% [markdown] tags=["zh"]
// ## 10 应用模型
//
// **目标**：识别测试集的前四张图，再随机抽取四张来识别，最后认你自己写的数字。
//
// **猜一猜**：前四张图，网络会认错几张？

// %% [markdown] tags=["en"]
// ## 10 Apply
//
// **The aim**: to recognise the first four test pictures, then any four drawn at random, and finally a digit of your own.
//
// **Guess first**: how many of the first four will it get wrong?

// %%
const firstFour = xTest.slice(0, 4);
const fourProbabilities = digits.predict(model, firstFour);
const yPred = fourProbabilities.argMax(1);

fourProbabilities.print();
console.log(yPred.arraySync());

// %% [markdown] tags=["zh"]
// **结果**：四行十列，一行一张图。`argMax(1)` 沿第 1 轴，即在每一行的十个概率之中，取最大者的位置，一次得到四个答案。画出来，`y` 是标签，`y_pred` 是网络的回答：

// %% [markdown] tags=["en"]
// **What came out**: four rows of ten, one row per picture. `argMax(1)` goes along axis 1, the ten probabilities of each row, and gives four answers at once. In the figure, `y` is the label and `y_pred` the network's answer:

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
    title: 'Recognising the first four of the test set',
    labels: yTest.slice(0, 4),
    predictions: yPred,
  }),
);

// %% [markdown] tags=["zh","subslide"]
// 它有多大把握？

// %% [markdown] tags=["en","subslide"]
// How sure was it?

// %%
display(figures.probabilityBars(firstFour, yTest.slice(0, 4), fourProbabilities));

// %% [markdown] tags=["zh"]
// 蓝色：认对了。橙色：认错了，这时绿色是正确的答案。

// %% [markdown] tags=["zh","subslide"]
// ### 随机抽取
//
// 随机取一个编号，认这一张：

// %% [markdown] tags=["en"]
// Blue: right. Orange: wrong, and green is the right answer.

// %% [markdown] tags=["en","subslide"]
// ### At random
//
// Pick a picture at random and recognise it:

// %%
const i = Math.floor(Math.random() * 10000);
const answer = digits.predict(model, xTest.slice(i, 1)).argMax(1).dataSync()[0];
console.log({ i, y: testY.data[i], y_pred: answer });

// %% [markdown] tags=["zh","subslide"]
// 一次看四张。按图中的按钮，或者重新运行这个单元格，就另抽四张：

// %% [markdown] tags=["en","subslide"]
// Now four at once. The button in the figure draws four others; so does running the cell again:

// %%
display(figures.redrawDigits(testX, testY, predictions));

// %% [markdown] tags=["zh","subslide"]
// ### 写一个自己的数字
//
// 用刚训练好的权重，认你写的数字：写在黑色的方块上，鼠标、手指、笔都可以。

// %% [markdown] tags=["en","subslide"]
// ### Draw a digit of your own
//
// The weights just trained read what you draw. Draw on the black square with mouse, finger or pen.

// %%
digits.digitPad(model);

// %% [markdown] tags=["zh"]
// **结果**：边写边认。中间的小图是网络真正看到的 28 × 28，旁边是它给出的十个概率。

// %% [markdown] tags=["zh","subslide"]
// **试一试**：把 7 写成带一横的，把 1 写得很斜，或者画一个不是数字的图形。网络不会说“不知道”：训练给它看的全是数字，奖励的又是有把握。
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
// **What came out**: it reads as you draw. The small picture is the 28 × 28 that the network really sees; beside it are its ten probabilities.

// %% [markdown] tags=["en","subslide"]
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

// %% [markdown] tags=["zh"]
// ## 小结
//
// - **数据**：一张图是 784 个数，除以 255；标签是 0～9 的整数。
// - **模型**：Flatten 排开像素，Dense 加 relu 找特征，Dense 加 softmax 给出十个概率，一共 101 770 个参数。
// - **学习**：算概率，算损失，反向传播求梯度，每个参数走一小步；750 步一轮，训练五轮，只要几秒钟。
// - **评估**：验证集用来选择和停止，测试集只用一次；准确率约 97%，好不好要与别的办法比。
// - **应用**：`predict` 要有批次轴，`argMax` 取出答案；概率高，并不等于正确。

// %% [markdown] tags=["zh","subslide"]
// ### 十道题
//
// 点一个选项，就知道对不对、为什么：

// %% [markdown] tags=["en"]
// ## Summary and quiz
//
// - **Data**: a picture is 784 numbers, divided by 255; a label is an integer from 0 to 9.
// - **Model**: Flatten lays out the pixels, Dense with relu finds features, Dense with softmax gives ten probabilities; 101,770 parameters in all.
// - **Learning**: compute the probabilities, the loss, then the gradients by backpropagation, and move each parameter a small step; 750 steps an epoch, five epochs, a few seconds.
// - **Evaluation**: the validation set is for choosing and stopping, the test set is used once. The accuracy is about 97%; whether that is good, only a comparison tells.
// - **Use**: `predict` needs the batch axis, `argMax` picks the answer; a high probability does not make it right.

// %% [markdown] tags=["en","subslide"]
// ### Ten questions
//
// Click an option to see whether it is right, and why:

// %%
digits.quiz();

// %% [markdown] tags=["zh","subslide"]
// ### 接下来
//
// 改一改，再运行：
//
// - 把第 5 阶段的 128 改成 32 或 512，再从第 5 阶段运行到第 9 阶段：参数个数、用时和准确率怎样变化？（第 6 阶段的验算也要跟着改。）
// - 从第 5 阶段重新运行，把第 8 阶段的 `epochs` 改成 20：验证损失从哪一轮开始不再下降？
// - 把第 4 阶段的 255 都改成 1，从第 4 阶段重新运行：准确率为什么从 0.97 降到 0.94 左右？
//
// 然后做[练习](exercises.zh.ipynb)。往后可以学卷积网络（练习 10.4）、防止过拟合的办法（练习 8.4），或者换一组数据（练习 10.3）。[《动手学深度学习》](https://zh.d2l.ai)讲得更深，[TensorFlow 游乐场](https://playground.tensorflow.org)可以边调边看。

// %% [markdown] tags=["en","subslide"]
// ### What next
//
// Change something and run it again:
//
// - Change the 128 of stage 5 to 32 or 512 and run stages 5 to 9 again: what happens to the number of parameters, the time, the accuracy? (The arithmetic of stage 6 needs changing too.)
// - Run again from stage 5, with `epochs` in stage 8 set to 20: from which epoch on does the validation loss no longer fall?
// - Change both 255 of stage 4 to 1 and run on from there: why is the accuracy about three points lower, 0.94 instead of 0.97?
//
// Then do the [exercises](exercises.en.ipynb). From here the way leads to convolutional networks (exercise 10.4), to cures for overfitting (8.4), or to other data (10.3). [Dive into Deep Learning](https://d2l.ai) goes deeper, and in the [TensorFlow Playground](https://playground.tensorflow.org) you can watch a network while you change it.
