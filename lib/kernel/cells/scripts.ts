/** The scripts that the cells became, and where in the cells the lines of their stacks are. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import type { Place } from '../errors/failed';
import { unshared } from '../script/parameters';
import { FIRST_ROW, runnable } from './run-script';

/** A cell: its source, and its number, as in `[3]`. */
interface Cell {
  readonly code: string;
  readonly count: number;
}

interface Script extends Cell {
  readonly map: SourceMapPayload;
  read?: SourceMap;
}

/** Scripts that are kept, the last ones. */
const MOST_SCRIPTS = 1000;

const scripts = new Map<number, Script>();
let runs = 0;

/**
 * Keeps what is needed of a script, and gives it a name by which it stands in stacks.
 *
 * @returns the number of the run, of which each script has its own, and the script.
 */
export function named(script: string, map: SourceMapPayload, cell: Cell) {
  runs++;
  scripts.set(runs, { ...cell, map });
  scripts.delete(runs - MOST_SCRIPTS);
  return { run: runs, script: `${runnable(script, runs)}\n//# sourceURL=cell-${runs}.ts` };
}

const FRAME = /\bcell-(\d+)\.ts:(\d+):(\d+)/;

/** Returns the place in a cell where a line of a stack is. */
function placeOf(line: string): Place | undefined {
  const [, run, row, column] = FRAME.exec(line) ?? [];
  const script = scripts.get(Number(run));
  if (!script) return undefined;
  script.read ??= new SourceMap(script.map);
  const generated = Number(row) - FIRST_ROW;
  const entry = script.read.findEntry(generated, Number(column) - 1);
  // The lines before and behind the script call it.
  if (!('originalLine' in entry) || entry.generatedLine !== generated) return undefined;
  // tslab puts a line before the cell.
  const found = entry.originalLine;
  if (!found) return undefined;
  return { cell: script.count, line: found, source: script.code.split('\n')[found - 1] ?? '' };
}

/** Lines of Node, of packages and of the kernel, of which the learner has written none. */
const OURS = /\(?node:|[\\/]node_modules[\\/]|[\\/]lib[\\/]kernel[\\/]|<anonymous>\)?$/;

// A library calls itself often before it throws, and the cell is the last in the row.
Error.stackTraceLimit = 50;

/** The most frames of libraries that are shown. */
const MOST_FOREIGN = 3;

/** Returns the frames of an error, the innermost first, with the cells' as places. */
export function framesOf(error: unknown): (Place | string)[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  let foreign = 0;
  return stack
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .flatMap((line): (Place | string)[] => {
      const place = placeOf(line);
      if (place) return [place];
      const isLeftOut = OURS.test(line) || FRAME.test(line) || ++foreign > MOST_FOREIGN;
      return isLeftOut ? [] : [inSource(line.trim())];
    });
}

/** Returns the source of a cell, as it ran last. */
export const sourceOf = (count: number): string | undefined =>
  [...scripts.values()].reverse().find(script => script.count === count)?.code;

/** Writes the stacks in a text that is printed as those of the cells, and the names as the cells have them. */
export function inCells(printed: string): string {
  const text = unshared(printed);
  if (!text.includes('cell-') || !FRAME.test(text)) return text;
  return text
    .split('\n')
    .flatMap(line => {
      const place = placeOf(line);
      if (place) return [line.replace(FRAME, `cell [${place.cell}], line ${place.line}`)];
      const isLeftOut = /^\s+at /.test(line) && (OURS.test(line) || FRAME.test(line));
      return isLeftOut ? [] : [inSource(line)];
    })
    .join('\n');
}

/** Returns a value in words, as Node's own prompt shows it, even one that throws when it is looked at. */
export function inspected(value: unknown): string {
  try {
    return inCells(inspect(value));
  } catch {
    return `[a value of the type ${typeof value} that cannot be shown]`;
  }
}

/** Paths of the project are shown from it on. */
const project = resolve(__dirname, '..', '..', '..');

const BUILT = /(lib[\\/][\w-]+[\\/]dist)[\\/](\w+\.js):(\d+):(\d+)/;

const maps = new Map<string, SourceMap>();

/** Rewrites a line of a stack that is no cell's: its path from the project on, its place in the source. */
function inSource(line: string): string {
  return line
    .replace(join(project, '/'), '')
    .replace(BUILT, (built, folder: string, name: string, row: string, column: string) => {
      const entry = mapOf(join(project, folder, `${name}.map`)).findEntry(+row - 1, +column - 1);
      if (!('originalSource' in entry)) return built;
      const { originalSource, originalLine, originalColumn } = entry;
      return `${join(folder, originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    });
}

function mapOf(file: string): SourceMap {
  const map = maps.get(file) ?? new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
  maps.set(file, map);
  return map;
}
