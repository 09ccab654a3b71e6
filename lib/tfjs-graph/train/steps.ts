/** Divides an epoch into steps, and decides when the model gets their weights. */
import type { Part, Steps, StepValues } from './trainer';

/** Steps of one size that are handed over together. */
export interface Call {
  readonly steps: number;
  readonly batchSize: number;
}

/**
 * Divides samples into steps, and the steps into calls: of so many steps as `next` says when it comes
 * to the call, while there are so many, and one with the step of the samples left over.
 */
export function* callsOf(
  samples: number,
  batchSize: number,
  next: () => number,
): Generator<Call, void> {
  for (let left = Math.floor(samples / batchSize); left > 0; ) {
    const steps = Math.min(left, next());
    left -= steps;
    yield { steps, batchSize };
  }
  const rest = samples % batchSize;
  if (rest > 0) yield { steps: 1, batchSize: rest };
}

/**
 * All calls, of the same number of steps.
 *
 * @example
 * planCalls(48001, 64, 50).length; // 16
 */
export function planCalls(samples: number, batchSize: number, stepsPerCall: number): Call[] {
  return [...callsOf(samples, batchSize, () => stepsPerCall)];
}

export const rowsFrom = (start: number, count: number): Int32Array =>
  new Int32Array(count).map((_, i) => start + i);

/**
 * Hands each call the rows of its samples, in their order.
 *
 * @param rows of all samples of the calls.
 */
function* withRows(
  calls: Iterable<Call>,
  rows: Int32Array,
): Generator<{ readonly call: Call; readonly rows: Int32Array; readonly isLast: boolean }, void> {
  let seen = 0;
  for (const call of calls) {
    const from = seen;
    seen += call.steps * call.batchSize;
    yield { call, rows: rows.subarray(from, seen), isLast: seen === rows.length };
  }
}

/**
 * Measures samples step by step.
 *
 * @param most steps that may be taken together.
 * @param take the steps of a call, on samples of these rows.
 * @returns the means over all samples.
 */
export function meansOver(
  { start, count }: Pick<Part, 'start' | 'count'>,
  batchSize: number,
  most: number,
  take: (call: Call, rows: Int32Array) => readonly StepValues[],
): StepValues {
  const means = new SampleMeans();
  for (const { call, rows } of withRows(
    planCalls(count, batchSize, most),
    rowsFrom(start, count),
  )) {
    for (const values of take(call, rows)) means.add(values, call.batchSize);
  }
  return means.value();
}

/** Means over samples, of the values of steps of several sizes. */
export class SampleMeans {
  private readonly sums: number[] = [];
  private samples = 0;

  add(values: StepValues, batchSize: number): void {
    for (const [i, value] of values.entries()) {
      this.sums[i] = (this.sums[i] ?? 0) + value * batchSize;
    }
    this.samples += batchSize;
  }

  value(): StepValues {
    return this.sums.map(sum => sum / this.samples);
  }
}

/** Takes steps on weights of its own, which the model gets now and then. */
interface StepTaker {
  readonly live: boolean;
  readonly calls: Iterable<Call>;
  train(call: Call, rows: Int32Array): readonly StepValues[];
  validate?(): StepValues;
  /** Reads what was assigned to the model's weights. */
  push(): void;
  /** Hands the model the weights, and the optimizer the state, of the last step. */
  pull(): void;
}

/** Takes the steps of an epoch, see {@link Trainer.epoch}: the one place that knows when to push and pull. */
export function* epochOf(taker: StepTaker, rows: Int32Array): Generator<Steps, void> {
  taker.push();
  let isAhead = false;
  try {
    for (const { call, rows: own, isLast } of withRows(taker.calls, rows)) {
      // Also if it fails midway: some of its steps may have been taken.
      isAhead = true;
      const values = taker.train(call, own);
      if (taker.live || isLast) {
        taker.pull();
        isAhead = false;
      }
      const validation = isLast ? taker.validate?.() : undefined;
      yield { batchSize: call.batchSize, values, validation };
      if (taker.live) taker.push();
    }
  } finally {
    if (isAhead) taker.pull();
  }
}
