import type { Builder, Tensor } from '../ir';

type Factor = 'a' | 'b' | 'filter' | 'bias' | 'preluActivationWeights';
type Statistic = 'mean' | 'variance' | 'offset' | 'scale' | 'alpha';
type Picture = 'x' | 'dy' | 'y' | 'input' | 'output' | 'images' | 'logits';
type Choice = 'condition' | 't' | 'e' | 'indices' | 'segmentIds';

/** What a kernel of TensorFlow.js is given. */
export interface Given {
  readonly all: readonly Tensor[];
  /** The first of them. */
  readonly inputs: readonly [Tensor, Tensor];
  /** By their names; one that is not given is undefined. */
  readonly named: Readonly<Record<Factor | Statistic | Picture | Choice, Tensor>>;
  readonly x: Tensor;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly builder: Builder;
}

/** Adds the steps of a kernel of TensorFlow.js, and returns what they compute. */
export type Kernel = (given: Given) => Tensor | readonly Tensor[];
