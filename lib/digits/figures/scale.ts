/** An axis range with tick marks at round numbers. */
export interface Scale {
  readonly from: number;
  readonly to: number;
  /** Distance between two tick marks. */
  readonly step: number;
}

/** Space beyond the last value, as a share of the axis, so points at the end are not clipped. */
const ROOM = 0.02;

/**
 * Returns an axis for values with an origin at 0, such as losses and counts. The axis starts at 0, or at a
 * round number below for negative values, and ends above the largest value.
 *
 * @param values any numbers; non-finite values are ignored.
 */
export function lossScale(values: readonly number[]): Scale {
  const [low, high] = extent(values, 0);
  return scale(0 - roundUp(-low), roundUp(high));
}

/**
 * Returns an axis for shares, such as accuracy. The axis ends at 1 and starts below the smallest value.
 *
 * @param values shares between 0 and 1; non-finite values are ignored.
 */
export function shareScale(values: readonly number[]): Scale {
  const [low] = extent(values, 1);
  return scale(rounded(1 - (roundUp(1 - low) || 1)), 1);
}

/** Returns an axis for epochs, with at most six tick marks. */
export const epochScale = (epochs: number): Scale => ({
  ...{ from: 0, to: epochs * (1 + ROOM), step: Math.max(1, roundUp(epochs / 5)) },
});

/** Lists the tick marks of an axis, with their labels. */
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

function extent(values: readonly number[], origin: number): [low: number, high: number] {
  const all = [origin, ...values.filter(Number.isFinite)];
  return [Math.min(...all), Math.max(...all)];
}

/** Rounds up to 1, 2 or 5 times a power of ten; returns 0 for values up to 0. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = [1, 2, 5].find(digit => digit * power >= value * (1 - 1e-9)) ?? 10;
  return rounded(digit * power);
}

/** Removes floating-point errors: 1 - 0.9 becomes 0.1. */
const rounded = (value: number) => Number(value.toPrecision(10));
