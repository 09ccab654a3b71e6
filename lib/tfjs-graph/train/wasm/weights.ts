import type * as tf from '@tensorflow/tfjs';
import type { Matrix } from './matrix';
import type { Memory } from './memory';
import { Parameter } from './parameter';
import type { Trained } from './updates';

/** A variable, with what the optimizer keeps for it. */
export interface Trainable {
  readonly variable: tf.Variable;
  readonly slots: readonly tf.Variable[];
}

/** Weights of a layer in training: a kernel, or a bias. */
export class Weights implements Trained {
  readonly weights: Matrix;
  readonly gradient: Matrix;
  readonly slots: readonly Matrix[];
  /** What it has of the model and the optimizer. */
  readonly parameters: readonly Parameter[];

  constructor(memory: Memory, { variable, slots }: Trainable, rows: number, columns: number) {
    const placed = (of: tf.Variable) => new Parameter(of, memory.matrix(rows, columns));
    const weights = placed(variable);
    const kept = slots.map(placed);
    this.weights = weights.place;
    this.gradient = memory.matrix(rows, columns);
    this.slots = kept.map(({ place }) => place);
    this.parameters = [weights, ...kept];
  }
}
