// %% [markdown] tags=["zh"]
// # 第一个神经网络：识别手写数字
//
// 用 TensorFlow.js 的 `Sequential` 模型，十个阶段，从导入库函数到认出手写数字。
//
// **怎样使用**：从上到下，逐个单元格按 `Shift + Enter`。可以随意修改代码再运行，改坏了也不要紧：在终端运行 `git restore notebooks`，就能恢复原样。
//
// | | 阶段 | | 阶段 |
// | --- | --- | --- | --- |
// | 1 | 导入库函数 | 6 | 查看模型结构 |
// | 2 | 参数配置 | 7 | 配置训练方法 |
// | 3 | 加载数据 | 8 | 训练模型 |
// | 4 | 数据预处理 | 9 | 评估模型 |
// | 5 | 搭建模型 | 10 | 应用模型 |
//
// 配套的[练习](exercises.zh.ipynb)会自己批改；不认识的词，查[术语表](GLOSSARY.md)。

// %% [markdown] tags=["en"]
// # A first neural network: handwritten digits
//
// Ten stages with TensorFlow.js's `Sequential` model, from the imports to digits recognised.
//
// **How to use it**: go from top to bottom and press `Shift + Enter` on each cell. Change the code
// and run it again as you like; `git restore notebooks` in a terminal brings the original back.
//
// | | Stage | | Stage |
// | --- | --- | --- | --- |
// | 1 | Imports | 6 | Summary |
// | 2 | Configuration | 7 | Compile |
// | 3 | Loading | 8 | Fit |
// | 4 | Preprocessing | 9 | Evaluate |
// | 5 | Model | 10 | Apply |
//
// The [exercises](exercises.en.ipynb) that go with it check themselves; the [glossary](GLOSSARY.md) explains the terms.

// %% [markdown] tags=["zh"]
// ## 先看懂原理
//
// 28 × 28 个像素 **→** 784 个数 **→** 128 个神经元（relu）**→** 10 个神经元（softmax）**→** 10 个概率
//
// | 层 | 输出 | 计算 | 参数个数 |
// | --- | --- | --- | --- |
// | 输入 | 28 × 28 | 灰度像素 | 0 |
// | 展平（Flatten） | 784 | 把各行像素首尾相接，成为一个向量 | 0 |
// | 隐含层（Dense） | 128 | $h = \mathrm{relu}(x W_1 + b_1)$，负数变为 0 | 784 × 128 + 128 = 100 480 |
// | 输出层（Dense） | 10 | $p = \mathrm{softmax}(h W_2 + b_2)$ | 128 × 10 + 10 = 1 290 |
// | 合计 | | | **101 770** |
//
// - **一个样本**是一张 28 × 28 的灰度图。全连接网络的输入是向量，所以把它排成 784 个数。
// - **softmax** 把 10 个任意的数变成 10 个概率，它们的和为 1：$p_i = e^{z_i} / \sum_j e^{z_j}$。第 $i$ 个概率就是“这张图是数字 $i$”的可能性。一共十类，所以这是一个**多分类**任务。
// - **标签**就是数字 0～9 本身。在鸢尾花的例子里，要先把标签变成独热编码（3 变成 `[0,0,0,1,0,…]`），再用交叉熵。**稀疏交叉熵**直接使用数字，省去这一步，结果完全相同；第 7 阶段会验证。

// %% [markdown] tags=["en"]
// ## The idea, before the code
//
// 28 × 28 pixels **→** 784 numbers **→** 128 units (relu) **→** 10 units (softmax) **→** 10 probabilities
//
// | Layer | Output | What it computes | Parameters |
// | --- | --- | --- | --- |
// | input | 28 × 28 | grey pixels | 0 |
// | Flatten | 784 | the rows of pixels end to end, as one vector | 0 |
// | hidden (Dense) | 128 | $h = \mathrm{relu}(x W_1 + b_1)$; what is negative becomes 0 | 784 × 128 + 128 = 100,480 |
// | output (Dense) | 10 | $p = \mathrm{softmax}(h W_2 + b_2)$ | 128 × 10 + 10 = 1,290 |
// | total | | | **101,770** |
//
// - **A sample** is a picture of 28 × 28 grey pixels. A fully connected network takes a vector, so the picture is laid out as 784 numbers.
// - **softmax** turns any 10 numbers into 10 probabilities that sum to 1: $p_i = e^{z_i} / \sum_j e^{z_j}$. Number $i$ is the probability that the picture shows the digit $i$. Ten classes: a **multi-class** task.
// - **The labels** are the digits 0 to 9 themselves. In the iris lesson they were first turned into one-hot vectors (3 became `[0,0,0,1,0,…]`) for the cross-entropy. **Sparse cross-entropy** takes the digit as it is. The result is the same number; stage 7 shows it.

