/** The scripts that the cells became, and where in the cells the lines of their stacks are. */
import { SourceMap } from 'node:module';
import type { Place } from '../errors/failed';
import { withWait } from './wait';

interface Script {
  /** The cell's number, as in `[3]`. */
  readonly count: number;
  readonly source: string;
  /** As TypeScript writes it behind the script, in base64. */
  readonly map: string;
  read?: SourceMap;
}

/** Scripts that are kept, the last ones. */
const MOST = 1000;

const scripts = new Map<number, Script>();
let runs = 0;

const MAP = /\n?\/\/# sourceMappingURL=data:application\/json;(?:charset=[^;]+;)?base64,(\S+)\s*$/;

/** The number of the script that was kept last: each run of a cell has its own. */
export const lastRun = (): number => runs;

/** Keeps what is needed of a script, and gives it a name by which it stands in stacks. */
export function named(output: string, count: number, source: string): string {
  const [comment = '', map = ''] = MAP.exec(output) ?? [];
  runs++;
  scripts.set(runs, { count, source, map });
  scripts.delete(runs - MOST);
  const script = withWait(output.slice(0, output.length - comment.length), runs);
  return `${script}\n//# sourceURL=cell-${runs}.ts`;
}

const FRAME = /\bcell-(\d+)\.ts:(\d+):(\d+)/;

/** Returns the place in a cell where a line of a stack is. */
function placeOf(line: string): Place | undefined {
  const [, run, row, column] = FRAME.exec(line) ?? [];
  const script = scripts.get(Number(run));
  if (!script) return undefined;
  script.read ??= new SourceMap(JSON.parse(Buffer.from(script.map, 'base64').toString() || EMPTY));
  const entry = script.read.findEntry(Number(row) - 1, Number(column) - 1);
  // tslab puts a line before the cell.
  const found = 'originalLine' in entry ? entry.originalLine : undefined;
  if (!found) return undefined;
  return { cell: script.count, line: found, source: script.source.split('\n')[found - 1] ?? '' };
}

const EMPTY = '{"version":3,"sources":[],"names":[],"mappings":""}';

/** The most frames that are shown. */
const MOST_FRAMES = 10;

/** Lines that neither the learner has written nor a package that they use: Node's own, tslab's and the kernel's. */
const OURS = /\(?node:|[\\/]tslab[\\/]dist[\\/]|[\\/]lib[\\/]kernel[\\/]|<anonymous>\)?$/;

/** Returns the frames of a stack, the innermost first, with the cells' as places. */
export function framesOf(stack: string): (Place | string)[] {
  const lines = stack.split('\n').filter(line => /^\s+at /.test(line));
  const frames = lines.flatMap((line): (Place | string)[] => {
    const place = placeOf(line);
    if (place) return [place];
    return OURS.test(line) || FRAME.test(line) ? [] : [line.trim()];
  });
  // A recursion stands there many times.
  const isSame = (a?: Place | string, b?: Place | string) =>
    JSON.stringify(a) === JSON.stringify(b);
  return frames.filter((frame, i) => !isSame(frame, frames[i - 1])).slice(0, MOST_FRAMES);
}

/** Writes the stacks in a text that is printed as those of the cells. */
export function inCells(text: string): string {
  if (!text.includes('cell-') || !FRAME.test(text)) return text;
  return text
    .split('\n')
    .filter(line => !(/^\s+at /.test(line) && OURS.test(line) && !FRAME.test(line)))
    .map(line => {
      const place = placeOf(line);
      return place ? line.replace(FRAME, `cell [${place.cell}], line ${place.line}`) : line;
    })
    .join('\n');
}
