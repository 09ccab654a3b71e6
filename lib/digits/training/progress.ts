import * as tf from '@tensorflow/tfjs';
import { inKerasNames, kerasMetricName } from '../format';
import { itemAt } from '../item-at';

/** Mean values by name, in print order. */
export type Metrics = Readonly<Record<string, number>>;

interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Time since the first step began, in seconds. */
  readonly seconds: number;
  readonly metrics: Metrics;
}

const BAR = 30;

/**
 * Formats Keras's progress line, with a bar of 30 characters. During the epoch: `337/750
 * [============>.................] - ETA: 1s - loss: 0.4321`. After the epoch: `750/750
 * [==============================] - 2s 2ms/step - loss: 0.3316`.
 *
 * The format follows `tf.keras.utils.Progbar` in `tf.keras` 2.
 */
export function progressLine({ step, steps, seconds, metrics }: Progress): string {
  const counter = `${String(step).padStart(String(steps).length)}/${steps}`;
  return `${counter} [${bar(step, steps)}] - ${timing(step, steps, seconds)}${metricsText(metrics)}`;
}

/** Formats Keras's line for `verbose: 2`: `157/157 - 0s - loss: 0.0831`. */
export function resultLine({ step, steps, seconds, metrics }: Progress): string {
  return `${step}/${steps} - ${seconds.toFixed(0)}s${metricsText(metrics)}`;
}

function bar(step: number, steps: number): string {
  const filled = Math.floor((BAR * step) / steps);
  if (filled === 0) return '.'.repeat(BAR);
  return `${'='.repeat(filled - 1)}${step < steps ? '>' : '='}`.padEnd(BAR, '.');
}

function timing(step: number, steps: number, seconds: number): string {
  const perStep = step > 0 ? seconds / step : 0;
  if (step < steps) return `ETA: ${eta(perStep * (steps - step))}`;
  return `${seconds.toFixed(0)}s ${stepTime(perStep)}/step`;
}

function eta(seconds: number): string {
  const [h, m, s] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  const two = (n = 0) => String(n).padStart(2, '0');
  if (seconds > 3600) return `${h}:${two(m)}:${two(s)}`;
  return seconds > 60 ? `${m}:${two(s)}` : `${s}s`;
}

function stepTime(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return `${seconds.toFixed(0)}s`;
  return seconds >= 1e-3 ? `${(seconds * 1e3).toFixed(0)}ms` : `${(seconds * 1e6).toFixed(0)}us`;
}

function metricsText(metrics: Metrics): string {
  return Object.entries(metrics)
    .map(([name, value]) => ` - ${kerasMetricName(name)}: ${formatMetric(value)}`)
    .join('');
}