// %% [markdown] tags=["zh"]
// ## 1 导入库函数
//
// **目标**：取得三样东西。`tf` 是 TensorFlow，张量和模型都在其中；`mnist` 加载数据；`digits` 是本课自带的工具，负责选择设备、打印和画图。

// %% [markdown] tags=["en"]
// ## 1 Imports
//
// **The aim**: three things. `tf` is TensorFlow, with tensors and models; `mnist` loads the data; `digits` comes with this lesson and chooses the device, prints and draws.

// %%
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import mnist from 'mnist-data-loader';

// %% tags=["zh"]
digits.setLanguage('zh');

// %% tags=["en"]
digits.setLanguage('en');

// %%
console.log(digits.versions());

// %% [markdown] tags=["zh"]
// **结果**：各个库的版本，以及下一阶段将使用的设备。向别人求助时，请附上这几行。

// %% [markdown] tags=["en"]
// **What came out**: the versions, and the device that the next stage will start. When you ask somebody for help, send these lines along.

// %% [markdown] tags=["zh"]
// ## 2 参数配置
//
// **目标**：选定计算设备，并让图中的汉字正常显示。有 GPU 就用 GPU，没有就用 CPU 的原生引擎，再没有就用 WebAssembly。课程在三种设备上都能完成。

// %% [markdown] tags=["en"]
// ## 2 Configuration
//
// **The aim**: a device to compute on, and a font that shows Chinese in figures. The GPU where there is one, else the CPU's native engine, else WebAssembly. The lesson runs to its end on all three.

// %%
const device = await digits.useDevice();
console.log(device);
console.log('font-family:', digits.figures.FONT_FAMILY);

// %% [markdown] tags=["zh"]
// **结果**：正在使用的设备和选择它的原因；图中文字的字体，先用 SimHei（黑体），最后是 sans-serif。
//
// **为什么要“显存按需增长”**：TensorFlow 默认一开始就占满 GPU 的全部显存，别的程序便无法再用。开启以后，用多少取多少。没有 GPU 时这项设置不起作用，课程照常进行。
//
// > **可能遇到的问题：`failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**
// >
// > 明明开启了按需增长，训练一开始却报这个错。原因是**另一个进程**（多半是另一个还没关闭的笔记本）占着显存。
// >
// > 解决办法：关闭那个进程，稍等片刻，再运行一次。遇到时，本课的出错信息也会这样告诉您；用 `nvidia-smi` 可以看到谁占着显存。

// %% [markdown] tags=["en"]
// **What came out**: the device in use and why it was chosen; the fonts of the figures, SimHei first and sans-serif last.
//
// **Why memory growth**: by default TensorFlow takes all of the GPU's memory at once, and no other program can use it. With growth it takes what it needs. Without a GPU the setting changes nothing, and the lesson goes on.
//
// > **A trouble that you may meet: `failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED`**
// >
// > Memory growth is on, and still training begins with this error. **Another process** holds the GPU's memory, most often another notebook that is still open.
// >
// > The cure: close that process, wait a moment, run again. When it happens here, the error says so; `nvidia-smi` shows who holds the memory.

// %% [markdown] tags=["zh"]
// ## 3 加载数据
//
// **目标**：取得 MNIST：70 000 张手写数字的图片，其中 60 000 张用来训练，10 000 张用来测试。

// %% [markdown] tags=["en"]
// ## 3 Loading
//
// **The aim**: MNIST, 70,000 pictures of handwritten digits: 60,000 to train on and 10,000 to test with.

// %%
const [[trainX, trainY], [testX, testY]] = await mnist.loadData();

console.log(trainX.shape, trainY.shape);
console.log(testX.shape, testY.shape);

