/** Cells of all kinds, run one after the other in the kernels, and what they come to. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the kernels differ: the rows of the table in `lib/kernel/README.md`. */
export const DIFFERENCES = {
  types: 'types',
  modules: 'packages, files, Node’s own names',
  namespace: '`namespace`',
  promise: 'a `Promise`, printed',
} as const;

/** Reads blocks of `--- title`, code, and, each below a line `=>`, what it comes to. */
const blocksIn = (file: string) =>
  readFileSync(join(__dirname, file), 'utf8')
    .split(/^---/m)
    .slice(1)
    .map(block => {
      const [title = '', ...lines] = block.slice(0, -1).split('\n');
      const [code = '', ...outcomes] = lines.join('\n').split(/\n=>(?:\n|$)/);
      return { title: title.trim(), code, outcomes: outcomes.map(outcome => outcome.trimEnd()) };
    });

/**
 * Cells for both kernels. One that comes out otherwise on them is below a key of {@link DIFFERENCES}, and has
 * what the browser's kernel prints, or `Name: message` if the cell fails, and the same of the installed one.
 */
export const cells = blocksIn('cells.txt').map(
  ({ title, code, outcomes: [inBrowser, installed] }) =>
    inBrowser === undefined || installed === undefined
      ? { code }
      : { code, differs: { by: title as keyof typeof DIFFERENCES, inBrowser, installed } },
);

/**
 * Cells that fail, or show errors, and what each comes to in every browser: `[here]` is the number of the
 * cell, and `[above]` that of an earlier one.
 */
export const errorCells = blocksIn('error-cells.txt').map(
  ({ code, outcomes: [outcome = ''] }) => [code.replaceAll('␍', '\r'), outcome] as const,
);
