/** Has the console print as Node's does, in both kernels. */
import { format, inspect } from 'node:util';
import { mend } from './errors/mend';
import type { StreamName } from './worker-messages';

let indent = '';
const counts = new Map<string, number>();
const timers = new Map<string, number>();

const printing =
  (name: StreamName) =>
  (...values: unknown[]): void =>
    void process[name].write(`${indent}${format(...values).replaceAll('\n', `\n${indent}`)}\n`);

const log = printing('stdout');
const warn = printing('stderr');

/** Tells of the time since the label's, as Node writes it: `1.234ms`, `2.345s`. */
function timed(method: string, label: string, values: readonly unknown[] = []) {
  const start = timers.get(label);
  if (start === undefined) return warn(`Warning: No such label '${label}' for console.${method}()`);
  const ms = performance.now() - start;
  const time = ms < 1000 ? `${Number(ms.toFixed(3))}ms` : `${(ms / 1000).toFixed(3)}s`;
  log(`${label}: ${time}`, ...values);
}

function group(...values: unknown[]): void {
  if (values.length > 0) log(...values);
  indent += '  ';
}

Object.assign(console, {
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
  group,
  groupCollapsed: group,
  groupEnd() {
    indent = indent.slice(2);
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    log(`${label}: ${counts.get(label)}`);
  },
  countReset(label = 'default') {
    if (!counts.delete(label)) warn(`Warning: Count for '${label}' does not exist`);
  },
  time(label = 'default') {
    if (timers.has(label)) warn(`Warning: Label '${label}' already exists for console.time()`);
    else timers.set(label, performance.now());
  },
  timeLog: (label = 'default', ...values: unknown[]) => timed('timeLog', label, values),
  timeEnd(label = 'default') {
    timed('timeEnd', label);
    timers.delete(label);
  },
  trace(...values: unknown[]) {
    const name = values.length > 0 ? `Trace: ${format(...values)}` : 'Trace';
    warn(mend(Object.assign(new Error(), { name })).stack);
  },
});

/** Begins a cell at the left margin, however the one before it ended. */
export function endGroups(): void {
  indent = '';
}

/** Matches what takes no column, and what takes two. */
const NONE = /[\p{M}\p{Cf}]/gu;
const WIDE =
  /[\p{sc=Han}\p{sc=Hangul}\p{sc=Kana}\p{sc=Hira}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/gu;

/** Names the column of rows that are single values. */
const VALUES = 'Values';

/**
 * Draws a table as Node does.
 *
 * @param data an array, an object, a Map or a Set, of rows or of single values.
 * @param shown the columns of the rows that are shown; defaults to all.
 */
function table(data: object, shown?: readonly string[]): string {
  const isListed = data instanceof Map || data instanceof Set;
  const rows: [key: string, row: Record<string, unknown>][] = Object.entries(
    isListed ? [...data] : data,
  ).map(([key, value]) => {
    if (data instanceof Map) return [key, { Key: value[0], [VALUES]: value[1] }];
    return [key, typeof value === 'object' && value ? value : { [VALUES]: value }];
  });
  const all = new Set(rows.flatMap(([, row]) => Object.keys(row)));
  const names = [...(shown ?? all)].filter(name => name !== VALUES);
  if (all.has(VALUES)) names.push(VALUES);
  const columns = [
    [isListed ? '(iteration index)' : '(index)', ...rows.map(([key]) => key)],
    ...names.map(name => [name, ...rows.map(([, row]) => short(row, name))]),
  ].map(cells => {
    const widths = cells.map(cell => cell.replace(NONE, '').replace(WIDE, '  ').length);
    const widest = Math.max(...widths);
    const rule = '─'.repeat(widest + 2);
    const [head, ...body] = cells.map(
      (cell, i) => ` ${cell.padEnd(cell.length + widest - (widths[i] ?? 0))} `,
    );
    return [rule, head, rule, ...body, rule];
  });
  const line = (i: number, left: string, cross: string, right: string) =>
    left + columns.map(cells => cells[i]).join(cross) + right;
  return [
    line(0, '┌', '┬', '┐'),
    line(1, '│', '│', '│'),
    line(2, '├', '┼', '┤'),
    ...rows.map((_, i) => line(i + 3, '│', '│', '│')),
    line(rows.length + 3, '└', '┴', '┘'),
  ].join('\n');
}

const short = (row: object, name: string): string =>
  Object.hasOwn(row, name)
    ? inspect(row[name as keyof object], { depth: 0, maxArrayLength: 3 })
    : '';
