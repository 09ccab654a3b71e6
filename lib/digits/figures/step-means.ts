/** Maximum number of distinguishable points in a picture of usual width. */
const POINTS = 250;

/**
 * Averages the values of steps in groups of equal size, so at most 250 points remain for any length of
 * training. A point appears after all its steps, because the mean of a few would be noisy. Only the first point
 * is shown at once.
 */
export class StepMeans {
  readonly size: number;
  /** Position of each point in epochs: the middle of its steps. */
  readonly epochs: number[] = [];
  /** Points by the name of the loss or metric. */
  readonly values: Readonly<Record<string, number[]>>;
  private readonly sums: Record<string, number> = {};
  private steps = 0;

  /**
   * @param names names of the averaged values.
   * @param stepsPerEpoch number of steps, at least 1.
   * @param epochs number of planned epochs, at least 1.
   */
  constructor(
    names: readonly string[],
    private readonly stepsPerEpoch: number,
    epochs: number,
  ) {
    this.size = Math.ceil((stepsPerEpoch * epochs) / POINTS);
    this.values = Object.fromEntries(names.map(name => [name, []]));
  }

  /** Number of completed epochs, with the current one as a fraction. */
  get reached(): number {
    return this.steps / this.stepsPerEpoch;
  }

  add(step: Readonly<Record<string, number>>): void {
    const index = Math.floor(this.steps / this.size);
    const count = (this.steps % this.size) + 1;
    const isShown = count === this.size || index === 0;
    if (isShown) this.epochs[index] = (index * this.size + count / 2) / this.stepsPerEpoch;
    for (const [name, points] of Object.entries(this.values)) {
      const sum = (count > 1 ? (this.sums[name] ?? 0) : 0) + (step[name] ?? Number.NaN);
      this.sums[name] = sum;
      if (isShown) points[index] = sum / count;
    }
    this.steps++;
  }
}
