import { computing, integer, wholeNumber } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

type Inputs = [samples: number, batchSize: number, split: number];

export const stepsPerEpoch = computing<Inputs, number, typeof en>({
  texts: { en, zh },
  draw: () => [
    [60_000, 64, 0.2],
    [11, 5, 0.5],
    [33, 8, 0.25],
    [92, 7, 0.75],
    [50, 6, 0],
    [integer(30, 900), integer(5, 40), integer(1, 3) / 4],
  ],
  right: (samples, batchSize, split) => Math.ceil(Math.floor(samples * (1 - split)) / batchSize),
  wrong: {
    halfSamples: (samples, batchSize, split) => Math.ceil((samples * (1 - split)) / batchSize),
    validationToo: [
      (samples, batchSize) => Math.ceil(samples / batchSize),
      (samples, batchSize) => samples / batchSize,
    ],
    lastBatch: (samples, batchSize, split) =>
      Math.floor(Math.floor(samples * (1 - split)) / batchSize),
    notWhole: [
      (samples, batchSize, split) => (samples * (1 - split)) / batchSize,
      (samples, batchSize, split) => Math.floor(samples * (1 - split)) / batchSize,
    ],
    validationOnly: (samples, batchSize, split) =>
      Math.ceil(Math.floor(samples * split) / batchSize),
    always750: () => 750,
  },
  ...wholeNumber,
});