// %% [markdown] tags=["zh"]
// **结果**：`trainX` 是 60 000 张 28 × 28 的图片，`trainY` 是它们的标签，每张图一个；测试集同样如此，共 10 000 张。
//
// 再看数据放在什么容器里，数值在什么范围：

// %% [markdown] tags=["en"]
// **What came out**: `trainX` holds 60,000 pictures of 28 × 28, `trainY` their labels, one a picture; the test set is the same with 10,000.
//
// What contains them, and between which values do they lie?

// %%
console.log(trainX.data.constructor.name, trainY.data.constructor.name);
console.log([trainX.min(), trainX.max()]);
console.log([trainY.min(), trainY.max()]);

// %% [markdown] tags=["zh"]
// **结果**：两者都是 `Uint8Array`，每个数占一个字节。像素在 0～255 之间，0 是黑，255 是白；标签在 0～9 之间。

// %% [markdown] tags=["en"]
// **What came out**: both are a `Uint8Array`, one byte a number. Pixels lie between 0 (black) and 255 (white), labels between 0 and 9.

// %% [markdown] tags=["zh"]
// ### 看一看数据
//
// 每个数字取 12 张，一行一个数字。同一个数字，人人写得不同，难就难在这里。

// %% [markdown] tags=["en"]
// ### Have a look
//
// Twelve of each digit, a row a digit. Everybody writes a digit in their own way; that is what makes the task hard.

// %%
import { display, figures } from 'digits';

display(figures.digitWall(trainX, trainY.data));

// %% [markdown] tags=["zh"]
// 每个数字有多少张？

// %% [markdown] tags=["en"]
// How many are there of each?

// %%
display(figures.classCounts(trainY.data, testY.data));

// %% [markdown] tags=["zh"]
// **结果**：各个数字差不多一样多，1 最多，5 最少。如果某个数字特别少，网络就学不好它，总的准确率却看不出来。
//
// 网络看到的不是图，而是数。第一张训练图片，左边是图，右边是同样的 28 × 28 个数：

// %% [markdown] tags=["en"]
// **What came out**: about as many of each, most of 1 and fewest of 5. Were one digit rare, the network would learn it badly, and the overall accuracy would hide it.
//
// The network sees numbers, not a picture. The first training picture, and beside it the same as 28 × 28 numbers:

// %%
display(figures.pixelNumbers(trainX.slice(0, 1)));

// %% [markdown] tags=["zh"]
// ## 4 数据预处理
//
// **目标**：把像素除以 255，变成 0～1 之间的 float32；把标签变成整数张量。

// %% [markdown] tags=["en"]
// ## 4 Preprocessing
//
// **The aim**: pixels divided by 255, so that they lie between 0 and 1, as float32; labels as a tensor of integers.

// %%
const xTrain = digits.divide(trainX, 255);
const xTest = digits.divide(testX, 255);
const yTrain = tf.tensor1d(trainY.data, 'int32');
const yTest = tf.tensor1d(testY.data, 'int32');

console.log(xTrain.shape, xTrain.dtype, digits.range(xTrain));
console.log(yTrain.shape, yTrain.dtype);

// %% [markdown] tags=["zh"]
// **结果**：形状没有变，范围变成 0～1，类型变成 float32；标签是 int32。
//
// **为什么除以 255**：输入的数值小而且范围一致，梯度下降才走得稳、走得快。
//
// **为什么不写 `tf.tensor3d(trainX.data, trainX.shape).div(255)`**：结果相同，却要占四倍的内存。`divide` 保留原来的字节，训练时取一批、除一批。
//
// **要不要自己变成 784**：也可以用 `reshape`，如下。不过下一阶段的 Flatten 层会做这件事，所以不需要。

// %% [markdown] tags=["en"]
// **What came out**: the same shape, values between 0 and 1, float32; the labels are int32.
//
// **Why divide by 255**: gradient descent goes fast and steadily when its inputs are small and alike in range.
//
// **Why not `tf.tensor3d(trainX.data, trainX.shape).div(255)`?** The result is the same, the memory four times as much. `divide` keeps the bytes; training takes a batch and divides it, one after the other.
//
// **Must the 784 be made by hand?** `reshape` would do it, as below. The Flatten layer of the next stage does it for us, so there is no need.

// %%
console.log(xTest.reshape([10000, 784]).shape);

