import type { Builder, Tensor } from '../ir';

type Picture = 'x' | 'dy' | 'y' | 'input' | 'output' | 'images' | 'filter' | 'bias' | 'alpha';
type Other = 'a' | 'b' | 'mean' | 'variance' | 'offset' | 'scale' | 'condition';
type Name = Picture | Other | 't' | 'e' | 'indices' | 'segmentIds' | 'preluActivationWeights';

/** Inputs and attributes of a kernel of TensorFlow.js. */
export interface KernelCall {
  readonly all: readonly Tensor[];
  /** Inputs by name; undefined if missing. */
  readonly named: Readonly<Record<Name, Tensor>>;
  /** The input `x` or, without this name, the first input. */
  readonly x: Tensor;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly builder: Builder;
}

/** Adds the steps of a kernel of TensorFlow.js and returns the results. */
export type Kernel = (call: KernelCall) => Tensor | readonly Tensor[];
