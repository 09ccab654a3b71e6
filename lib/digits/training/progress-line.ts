import { kerasMetricName } from '../format';

/** Mean values by name, in the order in which they are to be printed. */
export type Metrics = Readonly<Record<string, number>>;

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** Time since the first step began, in seconds. */
  readonly seconds: number;
  readonly metrics: Metrics;
}

const BAR = 30;

/**
 * Writes Keras's progress line, with a bar of 30 characters: while it runs
 * `337/750 [============>.................] - ETA: 1s - loss: 0.4321`, and once it is done
 * `750/750 [==============================] - 2s 2ms/step - loss: 0.3316`.
 *
 * The format is that of `tf.keras.utils.Progbar` in `tf.keras` 2.
 */
export function progressLine({ step, steps, seconds, metrics }: Progress): string {
  const counter = `${String(step).padStart(String(steps).length)}/${steps}`;
  return `${counter} [${bar(step, steps)}] - ${timing(step, steps, seconds)}${metricsText(metrics)}`;
}

/** Writes Keras's line for `verbose: 2`: `157/157 - 0s - loss: 0.0831`. */
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

/** Writes four decimals, or an exponent if they would show only zeros. */
function formatMetric(value: number): string {
  if (value === 0 || Math.abs(value) > 1e-3 || !Number.isFinite(value)) return value.toFixed(4);
  return value.toExponential(4).replace(/e([+-])(\d)$/, 'e$10$2');
}