// %% [markdown] tags=["zh"]
// ## 5 搭建模型
//
// **目标**：像搭积木一样，把三层依次叠起来。

// %% [markdown] tags=["en"]
// ## 5 Model
//
// **The aim**: three layers, one upon the other.

// %%
const model = tf.sequential();
model.add(tf.layers.flatten({ inputShape: [28, 28] }));
model.add(tf.layers.dense({ units: 128, activation: 'relu' }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));

// %% [markdown] tags=["zh"]
// **为什么有 Flatten**：它不计算任何东西，也没有参数，只把 28 × 28 排成 784。它是第一层，所以由它写明输入的形状 `[28, 28]`；后面各层的输入形状，模型自己推算得出。
//
// **为什么是 relu 和 softmax**：如果隐含层没有 relu，两层相乘仍然只是一层，学不会弯曲的边界。softmax 让十个输出成为概率。

// %% [markdown] tags=["en"]
// **Why Flatten**: it computes nothing and has no parameters; it lays 28 × 28 out as 784. Being the first layer, it names the input's shape, `[28, 28]`; the model works out the shapes of all others.
//
// **Why relu and softmax**: without relu, two layers in a row are still one linear layer and cannot learn a curved border. softmax turns the ten outputs into probabilities.

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构
//
// **目标**：看清每一层的输出形状和参数个数，并亲手验算。

// %% [markdown] tags=["en"]
// ## 6 Summary
//
// **The aim**: each layer's output shape and number of parameters, and our own arithmetic beside them.

// %%
digits.summary(model);

// %% [markdown] tags=["zh"]
// 同样的结构，画成图。每个圆点是一个神经元，每条线是一个权重，“…”表示还有很多；蓝色的层有参数可学。

// %% [markdown] tags=["en"]
// The same as a drawing. A dot is a unit, a line is a weight, and "…" stands for many more; the blue layers have parameters to learn.

// %%
display(figures.networkDiagram(model));

// %%
const hidden = 784 * 128 + 128;
const output = 128 * 10 + 10;
console.log(hidden, output, hidden + output);

// %% [markdown] tags=["zh"]
// **结果**：与我们的验算一致：100 480 + 1 290 = 101 770，全部可以训练。
//
// **怎样验算**：每个神经元有一组权重（每个输入一个）和一个偏置。`None` 是批次轴：一次送进多少个样本，以后再定。

// %% [markdown] tags=["en"]
// **What came out**: as we calculated: 100,480 + 1,290 = 101,770, all of them trainable.
//
// **How to calculate**: each unit has one weight for each of its inputs, and one bias. `None` is the batch axis: how many samples go in at once is left open.

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法
//
// **目标**：确定三件事：怎样更新参数（优化器）、怎样算错得多厉害（损失函数）、用什么衡量成绩（评价指标）。

// %% [markdown] tags=["en"]
// ## 7 Compile
//
// **The aim**: three decisions: how to change the parameters (optimizer), how to count how wrong we are (loss), what to report (metrics).

// %%
model.compile({
  optimizer: 'adam',
  loss: 'sparseCategoricalCrossentropy',
  metrics: [tf.metrics.sparseCategoricalAccuracy],
});

console.log(model.optimizer.getConfig());

// %% [markdown] tags=["zh"]
// **结果**：adam 的默认值：学习率 0.001，一阶矩和二阶矩的衰减率 0.9 和 0.999，epsilon 0.0000001。
//
// **为什么是这三个**
// - **adam**：给每个参数单独调整步长，几乎不用调参，第一次训练就很稳。
// - **稀疏分类交叉熵**：$-\ln p_{\text{标签}}$，即正确答案的概率取对数再变号。越有把握地答对，损失越接近 0；越有把握地答错，损失越大。标签是数字，所以用“稀疏”的一种。
// - **稀疏分类准确率**：概率最大的数字与标签相同，就算对。它不能求导，不能用来训练，但人看得懂。这里写函数 `tf.metrics.…`，因为 TensorFlow.js 不认识它的名字字符串。
//
// 下面验证“稀疏”与独热编码得到同一个数。三个类别 0、1、2，正确答案是类别 1，网络给它的概率是 0.7：

