/** Divides an epoch into steps, and decides when the model gets their weights. */
import type { Call, Part, Steps, StepValues, Trainer, TrainerInput } from './trainer';

/**
 * Divides the samples of these rows into steps, and the steps into calls: of at most so many steps as `next`
 * says when it comes to the call. The samples left over are a step, and a call, of their own.
 */
export function* callsOf(
  rows: Int32Array,
  batchSize: number,
  next: () => number,
): Generator<Call & { readonly isLast: boolean }, void> {
  for (let from = 0; from < rows.length; ) {
    const left = rows.length - from;
    const size = Math.min(batchSize, left);
    const steps = Math.min(Math.floor(left / size), next());
    const own = rows.subarray(from, from + steps * size);
    from += own.length;
    yield { steps, batchSize: size, rows: own, isLast: from === rows.length };
  }
}

export const rowsFrom = (start: number, count: number): Int32Array =>
  new Int32Array(count).map((_, i) => start + i);

/**
 * Measures samples step by step.
 *
 * @param most steps that may be taken together.
 * @returns the means over all samples.
 */
export function meansOver(
  { start, count }: Part,
  batchSize: number,
  most: number,
  take: (call: Call) => readonly StepValues[],
): StepValues {
  const means = new SampleMeans();
  for (const call of callsOf(rowsFrom(start, count), batchSize, () => most)) {
    for (const values of take(call)) means.add(values, call.batchSize);
  }
  return means.value();
}

/** Means over samples, of the values of steps of several sizes. */
export class SampleMeans {
  private sums: StepValues = [];
  private samples = 0;

  add(values: StepValues, batchSize: number): void {
    this.sums = values.map((value, i) => (this.sums[i] ?? 0) + value * batchSize);
    this.samples += batchSize;
  }

  value(): StepValues {
    return this.sums.map(sum => sum / this.samples);
  }
}

/**
 * Takes the steps of an epoch on the samples of these rows, in their order.
 *
 * It begins with the weights that the model has. When it ends, even if the caller breaks off, the model has
 * the weights, and its optimizer the state, of the last step that was taken. A live training gives the model
 * these after each step, and takes over before the next one what was assigned to them; another one after
 * those of `stops`.
 *
 * @param past steps of the epochs before.
 */
export function* epochOf(
  trainer: Trainer,
  { live, batchSize, validation, stops = [] }: TrainerInput,
  rows: Int32Array,
  past = 0,
): Generator<Steps, void> {
  let taken = past;
  const next = () => {
    const most = trainer.stepsAtOnce?.() ?? 1;
    const toStop = stops.filter(stop => stop > taken).map(stop => stop - taken);
    return live ? 1 : Math.min(most, ...toStop);
  };
  trainer.push?.();
  let isAhead = false;
  try {
    for (const call of callsOf(rows, batchSize, next)) {
      // Also if it fails midway: some of its steps may have been taken.
      isAhead = true;
      const values = trainer.train(call);
      taken += call.steps;
      if (live || call.isLast || stops.includes(taken)) {
        trainer.pull?.();
        isAhead = false;
      }
      const validated = call.isLast && validation ? trainer.validate(validation) : undefined;
      yield { batchSize: call.batchSize, values, validation: validated };
      if (live) trainer.push?.();
    }
  } finally {
    if (isAhead) trainer.pull?.();
  }
}
