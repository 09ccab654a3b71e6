import { GREYS } from './colors';
import { roundedTo } from './numbers';

/** Plots a picture aligned to an upper corner of its area. */
export const picturePlot = (
  picture: object,
  domain: [from: number, to: number],
  side: 'left' | 'right' = 'left',
) => {
  const bare = { visible: false, constrain: 'domain' } as const;
  return {
    ...{ traces: [picture], ratio: 1 },
    x: { ...bare, autorange: true, domain, constraintoward: side } as const,
    y: { ...bare, autorange: 'reversed', constraintoward: 'top' } as const,
  };
};

export const rowsOf = (values: readonly number[], width: number): number[][] =>
  Array.from({ length: values.length / width }, (_, y) => values.slice(y * width, (y + 1) * width));

/** Draws a picture as grey cells; reshapes other samples to a square or a row. */
export const greyCells = (
  shape: readonly number[],
  pixels: ArrayLike<number>,
  parts = 100,
): object => ({
  type: 'heatmap',
  z: rowsOf(Array.from(pixels, roundedTo(parts)), pictureSides(shape, pixels.length)[1]),
  // White is 1, or the largest pixel if the network does not divide by 255.
  ...{ zmin: 0, zmax: Math.max(1, ...Array.from(pixels)) },
  colorscale: GREYS,
  showscale: false,
  hovertemplate: '(%{y}, %{x}): %{z}<extra></extra>',
});

/** Returns rows and columns of a sample's shape. */
function pictureSides(shape: readonly number[], length: number): [number, number] {
  const [height = 1, width = length] = shape;
  if (shape.length > 1 && height * width === length) return [height, width];
  const side = Math.sqrt(length);
  return Number.isInteger(side) ? [side, side] : [1, length];
}
