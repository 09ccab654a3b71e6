/** Fit: steps, the size of a batch, overfitting, and weights that cannot learn. */
import { batchSizes } from './batch-sizes';
import { computing, wholeNumber } from './compare';
import { integer } from './drawn';
import { failingWeights } from './failing-weights';
import { cure, overfitting } from './overfitting';

const COUNTS_ALL = {
  zh: '验证集也算进去了，而留给验证的样本不参加训练。',
  en: 'This counts the validation samples, too, which are not trained on.',
};

const LAST_BATCH = {
  zh: '最后不满一批的样本丢掉了，它们也要训练一步。',
  en: 'The last, smaller batch is lost; it is a step, too.',
};

const NOT_WHOLE = {
  zh: '步数应当是整数，最后不满一批的也算一步。',
  en: 'The number of steps is whole; the last, smaller batch counts as one.',
};

const stepsPerEpoch = computing<[samples: number, batchSize: number, split: number], number>({
  id: '8.1',
  cases: [
    [60_000, 64, 0.2],
    [11, 5, 0.5],
    [33, 8, 0.25],
    [92, 7, 0.75],
    [50, 6, 0],
  ],
  draw: () => [[integer(30, 900), integer(5, 40), integer(1, 3) / 4]],
  named: (samples, batchSize, split) => ({
    zh: `(${samples}, ${batchSize}, ${split})`,
    en: `(${samples}, ${batchSize}, ${split})`,
  }),
  right: (samples, batchSize, split) => Math.ceil(Math.floor(samples * (1 - split)) / batchSize),
  wrong: [
    {
      of: (samples, batchSize, split) => Math.ceil((samples * (1 - split)) / batchSize),
      zh: '没有半个样本：参加训练的样本，个数先向下取整，多出来的一个归验证集。',
      en: 'There are no half samples: the number of training samples is rounded down first, and the odd one goes to validation.',
    },
    { of: (samples, batchSize) => Math.ceil(samples / batchSize), ...COUNTS_ALL },
    { of: (samples, batchSize) => samples / batchSize, ...COUNTS_ALL },
    { of: (samples, batchSize) => Math.floor(samples / batchSize), ...COUNTS_ALL },
    {
      of: (samples, batchSize, split) => Math.floor(Math.floor(samples * (1 - split)) / batchSize),
      ...LAST_BATCH,
    },
    {
      of: (samples, batchSize, split) => Math.round(Math.floor(samples * (1 - split)) / batchSize),
      ...LAST_BATCH,
    },
    { of: (samples, batchSize, split) => (samples * (1 - split)) / batchSize, ...NOT_WHOLE },
    {
      of: (samples, batchSize, split) => Math.floor(samples * (1 - split)) / batchSize,
      ...NOT_WHOLE,
    },
    {
      of: (samples, batchSize, split) => Math.ceil(Math.floor(samples * split) / batchSize),
      zh: '这是验证集的批数：validationSplit 是留出的比例，参加训练的是 1 - validationSplit。',
      en: 'Those are the batches of the validation samples: validationSplit is the share kept back, and 1 - validationSplit is trained on.',
    },
    {
      of: (samples, _, split) => Math.floor(samples * (1 - split)),
      zh: '这是参加训练的样本数，还没有分成批。',
      en: 'That is the number of training samples, not yet divided into batches.',
    },
    {
      of: () => 750,
      zh: '这总是课程里的步数，没有用到收到的数。',
      en: 'That is always the lesson’s number of steps; what the function is given is not used.',
    },
  ],
  ...wholeNumber,

  praise: {
    zh: '先减去验证集，再除以批次大小，向上取整：课程的进度条里的 750 就是这样来的。',
    en: 'Take off the validation samples, divide by the batch size, round up: that is the 750 of the lesson’s progress line.',
  },
  hints: [
    {
      zh: '有多少样本参加训练？个数要向下取整。再除以批次大小；除不尽时，剩下的也是一批。',
      en: 'How many samples are trained on? Round that number down, then divide by the batch size. What is left over is a batch, too.',
    },
    {
      zh: '先算 Math.floor(samples * (1 - validationSplit))，除以 batchSize，再用 Math.ceil。',
      en: 'First Math.floor(samples * (1 - validationSplit)), divided by batchSize; then Math.ceil.',
    },
  ],
});

export const stage8 = [stepsPerEpoch, batchSizes, overfitting, cure, failingWeights];
