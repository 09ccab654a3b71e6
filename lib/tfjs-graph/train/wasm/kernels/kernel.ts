import type { Builder, Tensor } from '../ir';

type Picture = 'x' | 'dy' | 'y' | 'input' | 'output' | 'images' | 'filter' | 'bias' | 'alpha';
type Other = 'a' | 'b' | 'mean' | 'variance' | 'offset' | 'scale' | 'condition';
type Name = Picture | Other | 't' | 'e' | 'indices' | 'segmentIds' | 'preluActivationWeights';

/** What a kernel of TensorFlow.js is given. */
export interface Given {
  readonly all: readonly Tensor[];
  /** By their names; one that is not given is undefined. */
  readonly named: Readonly<Record<Name, Tensor>>;
  /** The one of that name, or else the first. */
  readonly x: Tensor;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly builder: Builder;
}

/** Adds the steps of a kernel of TensorFlow.js, and returns what they compute. */
export type Kernel = (given: Given) => Tensor | readonly Tensor[];
