/** What the lesson's source teaches, row by row, and by what each row is found in the lesson. */
import type { Language } from '../../lib/digits/language';

export interface SourceRow {
  /** 0 is what comes before the first stage. */
  readonly stage: number;
  readonly what: string;
  /** To be found in the stage's text, code and outputs: in both languages, or in the one. */
  readonly found: readonly RegExp[];
  readonly text?: Readonly<Record<Language, readonly RegExp[]>>;
}

const TEN_NUMBERS = /\[\d+\.?\d*(e-\d+)?(\s*, *\d+\.?\d*(e-\d+)?){9}\s*\]/;

export const SOURCE_ROWS: readonly SourceRow[] = [
  {
    stage: 0,
    what: 'a sample is 28 × 28 grey pixels, laid out as 784 numbers',
    found: [/28 × 28/, /784/],
    text: { zh: [/灰度/, /向量/], en: [/grey/, /vector/] },
  },
  {
    stage: 0,
    what: 'a hidden layer of 128 with relu, an output of 10 with softmax',
    found: [/128.*relu/, /10.*softmax/],
  },
  {
    stage: 0,
    what: 'ten classes, the probability of each',
    found: [],
    text: { zh: [/多分类/, /概率/], en: [/multi-class/, /probabilit/] },
  },
  {
    stage: 0,
    what: 'labels are digits; sparse cross-entropy needs no one-hot step',
    found: [/\[0,0,0,1,0,…\]/],
    text: { zh: [/稀疏交叉熵/, /独热/], en: [/Sparse cross-entropy/, /one-hot/] },
  },
  {
    stage: 0,
    what: 'the parameters, counted',
    found: [/784 × 128 \+ 128 = 100.480/, /128 × 10 \+ 10 = 1,?290/, /101.770/],
  },
  {
    stage: 0,
    what: 'weights and biases, by each of their names',
    found: [],
    text: { zh: [/权重/, /偏置/, /权值/, /阈值/], en: [/weights/, /biases/] },
  },
  {
    stage: 0,
    what: 'Sequential in place of the low-level interface',
    found: [/Sequential/],
    text: { zh: [/低阶/], en: [/low-level/] },
  },
  {
    stage: 1,
    what: 'three imports, one a line',
    found: [/^import \S+ ?\S* ?\S* from '[^']+';\nimport .*;\nimport .*;$/m],
  },
  { stage: 1, what: 'the versions and the device', found: [/TensorFlow\.js: \d/, /tslab: \d/] },
  { stage: 2, what: 'a font for Chinese: SimHei, then sans-serif', found: [/SimHei.*sans-serif/] },
  {
    stage: 2,
    what: 'the device in use, and why',
    found: [],
    text: { zh: [/设备：/, /原因：/], en: [/Device: /, /Why: /] },
  },
  {
    stage: 2,
    what: 'memory growth, which is on, and what it is',
    found: [/set_memory_growth/],
    text: { zh: [/按需增长：已开启/], en: [/memory growth: on/] },
  },
  {
    stage: 2,
    what: 'no GPU is no error',
    found: [],
    text: { zh: [/没有 GPU 时/], en: [/without a GPU/] },
  },
  {
    stage: 2,
    what: 'the trouble with cuBLAS: your own code first, then another process, and the cure',
    found: [/failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED/, /nvidia-smi/],
    text: {
      zh: [/先确认代码没有改动过/, /另一个进程/, /多半/, /关闭那个进程，稍等片刻，再运行/],
      en: [/have not changed the code/, /another process/, /probably/, /close that process, wait/],
    },
  },
  {
    stage: 3,
    what: 'the shapes',
    found: [/\[ 60000, 28, 28 \] \[ 60000 \]\n\[ 10000, 28, 28 \] \[ 10000 \]/],
  },
  {
    stage: 3,
    what: 'the types of all four, and the ranges',
    found: [/Uint8Array Uint8Array\nUint8Array Uint8Array\n\[ 0, 255 \] \[ 0, 9 \]/],
  },
  {
    stage: 4,
    what: 'divided by 255, float32; labels as integers; of both sets',
    found: [
      /\[ 60000, 28, 28 \] float32 \[ 0, 1 \] \[ 60000 \] int32/,
      /\[ 10000, 28, 28 \] float32 \[ 0, 1 \] \[ 10000 \] int32/,
      /int16/,
    ],
  },
  {
    stage: 4,
    what: 'the reshape of both sets, which Flatten makes unnecessary',
    found: [/\[ 60000, 784 \] \[ 10000, 784 \]/, /Flatten/],
  },
  {
    stage: 5,
    what: 'the three layers',
    found: [
      /flatten\(\{ inputShape: \[28, 28\] \}\)/,
      /dense\(\{ units: 128, activation: 'relu' \}\)/,
      /dense\(\{ units: 10, activation: 'softmax' \}\)/,
    ],
  },
  {
    stage: 5,
    what: 'why Flatten computes nothing and names the input',
    found: [],
    text: { zh: [/不计算任何东西/, /输入的形状/], en: [/computes nothing/, /shape of the input/] },
  },
  {
    stage: 6,
    what: "Keras's table",
    found: [
      /Model: "sequential"/,
      /flatten \(Flatten\) +\(None, 784\) +0/,
      /dense \(Dense\) +\(None, 128\) +100480/,
      /dense_1 \(Dense\) +\(None, 10\) +1290/,
      /Total params: 101,770\nTrainable params: 101,770\nNon-trainable params: 0/,
    ],
  },
  { stage: 6, what: "the learner's own arithmetic", found: [/^100480 1290 101770$/m, /None/] },
  {
    stage: 7,
    what: 'optimizer, loss and metric',
    found: [/'adam'/, /'sparseCategoricalCrossentropy'/, /sparseCategoricalAccuracy/],
  },
  {
    stage: 7,
    what: "adam's defaults",
    found: [/learningRate: 0\.001, beta1: 0\.9, beta2: 0\.999, epsilon: 1e-7/],
  },
  {
    stage: 7,
    what: 'why these three',
    found: [],
    text: {
      zh: [/为什么是这三个/, /几乎处处为 0/],
      en: [/Why these three/, /0 nearly everywhere/],
    },
  },
  {
    stage: 7,
    what: 'one-hot and sparse give the same number',
    found: [/\[ \[ 0, 1, 0 \] \] 0\.3566\d+\n\[ 1 \] 0\.3566\d+/],
  },
  {
    stage: 8,
    what: 'batches of 64, five epochs, a fifth for validation',
    found: [/batchSize: 64,\s+epochs: 5,\s+validationSplit: 0\.2/, /48.000 \/ 64 = \**750/],
  },
  {
    stage: 8,
    what: "Keras's lines, with the loss and accuracy of both sets",
    found: [
      /^Epoch 5\/5$/m,
      /750\/750 \[={30}\] - \d+s \d+[mu]?s\/step - loss: \d\.\d{4} - sparse_categorical_accuracy: \d\.\d{4} - val_loss: \d\.\d{4} - val_sparse_categorical_accuracy: \d\.\d{4}/,
    ],
  },
  {
    stage: 8,
    what: 'the loss of knowing nothing, one step of learning, and what an epoch is',
    found: [/\\ln 0\.1/, /^2\.\d+ [12]\.\d+$/m],
    text: {
      zh: [/反向传播/, /梯度下降/, /概率减去独热标签/, /先打乱/, /恰好用过一次/],
      en: [/backpropagation/, /gradient descent/, /minus the one-hot/, /shuffle/, /exactly once/],
    },
  },
  {
    stage: 8,
    what: "the source's own run",
    found: [/0\.3316 \| 0\.9080 \| 0\.1854 \| 0\.9490/, /0\.0640 \| 0\.9817 \| 0\.0891 \| 0\.9740/],
  },
  {
    stage: 8,
    what: 'why runs differ: chance, a loss that is not convex, and a descent that only comes near',
    found: [],
    text: {
      zh: [/随机抽取/, /不是凸函数/, /不会正好停在谷底/],
      en: [/at random/, /not convex/, /only comes near it/],
    },
  },
  {
    stage: 8,
    what: "model.fit beside the lesson's own",
    found: [/await digits\.fit\(/, /await model\.fit\(/],
  },
  {
    stage: 9,
    what: "the test set in Keras's line, as by verbose=2",
    found: [
      /verbose: 2/,
      /^157\/157 - \d+s - loss: \d\.\d{4} - sparse_categorical_accuracy: \d\.\d{4}$/m,
      /0\.0831/,
      /0\.9753/,
    ],
  },
  {
    stage: 9,
    what: 'nearly as good as in training, hence it generalises; what each set is for',
    found: [],
    text: {
      zh: [/泛化/, /没有见过的数字，它也学会了认/, /验证集 .*选择超参数/, /测试集 .*只看一次/],
      en: [
        /Generalisation/,
        /read digits that it has never seen/,
        /validation set .*choose hyperparameters/,
        /test set .*once/,
      ],
    },
  },
  {
    stage: 9,
    what: 'the sample without its batch axis: a warning and an error, both shapes, the cure',
    found: [/ShapeError: .*\(None, 28, 28\).*\(28, 28\).*reshape\(\[1, 28, 28\]\)/],
    text: { zh: [/Keras 在这里先警告/], en: [/Keras warns here/] },
  },
  {
    stage: 9,
    what: 'one picture, predicted both ways: the same ten probabilities, the digit 7',
    found: [
      new RegExp(`Tensor\\n +\\[?(${TEN_NUMBERS.source}),?\\]?\\nTensor\\n +\\[?\\1`),
      /^\[ 7 \] \[ 7 \]$/m,
    ],
  },
  {
    stage: 9,
    what: 'whether that is good',
    found: [],
    text: {
      zh: [/### 这算好吗？/, /一律回答 1/, /卷积/],
      en: [/### Is that good\?/, /always answering 1/, /convolution/],
    },
  },
  {
    stage: 10,
    what: 'the first four: a matrix of four by ten, argmax along axis 1',
    found: [
      new RegExp(`(${TEN_NUMBERS.source},?\\s+){3}${TEN_NUMBERS.source}`),
      /argMax\(1\)/,
      /^\[ 7, 2, 1, 0 \]$/m,
    ],
    text: { zh: [/第 1 轴/], en: [/axis 1/] },
  },
  {
    stage: 10,
    what: 'the four drawn, each with its label over its prediction, under the title',
    found: [/y=7 y_pred=7 · y=2 y_pred=2 · y=1 y_pred=1 · y=0 y_pred=0/],
    text: {
      zh: [/取出测试集中的前4个数据进行识别/],
      en: [/Recognising the first four of the test set/],
    },
  },
  {
    stage: 10,
    what: 'any four, and one by a random index and a single predict',
    found: [/Math\.random\(\) \* 10000/, /y_pred: \d/],
    text: {
      zh: [/随机取出测试集中的任意4个数据进行识别/],
      en: [/Recognising any four of the test set, drawn at random/],
    },
  },
];