// %% [markdown] tags=["en"]
// **What came out**: adam's defaults: learning rate 0.001, decay rates of the first and second moments 0.9 and 0.999, epsilon 0.0000001.
//
// **Why these three**
// - **adam** gives each parameter its own step size; it needs hardly any tuning and is steady from the first run.
// - **Sparse categorical cross-entropy** is $-\ln p_{\text{label}}$: the logarithm of the probability of the right answer, its sign turned. Confident and right: near 0. Confident and wrong: large. The labels are digits, so the sparse kind.
// - **Sparse categorical accuracy** counts a sample as right when the most probable digit is the label. It has no gradient to train by, but people can read it. It is given as a function, `tf.metrics.…`, since TensorFlow.js does not know it by name.
//
// Do the sparse kind and one-hot give the same number? Three classes 0, 1 and 2; the right one is 1, and the network gives it 0.7:

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
// **What came out**: the same number, about 0.3567, which is $-\ln 0.7$. A one-hot vector has a single 1, and its zeros add nothing, so picking by the label is enough.

// %% [markdown] tags=["zh"]
// ## 8 训练模型
//
// **目标**：让网络看五遍训练集（5 个轮次），每次取 64 个样本，留出最后 20 % 作为验证集。
//
// 60 000 × 0.8 = 48 000 个训练样本，48 000 / 64 = **750 步**一轮。训练途中可以看着曲线生长；也可以按工具栏上的 ■ 中断，已经学到的权重会保留。

// %% [markdown] tags=["en"]
// ## 8 Fit
//
// **The aim**: let the network see the training set five times (5 epochs), 64 samples at a time, with the last 20 % kept for validation.
//
// 60,000 × 0.8 = 48,000 training samples, and 48,000 / 64 = **750 steps** an epoch. Watch the curves grow; you may interrupt with ■ in the toolbar, and what has been learnt so far is kept.

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
// - 细线：每 15 步的平均。起伏来自抽到的样本，有的一批容易，有的一批难。
// - 圆点：一轮 750 步的平均，所以画在这一轮的正中。
// - 方块：每轮结束时在验证集上测得，所以画在这一轮的末尾。
// - 灰色点线：原教程的五轮，圆点是训练集，方块是验证集。
//
// 最初几步的损失在 2 左右（十个数字随便猜，$-\ln 0.1 \approx 2.3$），超出了图的上边；双击图形可以看到全部。
//
// **怎样看**：训练集的损失一直下降；验证集的损失降得越来越慢。两者分开得越远，网络就越是在“背”训练样本，这叫**过拟合**。第一轮里训练集的圆点反而比验证集差：它是整轮的平均，其中有刚开始、还什么都不会的那些步。
//
// **与原教程对照**（Python，一块 GPU，每步 2 毫秒）：
//
// | 轮次 | 损失 | 准确率 | 验证损失 | 验证准确率 |
// | --- | --- | --- | --- | --- |
// | 1 | 0.3316 | 0.9080 | 0.1854 | 0.9490 |
// | 2 | 0.1542 | 0.9557 | 0.1362 | 0.9625 |
// | 3 | 0.1083 | 0.9684 | 0.1133 | 0.9662 |
// | 4 | 0.0816 | 0.9764 | 0.1070 | 0.9683 |
// | 5 | 0.0640 | 0.9817 | 0.0891 | 0.9740 |
//
// **为什么每次结果略有不同**：初始权重和每批样本都是随机抽取的；损失函数又不是凸函数，有许多低谷，从不同的地方出发，会走到不同的低谷。

