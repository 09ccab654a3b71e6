import * as tf from '@tensorflow/tfjs';
import { hasLostWeights, likelyCause, NotFiniteError } from '../input/not-finite';
import { messages } from '../language';
import type { ProgressCallback } from './progress';

/**
 * Ends a training when the loss or the weights become NaN or infinite, whereas Keras continues with useless
 * weights. Yields to an earlier callback with the same check, such as Keras's TerminateOnNaN, if the callback
 * has set `stopTraining` at this step.
 */
export class NanGuard extends tf.Callback {
  readonly weightsAt = [];

  /** @param data possible causes: tensors by the names in the error message. */
  constructor(
    private readonly progress: ProgressCallback,
    private readonly data: Readonly<Record<string, unknown>>,
  ) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    if (hasLostWeights(this.model)) throw new NotFiniteError(messages().input.cause.weights);
  }

  override async onBatchEnd(_batch: number, { loss = 0 }: tf.Logs = {}): Promise<void> {
    if (Number.isFinite(loss)) return;
    const { epoch, step, steps } = this.progress.position;
    const { notFinite } = messages().input;
    this.fail(notFinite.loss(loss, epoch, step, steps) + notFinite.lost);
  }

  override async onEpochEnd(_epoch: number, { val_loss = 0 }: tf.Logs = {}): Promise<void> {
    const { epoch } = this.progress.position;
    const { notFinite } = messages().input;
    // relu, or a loss with clipped probabilities, can hide NaN weights.
    if (hasLostWeights(this.model)) this.fail(notFinite.weights(epoch) + notFinite.lost);
    if (!Number.isFinite(val_loss)) this.fail(notFinite.validation(val_loss, epoch));
  }

  private fail(fault: string): void {
    const { data } = this;
    const { optimizer, history, stopTraining } = this.model;
    if (!stopTraining) throw new NotFiniteError(fault + likelyCause(data, optimizer), history);
  }
}
