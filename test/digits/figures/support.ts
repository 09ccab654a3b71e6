import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import type { Figure } from '../../../lib/digits/figures/figure';
import { StepMeans } from '../../../lib/digits/figures/step-means';

/** The content of a chunk of a PNG. */
export function chunkOf(address: string, type: string): Buffer {
  const png = Buffer.from(address.replace(/^data:image\/png;base64,/, ''), 'base64');
  const index = png.indexOf(type);
  return png.subarray(index + 4, index + 4 + png.readUInt32BE(index - 4));
}

/** The pixels of a PNG without filters, a byte each, as rows. */
export function readPng(address: string): number[][] {
  const sizes = chunkOf(address, 'IHDR');
  const [width, height] = [sizes.readUInt32BE(0), sizes.readUInt32BE(4)];
  const bytes = inflateSync(chunkOf(address, 'IDAT'));
  return Array.from({ length: height }, (_, y) =>
    Array.from(bytes.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))),
  );
}

/** The address of a figure's i-th trace; the trace is a picture. */
export const sourceOf = ({ data }: Figure, i = 0) => (data[i] as { source: string }).source;

/** The pixels of a figure's i-th trace; the trace is a picture. */
export const pictureOf = (figure: Figure, i = 0): number[][] => readPng(sourceOf(figure, i));

/** The grey of a uniform picture within a figure, with the upper left corner at (x, y). */
export function greyAt(rows: number[][], x: number, y: number, side: number): number {
  const greys = new Set(rows.slice(y, y + side).flatMap(row => row.slice(x, x + side)));
  if (greys.size !== 1) throw new Error(`no whole picture at ${x}, ${y}: ${[...greys]}`);
  return [...greys][0] ?? 0;
}

/** Pictures of 4 × 4, the i-th of the grey i + 1. */
export const greyPictures = (count: number) => ({
  shape: [count, 4, 4],
  data: Uint8Array.from({ length: 16 * count }, (_, index) => Math.floor(index / 16) + 1),
});

/** A training of two epochs of four steps that has come so far. */
export function trained(losses: readonly number[]): StepMeans {
  const steps = new StepMeans(['loss', 'sparse_categorical_accuracy'], 4, 2);
  for (const loss of losses) steps.add({ loss, sparse_categorical_accuracy: 1 - loss / 10 });
  return steps;
}

/** The parts of traces of all types that tests check. */
export interface Trace {
  readonly name: string;
  readonly x: number[];
  readonly y: number[];
  readonly z: (number | null)[][];
  readonly zmax: number;
  readonly text: string[] & string[][];
  readonly customdata: unknown[] & unknown[][];
  readonly x0?: number;
  readonly y0?: number;
  readonly hovertemplate?: string;
  readonly xaxis: string;
  readonly yaxis: string;
  readonly mode: string;
  readonly marker: { readonly color: string[] & string; readonly symbol: string };
}

/** The traces of a figure. */
export const traces = ({ data }: Figure): Trace[] => data as unknown as Trace[];

/** The words above a figure in order. */
export const notes = ({ layout }: Figure): string[] =>
  (layout.annotations ?? []).map(({ text }) => String(text));

/** Compares with an expected value as JSON, on one line. */
export const same = (value: unknown, json: string) => assert.equal(JSON.stringify(value), json);

/** Compares the words of a figure. */
export const says = ({ text }: Figure, expected: RegExp) => assert.match(text, expected);

/** Formats a number as d3 does, for the formats of hover texts: `.1%`, `.4f` and `.3~g`. */
function formatted(value: unknown, format = ''): string {
  const digits = Number(/\d/.exec(format));
  if (format.endsWith('%')) return `${(100 * Number(value)).toFixed(digits)}%`;
  if (format.endsWith('f')) return Number(value).toFixed(digits);
  return format === '' ? String(value) : String(Number(Number(value).toPrecision(digits)));
}

/** Returns Plotly's hover texts: a row for a trace, or rows for a heatmap. */
export function hoverTexts(trace: Trace): unknown[] {
  const { hovertemplate = '', customdata, name, x, y, z, text, x0 = 0, y0 = 0 } = trace;
  const fill = (values: Readonly<Record<string, unknown>>) =>
    hovertemplate
      .replace(/%\{(\w+)(?:\[(\d)\])?(?::([^}]+))?\}/g, (_, key, index, format) =>
        formatted(index ? Object(values[key])[index] : values[key], format),
      )
      .replace(/<extra><\/extra>$|$/, extra => (extra || !name ? '' : ` (${name})`));
  return z
    ? z.map((row, i) =>
        row.map((value, j) =>
          fill({
            x: x0 + j,
            y: y0 + i,
            z: value,
            text: text?.[i]?.[j],
            customdata: customdata?.[i]?.[j],
          }),
        ),
      )
    : (x ?? y).map((_, i) =>
        fill({ x: x?.[i] ?? i, y: y?.[i], text: text?.[i], customdata: customdata?.[i] }),
      );
}
