import * as tf from '@tensorflow/tfjs';
import { itemAt } from '../item-at';
import { pixelWeights, type UnitRecord, type UnitSnapshot } from '../network/pixel-weights';

/** So many units are recorded, the first ones. */
const UNITS = 16;
/** Steps behind which they are, besides the last one of a training: in the lesson's, epochs 1 and 5 end there. */
const STEPS = [10, 100, 750, 3750];
/** The loss is the mean of so many steps. */
const LOSSES = 10;

/** The last record of each model. */
const records = new WeakMap<object, UnitRecorder>();

/**
 * Records what the hidden units look for while `fit` trains: the weights of the first 16 at steps 0,
 * 10, 100, 750 and 3,750, as far as the training goes, and at its last step. `figures.unitsBorn` shows
 * them.
 *
 * A training that goes on where a recorded one ended is recorded as its continuation, also by another
 * recorder, as if its cell is run again; any other begins a new record.
 *
 * @returns what `fit` takes as `callbacks`, alone or with others.
 * @throws RangeError when training begins, of a model whose first dense layer reads no pixels.
 * @example
 * const units = recordUnits();
 * await fit(model, xTrain, yTrain, { batchSize: 64, callbacks: units });
 * units.snapshots[0].step; // 0
 */
export const recordUnits = (): UnitRecorder => new UnitRecorder();

/** What {@link recordUnits} returns. */
export class UnitRecorder extends tf.Callback implements UnitRecord {
  size: readonly [height: number, width: number] = [0, 0];
  readonly snapshots: UnitSnapshot[] = [];
  private step = 0;
  private losses: readonly number[] = [];
  /** Steps that this training has taken, and those behind which the model has its weights. */
  private taken = 0;
  private stops: readonly number[] = STEPS;

  /** Steps of the training that begins: the engine hands over the weights behind them. */
  get weightsAt(): readonly number[] {
    // Also if it goes on where another one ended.
    this.stops = [...STEPS, ...STEPS.map(step => step - this.step)].filter(step => step > 0);
    return this.stops;
  }

  override async onTrainBegin(): Promise<void> {
    const weights = this.readWeights();
    const before = records.get(this.model);
    const last = before?.snapshots.at(-1)?.weights;
    const goesOn = weights.every((own, unit) => own.every((each, i) => each === last?.[unit]?.[i]));
    const snapshots = goesOn && before ? [...before.snapshots] : [{ step: 0, weights }];
    this.snapshots.splice(0, this.snapshots.length, ...snapshots);
    this.step = itemAt(snapshots, snapshots.length - 1).step;
    this.losses = [];
    this.taken = 0;
    records.set(this.model, this);
  }

  override async onBatchEnd(_batch: number, { loss }: tf.Logs = {}): Promise<void> {
    this.step++;
    this.taken++;
    if (typeof loss === 'number') this.losses = [...this.losses.slice(1 - LOSSES), loss];
    if (STEPS.includes(this.step) && this.stops.includes(this.taken)) this.record();
  }

  override async onTrainEnd(): Promise<void> {
    if (this.snapshots.at(-1)?.step !== this.step) this.record();
  }

  private record(): void {
    // Where an earlier training ended is a step like others.
    const at = this.snapshots.findIndex(({ step }) => step > 0 && !STEPS.includes(step));
    if (at >= 0) this.snapshots.splice(at, 1);
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
