import * as tf from '@tensorflow/tfjs';
import { historyCurves, type Run } from '../figures/history-curves';
import { historyPicture } from '../figures/history-picture';
import { StepMeans } from '../figures/step-means';
import { inKerasNames, kerasMetricName } from '../format';
import { LiveDisplay } from './display';

/** Options of the curves that are drawn while training goes on. */
export interface LiveCurveOptions {
  /** Another training to compare with: what `fit` returned, or `ORIGINAL_RUN`. */
  readonly beside?: Run;
}

/** The facts of a training that TensorFlow.js tells a callback. */
type TrainingParams = { epochs: number; samples: number; batchSize: number; metrics: string[] };

/** Time between two pictures, in milliseconds. */
const REDRAW = 100;

/**
 * Shows the curves of a training below the cell: a picture that grows with the steps and, when
 * training is over, the figure in its place.
 */
export class LiveCurves extends tf.Callback {
  readonly weightsAt = [];
  private readonly beside: Run | undefined;
  private readonly display = new LiveDisplay();
  private readonly history: Record<string, number[]> = {};
  private steps?: StepMeans;
  private epochs = 1;
  private drawn = 0;

  /** @param options `true` for the curves alone. */
  constructor(options: LiveCurveOptions | true) {
    super();
    this.beside = options === true ? undefined : options.beside;
  }

  override async onTrainBegin(): Promise<void> {
    const { epochs, samples, batchSize, metrics } = this.params as TrainingParams;
    this.epochs = epochs;
    const names = metrics.map(kerasMetricName);
    for (const name of names) this.history[name] = [];
    const ofTraining = names.filter(name => !name.startsWith('val_'));
    this.steps = new StepMeans(ofTraining.slice(0, 2), Math.ceil(samples / batchSize), epochs);
    this.draw();
  }

  override async onBatchEnd(_batch: number, logs: tf.Logs = {}): Promise<void> {
    this.steps?.add(inKerasNames(logs as Record<string, number>));
    if (performance.now() - this.drawn >= REDRAW) this.draw();
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    for (const [name, value] of Object.entries(inKerasNames(logs))) {
      this.history[name]?.push(Number(value));
    }
  }

  /** Puts the figure in place of the picture. Call it however training ended. */
  finish(): void {
    const { history, steps, beside } = this;
    if (steps) this.display.figure(historyCurves(history, { steps, beside }));
  }

  private draw(): void {
    const { history, steps, beside, epochs } = this;
    this.display.picture(historyPicture(history, { steps, beside, epochs }));
    this.drawn = performance.now();
  }
}