// %% [markdown] tags=["en"]
// **What came out**: one line per epoch: steps, time, loss and accuracy on the training samples, then on the validation samples. The curves show the same numbers:
//
// - The thin line is the mean of 15 steps each. It goes up and down with the samples drawn: some batches are easy, some are hard.
// - A dot is the mean of the 750 steps of an epoch, so it stands in the middle of that epoch.
// - A square is measured on the validation samples when the epoch is over, so it stands at its end.
// - Grey and dotted: the five epochs of the original lesson, dots for training, squares for validation.
//
// The loss of the first steps is about 2 (a guess among ten digits: $-\ln 0.1 \approx 2.3$), above the top of the figure; double-click the figure to see it all.
//
// **How to read it**: the training loss keeps falling; the validation loss falls ever more slowly. The wider the gap, the more the network learns its samples by heart: **overfitting**. In the first epoch the training dot is even worse than validation: it is the mean of the whole epoch, with the steps in which the network knew nothing yet.
//
// **Beside the original lesson** (Python, one GPU, 2 ms a step):
//
// | Epoch | Loss | Accuracy | Val loss | Val accuracy |
// | --- | --- | --- | --- | --- |
// | 1 | 0.3316 | 0.9080 | 0.1854 | 0.9490 |
// | 2 | 0.1542 | 0.9557 | 0.1362 | 0.9625 |
// | 3 | 0.1083 | 0.9684 | 0.1133 | 0.9662 |
// | 4 | 0.0816 | 0.9764 | 0.1070 | 0.9683 |
// | 5 | 0.0640 | 0.9817 | 0.0891 | 0.9740 |
//
// **Why runs differ a little**: the first weights and the batches are drawn at random, and the loss is not convex: it has many valleys, and from another start we come down in another one.

// %% [markdown] tags=["zh"]
// `fit` 返回的 `history` 记着每一轮的值，和 Keras 一样：

// %% [markdown] tags=["en"]
// The `history` that `fit` returns holds the values of each epoch, as in Keras:

// %%
console.log(Object.keys(history.history));
console.log('val_loss', history.history.val_loss?.map(value => value.toFixed(4)).join(' '));

// %% [markdown] tags=["zh"]
// ## 9 评估模型
//
// **目标**：用网络从未见过的 10 000 张测试图片打分。

// %% [markdown] tags=["en"]
// ## 9 Evaluate
//
// **The aim**: a mark on the 10,000 test pictures, which the network has never seen.

// %%
const [testLoss, testAccuracy] = await digits.evaluate(model, xTest, yTest, { batchSize: 64 });
console.log({ testLoss, testAccuracy });

// %% [markdown] tags=["zh"]
// **结果**：10 000 / 64 = 156.25，所以是 157 步。准确率约 0.973：一百张里大约错两三张。原教程是损失 0.0831、准确率 0.9753。
//
// ### 一张图
//
// 现在只取一张图，第一张测试图片：

// %% [markdown] tags=["en"]
// **What came out**: 10,000 / 64 = 156.25, hence 157 steps. An accuracy of about 0.973: two or three wrong in a hundred. The original lesson had loss 0.0831, accuracy 0.9753.
//
// ### A single picture
//
// Now only one, the first of the test set:

// %%
const x = xTest.gather(0);
console.log(x.shape);

try {
  digits.predict(model, x);
} catch (error) {
  console.log(String(error));
}

// %% [markdown] tags=["zh"]
// **结果**：出错了，这是最常见的错误之一。Keras 在这里先警告（模型是为 (None, 28, 28) 搭建的，收到的却是 (None, 28)），然后报错。模型按**一批**样本来计算，即使只有一个样本，也要有批次轴。两种办法都可以：

// %% [markdown] tags=["en"]
// **What came out**: an error, one of the commonest of all. Keras warns here that the model was built for (None, 28, 28) and called with (None, 28), then fails. The model computes in **batches**; even a single sample needs the batch axis. Two ways to give it one:

// %%
const byReshape = digits.predict(model, x.reshape([1, 28, 28]));
const bySlice = digits.predict(model, xTest.slice(0, 1));

console.log(byReshape.shape, bySlice.shape);
console.log(byReshape.argMax(1).arraySync(), bySlice.argMax(1).arraySync());
display(figures.probabilityBars(testX.slice(0, 1), testY.slice(0, 1).data, bySlice.dataSync()));

// %% [markdown] tags=["zh"]
// **结果**：十个概率，和为 1。`argMax` 取出最大者的位置，也就是认出的数字：两种办法都是 7。

// %% [markdown] tags=["en"]
// **What came out**: ten probabilities that sum to 1. `argMax` gives the place of the largest, which is the digit recognised: 7, both ways.

// %% [markdown] tags=["zh"]
// ### 一步一步看
//
// 这张图怎样变成十个概率？

// %% [markdown] tags=["en"]
// ### Step by step
//
// How does this picture become ten probabilities?

// %%
display(figures.forwardPassFigure(digits.forwardPass(model, xTest.slice(0, 1))));

