import * as tf from '@tensorflow/tfjs';
import { type NotFinite, NotFiniteError } from '../errors';
import { diagnose, firstNotFinite, type Suspects } from './diagnose';
import type { InnerModel } from './trainer';

/** Weights are useless if their loss is so many times that of the first step. */
const ASTRAY = 10;

/**
 * Stops a training whose loss or weights are no numbers any more, and puts back the model as it
 * was when that epoch began, or an earlier one where the loss had gone astray before.
 *
 * Keras goes on: the gradients of such a loss are no numbers either, so from the next step on all
 * weights are lost, and what it prints from there is of no use. A callback that looks for NaN itself,
 * as Keras's TerminateOnNaN does, and sets `stopTraining` at that step, is left to do so.
 */
export class Checkpoint {
  /** The weights and what the optimizer keeps, which share their data with the variables until those change. */
  private readonly saved = new Map<tf.Variable, tf.Tensor>();
  private iterations: number | undefined;
  private readonly optimizer: { iterations_?: number | undefined };
  private isLost = false;
  /** The epoch whose beginning is remembered, counted from 1. */
  private begun: number | undefined;
  /** The loss of the very first step, and that of the last epoch. */
  private first: number | undefined;
  private last = Number.NaN;

  constructor(
    private readonly model: InnerModel,
    private readonly data: Suspects['data'],
  ) {
    this.optimizer = model.optimizer as unknown as Checkpoint['optimizer'];
  }

  /** Takes a snapshot before the first step of an epoch, unless the loss has gone astray. */
  begin(epoch: number): void {
    const isFirst = this.begun === undefined;
    if (!isFirst && !(this.last <= ASTRAY * (this.first ?? Number.NaN))) return;
    this.dispose();
    for (const variable of this.variables()) this.saved.set(variable, tf.keep(variable.clone()));
    this.iterations = this.optimizer.iterations_;
    this.begun = epoch + 1;
  }

  /**
   * Looks at the loss of a step.
   *
   * @throws NotFiniteError if it is no number.
   */
  step(loss: number, epoch: number, step: number, steps: number): void {
    this.first ??= loss;
    if (Number.isFinite(loss)) return;
    this.isLost = true;
    const place = { epoch: epoch + 1, step: step + 1, steps };
    throw this.error({ code: 'loss', value: loss, ...place, restored: this.begun ?? 1 });
  }

  /**
   * Looks at the weights after an epoch and at the loss of its validation. The weights are looked at
   * as relu, or a loss that cuts off its probabilities, can hide from the loss that they are lost.
   *
   * @throws NotFiniteError if one of them is no number.
   */
  end(epoch: number, loss: number | undefined, validationLoss: number | undefined): void {
    this.last = loss ?? Number.NaN;
    if (this.model.weights.some(weight => firstNotFinite(weight.read()))) {
      this.isLost = true;
      throw this.error({ code: 'weights', epoch: epoch + 1, restored: this.begun ?? 1 });
    }
    if (validationLoss === undefined || Number.isFinite(validationLoss)) return;
    throw this.error({ code: 'validation-loss', value: validationLoss, epoch: epoch + 1 });
  }

  /** Puts back what {@link begin} remembers if it is lost. */
  restore(): void {
    if (!this.isLost) return;
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

  private error(found: DistributiveOmit<NotFinite, 'cause'>): NotFiniteError {
    const { optimizer, history, weights } = this.model;
    const weightsFinite = weights.every(weight => {
      const saved = this.saved.get(weight.read());
      return !saved || firstNotFinite(saved) === undefined;
    });
    const cause = diagnose({ data: this.data, weightsFinite, optimizer });
    return new NotFiniteError({ ...found, cause }, history);
  }

  private variables(): tf.Variable[] {
    const { getTensorsInContainer } = tf.tensor_util;
    const own = getTensorsInContainer(this.optimizer as tf.TensorContainerObject);
    const variables = own.filter(tensor => tensor instanceof tf.Variable);
    return [...new Set([...this.model.weights.map(weight => weight.read()), ...variables])];
  }
}

/** `Omit` of each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
