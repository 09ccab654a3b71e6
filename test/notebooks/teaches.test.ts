/**
 * The saved lesson teaches what its source does, item by item. Each host shows what is saved, and
 * `shows-lesson.ts` holds what chance decides.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { displays, isCode, joined, printed, readNotebook } from '../../lib/tools/publish/notebook';
import { languages, notebookFolder, stagesOf } from '../../lib/tools/publish/source';

/** By what an item is found in a stage's text, code and outputs: in both languages, or in the one. */
interface Signs {
  readonly both?: readonly RegExp[];
  readonly zh?: readonly RegExp[];
  readonly en?: readonly RegExp[];
}

const TEN_NUMBERS = /\[\d+\.?\d*(e-\d+)?(\s*, *\d+\.?\d*(e-\d+)?){9}\s*\]/;

/** By stage; the first items come before all stages. */
const ITEMS: readonly Readonly<Record<string, Signs>>[] = [
  {
    'a sample is 28 × 28 grey pixels, laid out as 784 numbers': {
      both: [/28 × 28/, /784/],
      zh: [/灰度/, /向量/],
      en: [/grey/, /vector/],
    },
    'a hidden layer of 128 with relu, an output of 10 with softmax': {
      both: [/128.*relu/, /10.*softmax/],
    },
    'ten classes, the probability of each': {
      zh: [/多分类/, /概率/],
      en: [/multi-class/, /probabilit/],
    },
    'labels are digits; sparse cross-entropy needs no one-hot step': {
      both: [/\[0,0,0,1,0,…\]/],
      zh: [/稀疏交叉熵/, /独热/],
      en: [/Sparse cross-entropy/, /one-hot/],
    },
    'the parameters, counted': {
      both: [/784 × 128 \+ 128 = 100.480/, /128 × 10 \+ 10 = 1,?290/, /101.770/],
    },
    'weights and biases, by each of their names': {
      zh: [/权重/, /偏置/, /权值/, /阈值/],
      en: [/weights/, /biases/],
    },
    'Sequential in place of the low-level interface': {
      both: [/Sequential/],
      zh: [/低阶/],
      en: [/low-level/],
    },
  },
  {
    'the versions': { both: [/TensorFlow\.js: \d/, /tslab: \d/] },
  },
  {
    'a font for Chinese: SimHei, then sans-serif': { both: [/SimHei.*sans-serif/] },
    'the device in use, and why': { zh: [/设备：/, /原因：/], en: [/Device: /, /Why: /] },
    'memory growth, which is on, and what it is': {
      both: [/set_memory_growth/],
      zh: [/按需增长：已开启/],
      en: [/memory growth: on/],
    },
    'no GPU is no error': { zh: [/没有 GPU 时/], en: [/without a GPU/] },
    'the trouble with cuBLAS: your own code first, then another process, and the cure': {
      both: [/failed to create cublas handle: CUBLAS_STATUS_NOT_INITIALIZED/, /nvidia-smi/],
      zh: [/先确认代码没有改动过/, /另一个进程/, /多半/, /关闭那个进程，稍等片刻，再运行/],
      en: [/have not changed the code/, /another process/, /probably/, /close that process, wait/],
    },
  },
  {
    'the types of all four, and the ranges': {
      both: [/Uint8Array Uint8Array\nUint8Array Uint8Array\n\[ 0, 255 \] \[ 0, 9 \]/],
    },
  },
  {
    'divided by 255, float32; labels as integers; of both sets': {
      both: [
        /\[ 60000, 28, 28 \] float32 \[ 0, 1 \] \[ 60000 \] int32/,
        /\[ 10000, 28, 28 \] float32 \[ 0, 1 \] \[ 10000 \] int32/,
        /int16/,
      ],
    },
    'the reshape of both sets, which Flatten makes unnecessary': {
      both: [/\[ 60000, 784 \] \[ 10000, 784 \]/, /Flatten/],
    },
  },
  {
    'why Flatten computes nothing and names the input': {
      zh: [/不计算任何东西/, /输入的形状/],
      en: [/computes nothing/, /shape of the input/],
    },
  },
  {
    "Keras's table, and the learner's own arithmetic": {
      both: [/Model: "sequential"/, /Total params: 101,770/, /^100480 1290 101770$/m],
    },
  },
  {
    "adam's defaults": {
      both: [/learningRate: 0\.001, beta1: 0\.9, beta2: 0\.999, epsilon: 1e-7/],
    },
    'why these three': {
      zh: [/为什么是这三个/, /几乎处处为 0/],
      en: [/Why these three/, /0 nearly everywhere/],
    },
    'one-hot and sparse': { both: [/\[ \[ 0, 1, 0 \] \] 0\.3566\d+\n\[ 1 \] 0\.3566\d+/] },
  },
  {
    'batches of 64, five epochs, a fifth for validation': {
      both: [/batchSize: 64,\s+epochs: 5,\s+validationSplit: 0\.2/, /48.000 \/ 64 = \**750/],
    },
    'the loss of knowing nothing, one step of learning, and what an epoch is': {
      both: [/\\ln 0\.1/],
      zh: [/反向传播/, /梯度下降/, /概率减去独热标签/, /先打乱/, /恰好用过一次/],
      en: [/backpropagation/, /gradient descent/, /minus the one-hot/, /shuffle/, /exactly once/],
    },
    "the source's own run": {
      both: [
        /0\.3316 \| 0\.9080 \| 0\.1854 \| 0\.9490/,
        /0\.0640 \| 0\.9817 \| 0\.0891 \| 0\.9740/,
      ],
    },
    'why runs differ: chance, a loss that is not convex, and a descent that only comes near': {
      zh: [/随机抽取/, /不是凸函数/, /不会正好停在谷底/],
      en: [/at random/, /not convex/, /only comes near it/],
    },
  },
  {
    "the test set in Keras's line, as by verbose=2, beside the source's": {
      both: [/verbose: 2/, /0\.0831/, /0\.9753/],
    },
    'nearly as good as in training, hence it generalises; what each set is for': {
      zh: [/泛化/, /没有见过的数字，它也学会了认/, /验证集 .*选择超参数/, /测试集 .*只看一次/],
      en: [
        /Generalisation/,
        /read digits that it has never seen/,
        /validation set .*choose hyperparameters/,
        /test set .*once/,
      ],
    },
    'the sample without its batch axis': { zh: [/Keras 在这里先警告/], en: [/Keras warns here/] },
    'one picture, predicted both ways: the same ten probabilities': {
      both: [new RegExp(`Tensor\\n +\\[?(${TEN_NUMBERS.source}),?\\]?\\nTensor\\n +\\[?\\1`)],
    },
    'whether that is good': {
      zh: [/### 这算好吗？/, /一律回答 1/, /卷积/],
      en: [/### Is that good\?/, /always answering 1/, /convolution/],
    },
  },
  {
    'the first four: a matrix of four by ten, argmax along axis 1': {
      both: [new RegExp(`(${TEN_NUMBERS.source},?\\s+){3}${TEN_NUMBERS.source}`), /argMax\(1\)/],
      zh: [/第 1 轴/],
      en: [/axis 1/],
    },
  },
];

describe('the saved lesson teaches', () => {
  for (const language of languages) {
    /** What a reader of each stage sees: text, code, and what it printed and drew, in words. */
    const seen: string[] = [];
    before(async () => {
      const notebook = await readNotebook(join(notebookFolder, `lesson.${language}.ipynb`));
      const stages = stagesOf(notebook);
      for (const [i, cell] of notebook.cells.entries()) {
        const outputs = isCode(cell)
          ? [printed(cell), ...displays(cell).map(data => joined(data['text/plain'] as string))]
          : [];
        const stage = stages[i]?.number ?? 0;
        seen[stage] = [seen[stage] ?? '', joined(cell.source), ...outputs].join('\n');
      }
    });

    for (const [stage, items] of ITEMS.entries()) {
      for (const [what, { both = [], [language]: own = [] }] of Object.entries(items)) {
        it(`in stage ${stage}, in ${language}: ${what}`, () => {
          const missing = [...both, ...own].filter(sign => !sign.test(seen[stage] ?? ''));
          assert.deepEqual(missing, []);
        });
      }
    }
  }
});