// %% [markdown] tags=["zh"]
// ① 像素排成 784 个数。② 隐含层 $h = \mathrm{relu}(x W_1 + b_1)$：负数变为 0，所以许多神经元不出声。③ 输出层 $z = h W_2 + b_2$：十个任意的数，叫作 **logits**。④ $p_i = e^{z_i} / \sum_j e^{z_j}$：十个概率。把 `slice(0, 1)` 中的 0 换成别的数，就能看别的图。

// %% [markdown] tags=["en"]
// ① The pixels in a row, 784 numbers. ② The hidden layer $h = \mathrm{relu}(x W_1 + b_1)$: what is negative becomes 0, so many units are silent. ③ The output layer $z = h W_2 + b_2$: ten numbers of any size, called **logits**. ④ $p_i = e^{z_i} / \sum_j e^{z_j}$: ten probabilities. Put another number in place of the 0 in `slice(0, 1)` to see another picture.

// %% [markdown] tags=["zh"]
// ### 错在哪里
//
// 准确率只是一个数。先求出所有测试图片的概率和答案，再看谁被认成了谁：

// %% [markdown] tags=["en"]
// ### Where it goes wrong
//
// Accuracy is a single number. First the probabilities and the answer for every test picture; then, what is taken for what?

// %%
const probabilities = digits.predict(model, xTest);
const predictions = probabilities.argMax(1).dataSync();

display(figures.confusionMatrix(testY.data, predictions));

// %% [markdown] tags=["zh"]
// **怎样看混淆矩阵**：一行一个标签，一列一种回答。对角线上是认对的个数；橙色越深，这种错误在该标签中占的份额越大。常见的是 4 和 9、7 和 2，人也会看错。

// %% [markdown] tags=["en"]
// **How to read the confusion matrix**: a row for each label, a column for each answer. The diagonal counts what is right; the deeper the orange, the larger the share of that label. 4 and 9, or 7 and 2, are often confused; people confuse them too.

// %%
display(figures.digitAccuracy(testY.data, predictions));

// %%
display(figures.worstMistakes(testX, testY.data, probabilities.dataSync()));

// %% [markdown] tags=["zh"]
// **结果**：橙色的是最难认的数字；下面的图是网络最有**把握**的错误，百分数是它给自己的错误答案的概率。有些图连人也认不出；概率高，并不等于正确。
//
// ### 128 个神经元在找什么
//
// 每个神经元对 784 个像素各有一个权重，画成 28 × 28 的小图。橙色的地方亮，它就兴奋；蓝色的地方亮，它就被抑制；白色的地方与它无关。

// %% [markdown] tags=["en"]
// **What came out**: orange marks the digit that is hardest to read. Below are the mistakes of greatest **certainty**: the per cent is the probability that the network gave its own wrong answer. Some no human could read, and a high probability is not the truth.
//
// ### What the 128 units look for
//
// Each has a weight for each of the 784 pixels, drawn as a small picture of 28 × 28. A bright pixel excites the unit where it is orange, silences it where it is blue, and leaves it cold where it is white.

// %%
display(figures.unitWeights(model));

// %% [markdown] tags=["zh"]
// ## 10 应用模型
//
// **目标**：识别测试集的前四张图，再随机抽取四张来识别。

// %% [markdown] tags=["en"]
// ## 10 Apply
//
// **The aim**: the first four test pictures recognised, then any four drawn at random.

// %%
const firstFour = xTest.slice(0, 4);
const yPred = digits.predict(model, firstFour).argMax(1);
console.log(yPred.arraySync());

display(
  figures.digitRow(firstFour.arraySync(), {
    title: digits.text({
      zh: '取出测试集中的前4个数据进行识别',
      en: 'Recognising the first four of the test set',
    }),
    labels: yTest.slice(0, 4).dataSync(),
    predictions: yPred.dataSync(),
  }),
);

// %% [markdown] tags=["zh"]
// **结果**：`y` 是标签，`y_pred` 是网络的回答。`argMax(1)` 沿第 1 轴，即在每个样本的十个概率之中，取最大者的位置，一次得到四个答案。
//
// 它有多大把握？

// %% [markdown] tags=["en"]
// **What came out**: `y` is the label, `y_pred` the network's answer. `argMax(1)` goes along axis 1, the ten probabilities of each sample, and gives four answers at once.
//
// How sure was it?

