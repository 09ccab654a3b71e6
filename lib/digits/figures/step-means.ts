/** As many points as one can tell apart in a picture of the usual width. */
const POINTS = 250;

/**
 * Takes in the values of each step as it is done, and keeps the means of so many steps in a row
 * that at most 250 points remain, however long the training. A point appears once all its steps are
 * done, since the mean of a few would stand out; only the first one shows at once what there is.
 */
export class StepMeans {
  /** Steps that a point is the mean of. */
  readonly size: number;
  /** The place of each point, in epochs: the middle of its steps. */
  readonly epochs: number[] = [];
  /** The points by the name of their loss or metric. */
  readonly values: Readonly<Record<string, number[]>>;
  private readonly sums: Record<string, number> = {};
  private steps = 0;

  /**
   * @param names of the values to keep.
   * @param stepsPerEpoch at least 1.
   * @param epochs how many are planned, at least 1.
   */
  constructor(
    names: readonly string[],
    private readonly stepsPerEpoch: number,
    epochs: number,
  ) {
    this.size = Math.ceil((stepsPerEpoch * epochs) / POINTS);
    this.values = Object.fromEntries(names.map(name => [name, []]));
  }

  /** Epochs done so far, the current one in part. */
  get reached(): number {
    return this.steps / this.stepsPerEpoch;
  }

  add(step: Readonly<Record<string, number>>): void {
    const at = Math.floor(this.steps / this.size);
    const count = (this.steps % this.size) + 1;
    const isShown = count === this.size || at === 0;
    if (isShown) this.epochs[at] = (at * this.size + count / 2) / this.stepsPerEpoch;
    for (const [name, points] of Object.entries(this.values)) {
      const sum = (count > 1 ? (this.sums[name] ?? 0) : 0) + (step[name] ?? Number.NaN);
      this.sums[name] = sum;
      if (isShown) points[at] = sum / count;
    }
    this.steps++;
  }
}
