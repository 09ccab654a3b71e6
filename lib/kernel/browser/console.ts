/** A console that prints as Node's does. */
import inspector, { format, inspect } from 'node-inspect-extracted';
import type { StreamName } from '../worker-messages';
import { mend } from './errors';
import { host } from './host';

/** Counts the columns that a text takes, two for a Chinese character; the types leave it out. */
const { getStringWidth } = inspector as unknown as { getStringWidth(text: string): number };

let indent = '';
const counts = new Map<string, number>();
const timers = new Map<string, number>();

function print(name: StreamName, text: string): void {
  host.write(name, `${indent}${text.replaceAll('\n', `\n${indent}`)}\n`);
}

const printing =
  (name: StreamName) =>
  (...values: unknown[]): void =>
    print(name, format(...values));

const log = printing('stdout');
const warn = printing('stderr');

/** Milliseconds as Node writes them: `1.234ms`, `2.345s`. */
function duration(label: string): string {
  const milliseconds = performance.now() - (timers.get(label) ?? Number.NaN);
  return milliseconds < 1000
    ? `${Number(milliseconds.toFixed(3))}ms`
    : `${(milliseconds / 1000).toFixed(3)}s`;
}

function timed(label: string, ...values: unknown[]): void {
  if (!timers.has(label)) warn(`Warning: No such label '${label}' for console.timeLog()`);
  else log(`${label}: ${duration(label)}`, ...values);
}

const methods = {
  log,
  info: log,
  debug: log,
  warn,
  error: warn,
  dir: (value: unknown, options?: object) =>
    log(inspect(mend(value), { customInspect: false, ...options })),
  dirxml: log,
  table: (data: unknown, columns?: readonly string[]) =>
    log(typeof data === 'object' && data ? table(data, columns) : data),
  assert(isRight?: unknown, ...values: unknown[]) {
    if (isRight) return;
    if (typeof values[0] === 'string') values[0] = `Assertion failed: ${values[0]}`;
    else values.unshift('Assertion failed');
    warn(...values);
  },
  group(...values: unknown[]) {
    if (values.length > 0) log(...values);
    indent += '  ';
  },
  groupEnd() {
    indent = indent.slice(2);
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    log(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = 'default') => void counts.delete(label),
  time: (label = 'default') => void timers.set(label, performance.now()),
  timeLog: (label = 'default', ...values: unknown[]) => timed(label, ...values),
  timeEnd(label = 'default') {
    timed(label);
    timers.delete(label);
  },
  trace: (...values: unknown[]) => warn('Trace:', ...values),
};

Object.assign(console, methods, { groupCollapsed: methods.group });

/** Begins a cell at the left margin, however the one before it ended. */
export function endGroups(): void {
  indent = '';
}

const VALUES = 'Values';

/**
 * Draws a table as Node does.
 *
 * @param data an array, an object, a Map or a Set, of rows or of single values.
 * @param columns of the rows that are shown; defaults to all.
 */
function table(data: object, columns?: readonly string[]): string {
  const rows = entriesOf(data);
  const index = data instanceof Map || data instanceof Set ? '(iteration index)' : '(index)';
  const isRow = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  const found = rows.flatMap(([, value]) => (isRow(value) ? Object.keys(value) : []));
  const names = [...(columns ?? new Set(found))];
  const header = [index, ...names];
  if (rows.some(([, value]) => !isRow(value))) header.push(VALUES);
  const lines = rows.map(([key, value]) =>
    header.map((name, column) => {
      if (column === 0) return key;
      if (column > names.length) return isRow(value) ? '' : short(value);
      return isRow(value) && name in value ? short(value[name]) : '';
    }),
  );
  const widths = header.map((name, i) =>
    Math.max(...[name, ...lines.map(line => line[i] ?? '')].map(text => getStringWidth(text))),
  );
  const rule = (left: string, cross: string, right: string) =>
    left + widths.map(width => '─'.repeat(width + 2)).join(cross) + right;
  const row = (cells: readonly string[]) =>
    `│${cells.map((cell, i) => ` ${cell}${' '.repeat((widths[i] ?? 0) - getStringWidth(cell))} `).join('│')}│`;
  return [
    rule('┌', '┬', '┐'),
    row(header),
    rule('├', '┼', '┤'),
    ...lines.map(row),
    rule('└', '┴', '┘'),
  ].join('\n');
}

function entriesOf(data: object): [key: string, value: unknown][] {
  if (data instanceof Map)
    return [...data].map(([Key, value], i) => [String(i), { Key, [VALUES]: value }]);
  if (data instanceof Set) return [...data].map((value, i) => [String(i), value]);
  return Object.entries(data);
}

const short = (value: unknown): string => inspect(value, { depth: 0, maxArrayLength: 3 });