// %%
const firstProbabilities = digits.predict(model, firstFour);
display(
  figures.probabilityBars(testX.slice(0, 4), testY.slice(0, 4).data, firstProbabilities.dataSync()),
);

// %% [markdown] tags=["zh"]
// 蓝色：认对了。橙色：认错了，这时绿色是正确的答案。
//
// ### 任意四张
//
// 按图中的按钮，或者重新运行这个单元格，就另抽四张：

// %% [markdown] tags=["en"]
// Blue: right. Orange: wrong, and green is the right answer.
//
// ### Any four
//
// The button in the figure draws four others; so does running the cell again:

// %%
display(figures.redrawDigits(testX, testY.data, predictions));

// %% [markdown] tags=["zh"]
// ### 写一个自己的数字
//
// **目标**：用刚训练好的权重，认您自己写的数字。在黑色的方块上写，鼠标、手指、笔都可以。

// %% [markdown] tags=["en"]
// ### Draw a digit of your own
//
// **The aim**: the weights just trained read what you draw. Draw on the black square, by mouse, finger or pen.

// %%
digits.digitPad(model);

// %% [markdown] tags=["zh"]
// **结果**：边写边认。中间的小图是网络真正看到的 28 × 28，旁边是它给出的十个概率。
//
// **为什么先缩放、再居中**：MNIST 的每张图都经过同样的两步，网络只见过这样的图。
//
// 1. **缩放**：笔迹的外框（蓝框）按比例缩放到刚好放进 20 × 20。每个新像素取它所盖住部分的平均值，所以边缘是灰的。
// 2. **居中**：笔迹的重心，也就是按墨的深浅加权的平均位置，移到 28 × 28 的正中（十字）。
//
// 所以写在哪个角落、写大写小，网络看到的几乎一样。不过，写得很小时，笔画放大后会变得很粗，容易认错。
//
// **试一试**：把 7 写成带一横的，把 1 写得很斜，或者画一个不是数字的图形。网络没有“不知道”这个答案，十个概率的和总是 1。

// %% [markdown] tags=["en"]
// **What came out**: it is read as you draw. The small picture is the 28 × 28 that the network really sees; beside it are its ten probabilities.
//
// **Why scale and centre first**: every picture of MNIST went through the same two steps, and the network has seen no others.
//
// 1. **Scale**: the frame around your strokes (blue) is scaled, its proportions kept, to fit 20 × 20. Each new pixel is the mean of what it covers, so edges are grey.
// 2. **Centre**: the centre of mass of the strokes, the mean place of their ink, is moved to the middle of the 28 × 28 (the cross).
//
// So the network sees nearly the same wherever you draw and however large. The strokes of a very small digit become very thick, though, and are misread more easily.
//
// **Try**: a 7 with a bar, a slanting 1, or something that is no digit at all. The network cannot answer "I don't know": its ten probabilities always sum to 1.

// %% [markdown] tags=["zh"]
// ## 您做到了
//
// 一个有 101 770 个参数的网络，几秒钟就学会了认数字。接下来可以试试：
//
// - 把第 5 阶段的 128 改成 32 或 512，再从第 5 阶段运行到第 9 阶段：参数个数、用时和准确率怎样变化？（第 6 阶段的验算也要跟着改。）
// - 把第 8 阶段的 `epochs` 改成 20，验证损失从哪一轮开始不再下降？
// - 把第 4 阶段的 255 都改成 1，从第 4 阶段重新运行：准确率为什么低了好几个百分点？
//
// 然后做[练习](exercises.zh.ipynb)：每个阶段至少两题，`check(…)` 会告诉您对不对、错在哪里。

// %% [markdown] tags=["en"]
// ## You did it
//
// A network of 101,770 parameters learnt to read digits in seconds. What to try next:
//
// - Change the 128 of stage 5 to 32 or 512 and run stages 5 to 9 again: what becomes of the parameters, the time, the accuracy? (The arithmetic of stage 6 wants changing too.)
// - Change `epochs` in stage 8 to 20: from which epoch on does the validation loss no longer fall?
// - Change both 255 of stage 4 to 1 and run on from there: why is the accuracy several per cent lower?
//
// Then take the [exercises](exercises.en.ipynb): two or more a stage, and `check(…)` says whether you are right, and if not, why.
