/**
 * Colours for the colour-blind (Okabe and Ito), each with a fixed meaning. Blue: the network's output and
 * training data. Orange: wrong. Green: the correct answer that the network missed. Purple: validation and test
 * data. Signed values, such as weights, have a separate scale from blue over white to orange, explained by a
 * colour bar.
 */
export const COLORS = {
  blue: '#0072B2',
  orange: '#D55E00',
  green: '#009E73',
  purple: '#CC79A7',
  /** Text and moving elements. */
  ink: '#222222',
  /** Neutral: neither right nor wrong. */
  plain: '#9a9a9a',
  /** Axes, edges and small print. */
  quiet: '#767676',
  grid: '#dddddd',
} as const;

/** Returns a scale of evenly spaced colours, from the smallest value to the largest. */
export const colorScale = (...colors: string[]) =>
  colors.map((color, i): [number, string] => [i / (colors.length - 1), color]);

export const GREYS = colorScale('black', 'white');

/** Blue below 0 (the middle), orange above. */
export const DIVERGING = colorScale(COLORS.blue, 'white', COLORS.orange);

/** Returns a colour bar above or below the plot. */
export const colorBar = (text: string, side: 'top' | 'bottom', len: number): object => ({
  title: { text, side },
  orientation: 'h',
  thickness: 12,
  lenmode: 'pixels',
  len,
  y: side === 'top' ? 1 : 0,
  yanchor: side === 'top' ? 'bottom' : 'top',
});
