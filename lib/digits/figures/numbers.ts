/** Rounds to fractions of 1, such as 1000 for three decimals, to keep the saved notebook small. Never returns −0. */
export const roundedTo =
  (parts: number) =>
  (value: number): number =>
    Math.round(value * parts) / parts + 0;

/** Formats a number with a plus or a minus sign of equal width; 0 has no sign. */
export const signed = (value: number, decimals = 2): string =>
  value
    .toFixed(decimals)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−');

/** Extends the range of the values by a share of its length at both ends. */
export function paddedRange(values: readonly number[], share: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = share * (high - low || 1);
  return [low - room, high + room];
}
