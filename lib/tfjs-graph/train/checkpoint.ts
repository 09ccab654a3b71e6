import * as tf from '@tensorflow/tfjs';
import { firstNotFinite } from './finite';
import type { InnerModel } from './trainer';

/** A variable of an optimizer, or one with its name; other fields are neither. */
type Slot = { readonly variable?: tf.Variable } | undefined;

const isVariable = (value: unknown): value is tf.Variable => value instanceof tf.Variable;

/**
 * A model's weights and what its optimizer keeps, as they were at a moment. They share their data
 * with the variables until those change, so to take it costs next to nothing.
 */
export class Checkpoint {
  private readonly saved = new Map<tf.Variable, tf.Tensor>();
  private iterations: number | undefined;
  private readonly optimizer: { iterations_?: number | undefined };

  constructor(private readonly model: InnerModel) {
    this.optimizer = model.optimizer as unknown as Checkpoint['optimizer'];
  }

  /** Remembers the model as it is now, in place of what was remembered. */
  take(): void {
    this.dispose();
    for (const variable of this.variables()) this.saved.set(variable, tf.keep(variable.clone()));
    this.iterations = this.optimizer.iterations_;
  }

  /** Whether every weight that it remembers is a number. */
  get isFinite(): boolean {
    return this.model.weights.every(weight => {
      const saved = this.saved.get(weight.read());
      return !saved || firstNotFinite(saved) === undefined;
    });
  }

  restore(): void {
    tf.tidy(() => {
      for (const variable of this.variables()) {
        // What an optimizer has made since begins at zero.
        variable.assign(this.saved.get(variable) ?? tf.zerosLike(variable));
      }
    });
    this.optimizer.iterations_ = this.iterations;
  }

  dispose(): void {
    tf.dispose([...this.saved.values()]);
    this.saved.clear();
  }

  private variables(): tf.Variable[] {
    const own = Object.values(this.optimizer as Record<string, Slot | Slot[]>).flat();
    return [
      ...this.model.weights.map(weight => weight.read()),
      ...own.map(slot => slot?.variable ?? slot).filter(isVariable),
    ];
  }
}
