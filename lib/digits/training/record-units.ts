import * as tf from '@tensorflow/tfjs';
import { pixelWeights, type UnitRecord, type UnitSnapshot } from '../network/pixel-weights';

/** Number of recorded units, from the first. */
const UNITS = 16;
/** Recorded steps, in addition to the last. Epochs 1 and 5 of the lesson's training end at 750 and 3,750. */
const STEPS = [10, 100, 750, 3750];
/** Number of steps in the mean loss. */
const LOSSES = 10;

/**
 * Records the weights of the first 16 hidden units at steps 0, 10, 100, 750 and 3,750 of a training, and at the
 * last step. `figures.unitsBorn` shows the record.
 *
 * Each training restarts the record; step 0 is the model before this training.
 *
 * @returns a callback for `model.fit`, alone or in a list.
 * @throws RangeError at the start of training, if the model's first dense layer reads no pixels.
 * @example
 * const units = recordUnits();
 * await model.fit(xTrain, yTrain, { batchSize: 64, callbacks: units });
 * units.snapshots[0].step; // 0
 */
export const recordUnits = (): UnitRecorder => new UnitRecorder();

export class UnitRecorder extends tf.Callback implements UnitRecord {
  size: readonly [height: number, width: number] = [0, 0];
  readonly snapshots: UnitSnapshot[] = [];
  private step = 0;
  private losses: readonly number[] = [];
  /** Steps after which the engine copies the weights into the model. */
  readonly weightsAt = STEPS;

  override async onTrainBegin(): Promise<void> {
    this.snapshots.length = 0;
    this.step = 0;
    this.losses = [];
    this.record();
  }

  override async onBatchEnd(_batch: number, { loss }: tf.Logs = {}): Promise<void> {
    this.step++;
    if (typeof loss === 'number') this.losses = [...this.losses.slice(1 - LOSSES), loss];
    if (STEPS.includes(this.step)) this.record();
  }

  override async onTrainEnd(): Promise<void> {
    if (this.snapshots.at(-1)?.step !== this.step) this.record();
  }

  private record(): void {
    const { step, losses } = this;
    const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
    this.snapshots.push({ step, weights: this.readWeights(), ...(losses.length > 0 && { loss }) });
  }

  private readWeights(): Float32Array[] {
    const { size, units, weightsOf } = pixelWeights(this.model);
    this.size = size;
    return Array.from({ length: Math.min(UNITS, units) }, (_, unit) => weightsOf(unit));
  }
}
