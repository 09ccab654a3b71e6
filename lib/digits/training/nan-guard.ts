import * as tf from '@tensorflow/tfjs';
import { hasLostWeights, likelyCause, NotFiniteError } from '../input/not-finite';
import { messages } from '../language';

/**
 * Ends a training whose loss or weights are no finite numbers any more, where Keras goes on: from the next step
 * on all weights are lost. A callback before this one that looks for NaN itself, as Keras's TerminateOnNaN
 * does, and sets `stopTraining` at that step, is left to do so.
 */
export class NanGuard extends tf.Callback {
  readonly weightsAt = [];
  private epoch = 0;

  /** @param data where the cause may lie: tensors by the names that the message gives them. */
  constructor(private readonly data: Readonly<Record<string, unknown>>) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    if (hasLostWeights(this.model)) throw new NotFiniteError(messages().input.cause.weights);
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
  }

  override async onBatchEnd(batch: number, { loss }: tf.Logs = {}): Promise<void> {
    if (this.isFine(loss)) return;
    const { samples, batchSize } = this.params as Record<string, number>;
    const steps = Math.ceil((samples ?? 0) / (batchSize ?? 1));
    const { notFinite } = messages().input;
    this.fail(notFinite.loss(Number(loss), this.epoch, batch + 1, steps) + notFinite.lost);
  }

  override async onEpochEnd(_epoch: number, { val_loss }: tf.Logs = {}): Promise<void> {
    const { notFinite } = messages().input;
    // relu, or a loss that clips its probabilities, can hide from the loss that the weights are lost.
    if (!this.model.stopTraining && hasLostWeights(this.model))
      this.fail(notFinite.weights(this.epoch) + notFinite.lost);
    if (!this.isFine(val_loss)) this.fail(notFinite.validation(Number(val_loss), this.epoch));
  }

  private isFine(loss: number | undefined): boolean {
    return loss === undefined || Number.isFinite(loss) || this.model.stopTraining;
  }

  private fail(fault: string): never {
    const { data } = this;
    const { optimizer, history } = this.model;
    throw new NotFiniteError(fault + likelyCause({ data, optimizer }), history);
  }
}
