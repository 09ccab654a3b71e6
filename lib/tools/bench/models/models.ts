/** The models of the benchmark, of different kinds; `models.py` has the same in Keras. */
import { conv1d, deepConvnet, mnistConvnet, separable, smallConvnet } from './convolutions';
import { autoencoder, branches, dense, linear, normalized, tiny } from './dense';
import type { BenchModel } from './model';
import { attention, gru, lstm, text } from './sequences';

export type { BenchModel, Input, Target } from './model';

export const models: readonly BenchModel[] = [
  dense,
  normalized,
  smallConvnet,
  mnistConvnet,
  deepConvnet,
  conv1d,
  separable,
  lstm,
  gru,
  text,
  branches,
  attention,
  autoencoder,
  tiny,
  linear,
];
