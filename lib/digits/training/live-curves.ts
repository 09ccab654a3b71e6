import * as tf from '@tensorflow/tfjs';
import { historyCurves, type Run } from '../figures/history-curves';
import { historyPicture } from '../figures/history-picture';
import { StepMeans } from '../figures/step-means';
import { inKerasNames, kerasMetricName } from '../format';
import { LiveDisplay } from '../notebook/display';
import { stepsPerEpoch } from './progress';

/** Milliseconds between two redraws. */
const REDRAW = 100;

/**
 * Draws loss and accuracy below the cell during training, step by step, then replaces the drawing by a figure.
 *
 * @param options.beside another training for comparison: a result of `model.fit`, or `ORIGINAL_RUN`.
 * @returns a callback for `model.fit`, alone or in a list.
 * @example
 * curves({ beside: figures.ORIGINAL_RUN });
 */
export const curves = (options: { readonly beside?: Run } = {}): LiveCurves =>
  new LiveCurves(options);

/** Callback that redraws a picture during training and shows the final figure at the end. */
export class LiveCurves extends tf.Callback {
  readonly weightsAt = [];
  private display = new LiveDisplay();
  private history: Record<string, number[]> = {};
  private steps: StepMeans | undefined;
  private epochs = 1;
  private drawn = 0;

  constructor(private readonly options: { readonly beside?: Run }) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    const { epochs = 1, metrics = [] } = this.params as { epochs?: number; metrics?: string[] };
    // Each training gets a separate figure.
    this.display = new LiveDisplay();
    this.history = {};
    this.epochs = epochs;
    const names = metrics.map(kerasMetricName);
    for (const name of names) this.history[name] = [];
    const ofTraining = names.filter(name => !name.startsWith('val_'));
    this.steps = new StepMeans(ofTraining.slice(0, 2), stepsPerEpoch(this.params), epochs);
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

  override async onTrainEnd(): Promise<void> {
    this.finish();
  }

  /**
   * Replaces the picture by the figure. Must also be called after an error, because TensorFlow.js then skips
   * `onTrainEnd`.
   */
  finish(): void {
    const { history, steps, options } = this;
    if (steps) this.display.figure(historyCurves(history, { steps, ...options }));
    this.steps = undefined;
  }

  private draw(): void {
    const { history, steps, options, epochs } = this;
    this.display.picture(historyPicture(history, { steps, ...options, epochs }));
    this.drawn = performance.now();
  }
}
