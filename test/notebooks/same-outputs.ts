/** Compares the outputs of a notebook on two kernels. */
import assert from 'node:assert/strict';
import {
  type CodeCell,
  displays,
  isCode,
  logOf,
  type Notebook,
  PLOTLY,
  textOf,
} from '../../lib/publish/notebook';

/** Outputs that may differ, by calls in the cell. */
const MAY_DIFFER: readonly { readonly call: RegExp; readonly what: 'all' | 'numbers' }[] = [
  // The versions, the device and the places of the machine.
  { call: /versions\(\)|useDevice\(|saveModel\(/, what: 'all' },
  // Initial weights are random, later outputs depend on the training, and times differ.
  {
    call: /\b(fit|evaluate|predict|forwardPass|valley|learningRates|pushes|baselines|unitsBorn|unitWeights|withoutUnits|nudge|digitPad|reveal|guesses|loss)\(|\b(history|predictions|yPred|\w*probabilities|random\w*|performance)\b/i,
    what: 'numbers',
  },
];

/** Asserts that outputs are equal, cell by cell, except those in {@link MAY_DIFFER}. */
export function assertSameOutputs(actual: Notebook, expected: Notebook): void {
  const [ours, theirs] = [actual.cells.filter(isCode), expected.cells.filter(isCode)];
  assert.deepEqual(
    ours.map(({ id }) => id),
    theirs.map(({ id }) => id),
  );
  for (const [i, cell] of ours.entries()) {
    const other = theirs[i] as CodeCell;
    const source = textOf(cell.source);
    const may = MAY_DIFFER.find(({ call }) => call.test(source))?.what;
    assert.deepEqual(kinds(cell), kinds(other), `${source}\n${logOf(cell)}`);
    if (may === 'all') continue;
    const format = may === 'numbers' ? withoutNumbers : exactly;
    assert.deepEqual(format(cell), format(other), source);
  }
}

/**
 * The kinds of a cell's outputs in order; neither a picture that was saved beside a figure nor the
 * line of the data counts.
 */
const kinds = ({ outputs }: CodeCell): string[] =>
  outputs.flatMap(output => {
    if ('data' in output) {
      const types = Object.keys(output.data).filter(type => type !== 'image/png');
      return types.sort().join(' ');
    }
    if (output.output_type !== 'stream') return output.output_type;
    return lastLines(textOf(output.text)) === '' ? [] : output.name;
  });

/** Pictures that hold the same may be packed otherwise. */
const exactly = (cell: CodeCell): unknown => ({
  printed: lastLines(logOf(cell)),
  figures: JSON.parse(
    JSON.stringify(figuresOf(cell)).replace(/data:image\/png;base64,[\w+/=]+/g, 'picture'),
  ),
});

const withoutNumbers = (cell: CodeCell): unknown => ({
  printed: masked(lastLines(logOf(cell))),
  figures: figuresOf(cell).map(({ data, layout }) => ({
    traces: data.map(({ type, name }) => [type, masked(String(name ?? ''))]),
    layout: Object.keys(layout).sort(),
  })),
});

interface Figure {
  readonly data: { type?: string; name?: string }[];
  readonly layout: object;
}

const figuresOf = (cell: CodeCell): Figure[] =>
  displays(cell).flatMap(data => (PLOTLY in data ? [data[PLOTLY] as Figure] : []));

/** Keeps the last state of redrawn lines, and removes the host's progress of the data. */
const lastLines = (text: string): string =>
  text.replace(/[^\n]*\r(?!\n)/g, '').replace(/^\S+-ubyte \[=+\] 100% .*\n/gm, '');

/** Ignores the width of a tensor's columns: the numbers determine the width. */
const masked = (text: string): string =>
  text.replace(/-?\d[\d.]*(,\d{3}(?!\d))*(e-?\d+)?(us|ms|s)?/g, '#').replace(/ +(?=[,\]])/g, '');
