import * as tf from '@tensorflow/tfjs';
import { pixelWeights, type UnitRecord, type UnitSnapshot } from '../network/pixel-weights';

/** So many units are recorded, the first ones. */
const UNITS = 16;
/** Steps behind which they are, besides the last one of a training: in the lesson's, epochs 1 and 5 end there. */
const STEPS = [10, 100, 750, 3750];
/** The loss is the mean of so many steps. */
const LOSSES = 10;

/**
 * Records what the hidden units look for while a model trains: the weights of the first 16 at steps 0,
 * 10, 100, 750 and 3,750, as far as the training goes, and at its last step. `figures.unitsBorn` shows
 * them.
 *
 * Each training begins a new record, whose step 0 is the model as it was then.
 *
 * @returns a callback for `model.fit`, alone or with others.
 * @throws RangeError when training begins, of a model whose first dense layer reads no pixels.
 * @example
 * const units = recordUnits();
 * await model.fit(xTrain, yTrain, { batchSize: 64, callbacks: units });
 * units.snapshots[0].step; // 0
 */
export const recordUnits = (): UnitRecorder => new UnitRecorder();

/** What {@link recordUnits} returns. */
export class UnitRecorder extends tf.Callback implements UnitRecord {
  size: readonly [height: number, width: number] = [0, 0];
  readonly snapshots: UnitSnapshot[] = [];
  private step = 0;
  private losses: readonly number[] = [];
  /** The engine gives the model the weights after these steps. */
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
