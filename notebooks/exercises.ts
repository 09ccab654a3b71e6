// %% [markdown] tags=["zh", "worksheet"]
// # 练习：亲手做一遍
//
// 课程各个阶段的练习，从回忆到小实验，都可自动批改。
//
// **怎样做**：先运行下面的“准备”。然后选一道题，在单元格里写下答案，按 `Shift + Enter`。`check` 会告诉你对不对、为什么；第一次答错，给一个提示，再错就给更明白的提示。想试多少次都可以，顺序也随意。
//
// **难度**：★ 课程里讲过，回忆一下就会；★★ 要自己想一步；★★★ 小实验，或者要动些脑筋。循环和条件怎么写，见课程第 1 阶段的对照表；其余没有讲到的写法，题目或提示里有例子。时间不多，先做七道 ★。
//
// 术语见[术语表](GLOSSARY.md)，讲解见[课程](lesson.zh.ipynb)，参考解答在[另一个笔记本（Notebook）](solutions.zh.ipynb)里，是折叠起来的。

// %% [markdown] tags=["en", "worksheet"]
// # Exercises: do it yourself
//
// Exercises on the stages of the lesson, from recall to small experiments, with checks of your answers.
//
// **How to do them**: first run the preparation below. Then choose an exercise, write your answer into the cell and press `Shift + Enter`. `check` says whether the answer is right, and why. The first wrong answer brings a hint, the next wrong answer a plainer hint. Try as often as you like, in any order.
//
// **Difficulty**: ★ needs only recall; ★★ needs a step of your own; ★★★ is a small experiment, or a puzzle. The table in stage 1 of the lesson shows loops and conditions; other new code is shown in the exercise or its hints. If time is short, do the seven with ★ first.
//
// The terms are in the [glossary](GLOSSARY.md), the explanations in the [lesson](lesson.en.ipynb), and the folded solutions in [another notebook](solutions.en.ipynb).

// %% [markdown] tags=["zh"]
// ## 准备
//
// 把课程简短地重做一遍：数据、一个函数 `newModel`（每次做出一个没有训练过的新模型），和一个训练好的 `model`。课程里的 `digits.divide`，这里直接写作 `divide`，其余也是如此。导入了 `digits`，`fit` 和 `evaluate` 也就能收 int32 的标签；只用 TensorFlow.js 时，要像课程那样写 `toFloat()`。

// %% [markdown] tags=["en"]
// ## Preparation
//
// The preparation repeats the lesson in short: the data, a function `newModel` that makes a new, untrained model each time, and a trained `model`. The lesson's `digits.divide` is simply `divide` here, and the same goes for the other functions. Because `digits` is imported, `fit` and `evaluate` take int32 labels, too; TensorFlow.js alone needs `toFloat()`, as in the lesson.

// %%
import * as tf from '@tensorflow/tfjs';
import { check, divide, setLanguage, useDevice } from 'digits';
import mnist from 'mnist-data-loader';

// %% tags=["zh"]
setLanguage('zh');

// %% tags=["en"]
setLanguage('en');

// %%
console.log(await useDevice());

const mnistSet = await mnist.loadData();
const [[trainImages, trainLabels], [testImages, testLabels]] = mnistSet;

const xTrain = divide(trainImages, 255);
const xTest = divide(testImages, 255);
const yTrain = tf.tensor1d(trainLabels.data, 'int32');
const yTest = tf.tensor1d(testLabels.data, 'int32');

// %%
const newModel = () => {
  const network = tf.sequential();
  network.add(tf.layers.flatten({ inputShape: [28, 28] }));
  network.add(tf.layers.dense({ units: 128, activation: 'relu' }));
  network.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  network.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [tf.metrics.sparseCategoricalAccuracy],
  });
  return network;
};

const model = newModel();
await model.fit(xTrain, yTrain, { batchSize: 64, epochs: 2, validationSplit: 0.2 });
model.evaluate(xTest, yTest, { batchSize: 64 });
console.log(model.predict(xTest.slice(0, 4)).argMax(1).arraySync());

// %% tags=["note"]
// After the heading of each stage, the build inserts the exercises from lib/digits/exercises.
export { check };

// %% [markdown] tags=["zh"]
// ## 1 导入库函数

// %% [markdown] tags=["en"]
// ## 1 Imports

// %% [markdown] tags=["zh"]
// ## 2 参数配置

// %% [markdown] tags=["en"]
// ## 2 Configuration

// %% [markdown] tags=["zh"]
// ## 3 加载数据

// %% [markdown] tags=["en"]
// ## 3 Loading

// %% [markdown] tags=["zh"]
// ## 4 数据预处理

// %% [markdown] tags=["en"]
// ## 4 Preprocessing

// %% [markdown] tags=["zh"]
// ## 5 搭建模型

// %% [markdown] tags=["en"]
// ## 5 Model

// %% [markdown] tags=["zh"]
// ## 6 查看模型结构

// %% [markdown] tags=["en"]
// ## 6 Model summary

// %% [markdown] tags=["zh"]
// ## 7 配置训练方法

// %% [markdown] tags=["en"]
// ## 7 Compile

// %% [markdown] tags=["zh"]
// ## 8 训练模型

// %% [markdown] tags=["en"]
// ## 8 Fit

// %% [markdown] tags=["zh"]
// ## 9 评估模型

// %% [markdown] tags=["en"]
// ## 9 Evaluate

// %% [markdown] tags=["zh"]
// ## 10 应用模型

// %% [markdown] tags=["en"]
// ## 10 Apply

// %% [markdown] tags=["zh", "worksheet"]
// ## 再猜一次
//
// 课程里猜错的，隔一天再来猜一次：下面列出的就是这几道。点开一个选项，就知道对不对、为什么。

// %% [markdown] tags=["en", "worksheet"]
// ## Guess again
//
// A day later, try your wrong guesses of the lesson again; the list is below. Open an option to read whether the option is right, and why.

// %% tags=["worksheet"]
import { guessAgain } from 'digits';

await guessAgain();

// %% [markdown] tags=["zh", "worksheet"]
// ## 做完了
//
// 改一改你的答案，看看 `check` 怎么说；还可以故意答错，看它认不认得出。课程里的每个单元格，也都可以拿来做实验。
//
// 下面的单元格显示你的进度，和可以交给老师的一行。老师要名字的话，把你的名字写进括号里：`await report('小明')`。

// %% [markdown] tags=["en", "worksheet"]
// ## Done
//
// Change your answers and see how `check` responds; try to fool `check`, too. And every cell of the lesson is open to experiments.
//
// The cell below shows your progress, with a line for your teacher. If your teacher wants names, write yours between the brackets: `await report('Ada')`.

// %% tags=["worksheet"]
import { report } from 'digits';

await report();