/** Formats four decimals, or an exponent if the decimals would all be zeros. */
function formatMetric(value: number): string {
  if (value === 0 || Math.abs(value) > 1e-3 || !Number.isFinite(value)) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Returns the number of steps of an epoch; 1 for a dataset of unknown size. */
export function stepsPerEpoch(params: tf.Callback['params']): number {
  const { steps, samples, batchSize } = params as Record<string, number | null>;
  return steps ?? Math.max(1, Math.ceil((samples ?? 0) / (batchSize ?? 1)));
}

/** Milliseconds between two redraws. */
const REDRAW = 100;

/** Shows Keras's progress: one line per epoch, redrawn in place, with the means over the epoch's steps so far. */
export class ProgressCallback extends tf.Callback {
  readonly weightsAt = [];

  /** Current epoch and step, both counted from 1. */
  position = { epoch: 0, step: 0, steps: 0 };

  /** The loss of the very first step. */
  firstLoss: number | undefined;

  /** Sums by name, over the samples of the epoch so far. */
  private sums: Record<string, number> = {};
  private samples = 0;
  private epochStart = 0;
  private drawn = 0;
  private width = 0;

  /** @param verbose 0 shows nothing, 1 a line with a bar, 2 one line per epoch without a bar. */
  constructor(
    private readonly write: (text: string) => void,
    private readonly verbose: 0 | 1 | 2,
  ) {
    super();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    const { epochs } = this.params;
    this.position = { epoch: epoch + 1, step: 0, steps: stepsPerEpoch(this.params) };
    this.sums = {};
    this.samples = 0;
    this.epochStart = performance.now();
    if (this.verbose) this.write(`Epoch ${epoch + 1}/${epochs}\n`);
  }

  override async onBatchEnd(
    batch: number,
    { batch: _, size = 0, ...values }: tf.Logs = {},
  ): Promise<void> {
    const step = batch + 1;
    const steps = Math.max(step, this.position.steps);
    this.position = { ...this.position, step, steps };
    this.samples += size;
    for (const [name, value] of Object.entries(values))
      this.sums[name] = (this.sums[name] ?? 0) + size * value;
    this.firstLoss ??= values.loss;
    const now = performance.now();
    if (this.verbose === 1 && now - this.drawn >= REDRAW) {
      this.draw(this.means());
      this.drawn = now;
    }
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    // Means come first, then the validation values from the logs.
    const metrics = { ...this.means(), ...logs };
    if (this.verbose === 1) this.draw(metrics);
    if (this.verbose === 2) this.write(resultLine(this.progress(metrics)));
    if (this.verbose) this.write('\n');
    this.width = 0;
  }

  /** Returns means over the epoch's steps so far, weighted by number of samples, under Keras's names. */
  private means(): Metrics {
    const means = Object.entries(this.sums).map(([name, sum]) => [name, sum / this.samples]);
    return inKerasNames(Object.fromEntries(means));
  }

  private draw(metrics: Metrics): void {
    const line = progressLine(this.progress(metrics));
    this.write(`\r${line.padEnd(this.width)}`);
    this.width = line.length;
  }

  private progress(metrics: Metrics) {
    const seconds = (performance.now() - this.epochStart) / 1000;
    return { ...this.position, seconds, metrics };
  }
}

/**
 * Converts the logs for later callbacks and for the history: numbers instead of tensors, and Keras's names and
 * order, with the validation last. The progress lines print the same names. TensorFlow.js's names stay readable
 * as non-enumerable properties.
 */
export class KerasLogs extends tf.Callback {
  readonly weightsAt = [];

  /** @param renamesSteps whether another callback may also read the logs of single steps. */
  constructor(private readonly renamesSteps: boolean) {
    super();
  }

  override async onBatchEnd(_batch: number, logs: tf.Logs = {}): Promise<void> {
    useNumbers(logs);
    if (this.renamesSteps) rename(logs);
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    useNumbers(logs);
    rename(logs);
  }
}

function useNumbers(logs: Record<string, number | tf.Tensor>): void {
  for (const [name, value] of Object.entries(logs)) {
    if (typeof value === 'number') continue;
    logs[name] = itemAt(value.dataSync(), 0);
    value.dispose();
  }
}

function rename(logs: tf.Logs): void {
  const values = { ...logs };
  for (const name of Object.keys(values)) delete logs[name];
  const isOfValidation = ([name]: [string, unknown]) => Number(name.startsWith('val_'));
  const sorted = Object.entries(values).sort((a, b) => isOfValidation(a) - isOfValidation(b));
  Object.assign(logs, inKerasNames(Object.fromEntries(sorted)));
  for (const [name, value] of Object.entries(values)) {
    if (!(name in logs)) Object.defineProperty(logs, name, { value });
  }
}

let line = '';

/**
 * Writes to the standard output. Looks up `process.stdout` at each call, because the kernel installs a new
 * writer for each cell. In a page, complete lines go to the console.
 */
export function toStandardOutput(text: string): void {
  const stdout = globalThis.process?.stdout as NodeJS.WriteStream | undefined;
  if (stdout) {
    stdout.write(text);
    return;
  }
  const lines = (line + text).split('\n');
  line = lines.pop() ?? '';
  // After several redraws, only the last version of the line counts.
  for (const text of lines) console.log(text.slice(text.lastIndexOf('\r') + 1));
}
