/** An axis from one value to another, with marks at round numbers. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** The distance between two marks. */
  readonly step: number;
}

/** Room beyond the last value, as a share of the axis: a point on the rim is drawn whole. */
const ROOM = 0.02;

/**
 * Lays out the axis for values that are best near 0, such as losses, or that count from it: it begins at
 * 0, or at a round number below it if a value is negative, and ends above the largest.
 *
 * @param values any numbers; those that are not finite are left out.
 */
export function lossScale(values: readonly number[]): Scale {
  const [low, high] = extent(values, 0);
  return scale(0 - roundUp(-low), roundUp(high));
}

/**
 * Lays out the axis for shares, such as accuracy: it ends at 1 and begins below the smallest value.
 *
 * @param values between 0 and 1; those that are not finite are left out.
 */
export function shareScale(values: readonly number[]): Scale {
  const [low] = extent(values, 1);
  return scale(rounded(1 - (roundUp(1 - low) || 1)), 1);
}

/** Lays out the axis around values that differ little, such as the losses of many epochs. */
export function closeScale(values: readonly number[]): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = roundUp((high - low) / 3);
  const [from, to] = [Math.floor(rounded(low / step)), Math.ceil(rounded(high / step))];
  return scale(rounded(from * step), rounded(to * step));
}

/** Lays out the axis of so many epochs, with at most six marks. */
export const epochScale = (epochs: number): Scale => ({
  ...{ from: 0, to: epochs * (1 + ROOM), step: Math.max(1, roundUp(epochs / 5)) },
});

/** Lists the marks of an axis, with the text at each. */
export function marks({ from, to, step }: Scale): [value: number, label: string][] {
  const first = Math.ceil(rounded(from / step));
  const count = Math.floor(to / step) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const value = rounded((first + i) * step);
    return [value, Math.abs(value) >= 1e5 ? value.toExponential() : String(value)];
  });
}

function scale(from: number, to: number): Scale {
  const length = to - from || 1;
  return { from, to: from + length * (1 + ROOM), step: roundUp(length / 6) };
}

/** Finds the smallest and the largest of the values and `origin`. */
function extent(values: readonly number[], origin: number): [low: number, high: number] {
  const all = [origin, ...values.filter(Number.isFinite)];
  return [Math.min(...all), Math.max(...all)];
}

/** Rounds up to 1, 2 or 5 times a power of ten; to 0 what is not above 0. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5].find(digit => digit * power >= value * (1 - 1e-9)) ?? 10;
  return rounded(digit * power);
}

/** Takes away what binary fractions add: 1 - 0.9 becomes 0.1. */
const rounded = (value: number) => Number(value.toPrecision(10));
