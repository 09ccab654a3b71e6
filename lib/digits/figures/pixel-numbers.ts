import type { Data, LayoutAxis } from 'plotly.js';
import { text } from '../language';
import { type Figure, figure, GREYS } from './figure';
import { onlyPicture, type Pictures } from './pictures';

/** Where, in shares of the width, the picture ends and the numbers begin. */
const PICTURE = 0.19;
const NUMBERS = 0.235;

/**
 * Shows a digit beside the numbers that it is made of, each number in the place of its pixel.
 *
 * @param image a single picture as loaded, `[1, height, width]`.
 * @throws RangeError unless it is a single picture.
 * @example
 * const { data } = pixelNumbers({ shape: [1, 1, 2], data: [0, 255] });
 * data.length; // 2
 */
export function pixelNumbers(image: Pictures): Figure {
  const { pixels, height, width } = onlyPicture(image);
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from(pixels.subarray(y * width, (y + 1) * width)),
  );
  const shared = {
    type: 'heatmap',
    z: rows,
    zmin: 0,
    zmax: 255,
    showscale: false,
    hovertemplate: text({
      zh: '第 %{y} 行，第 %{x} 列：%{z}<extra></extra>',
      en: 'row %{y}, column %{x}: %{z}<extra></extra>',
    }),
  };
  const picture = { ...shared, colorscale: GREYS } as Data;
  const numbers = {
    ...shared,
    xaxis: 'x2',
    yaxis: 'y2',
    // So light a blue that the numbers stay readable on it.
    colorscale: [
      [0, 'white'],
      [1, '#8fc4e8'],
    ],
    texttemplate: '%{z}',
    // Without a size, so that Plotly takes the largest that fits the cells.
    textfont: { color: '#222222' },
  } as Data;
  const lit = pixels.filter(value => value > 0);
  return figure(
    [picture, numbers],
    {
      height: 500,
      margin: { l: 10, r: 10, t: 25, b: 10 },
      xaxis: { ...hidden('y'), domain: [0, PICTURE], constrain: 'domain' },
      yaxis: { ...hidden('x'), ...downwards, scaleanchor: 'x', constrain: 'domain' },
      xaxis2: { ...counted('y2'), domain: [NUMBERS, 1], side: 'top' },
      yaxis2: { ...counted('x2'), ...downwards },
    },
    text({
      zh: `一张图，就是 ${height} × ${width} 个数：0 是黑，255 是白。其中 ${lit.length} 个不是 0，最大的是 ${Math.max(0, ...lit)}。`,
      en: `A picture is ${height} × ${width} numbers: 0 is black, 255 is white. Here ${lit.length} are not 0, and the largest is ${Math.max(0, ...lit)}.`,
    }),
  );
}

const downwards = { autorange: 'reversed' } as const;

const hidden = (anchor: 'x' | 'y'): Partial<LayoutAxis> => ({
  anchor,
  visible: false,
  fixedrange: true,
});

const counted = (anchor: 'x2' | 'y2'): Partial<LayoutAxis> => ({
  anchor,
  tick0: 0,
  dtick: 1,
  ticks: '',
  tickfont: { size: 10, color: '#767676' },
  showgrid: false,
  zeroline: false,
  fixedrange: true,
});
