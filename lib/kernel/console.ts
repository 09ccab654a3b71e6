/** A console that prints as Node's does, in both kernels. */
import { mend } from './errors/mend';
import { format, inspect, widthOf } from './inspect';
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
function timed(method: string, label: string, values: readonly unknown[] = []): void {
  const start = timers.get(label);
  if (start === undefined) {
    warn(`Warning: No such label '${label}' for console.${method}()`);
    return;
  }
  const ms = performance.now() - start;
  const time = ms < 1000 ? `${Number(ms.toFixed(3))}ms` : `${(ms / 1000).toFixed(3)}s`;
  log(`${label}: ${time}`, ...values);
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
};

export const installConsole = (): object =>
  Object.assign(console, methods, { groupCollapsed: methods.group });

/** Begins a cell at the left margin, however the one before it ended. */
export function endGroups(): void {
  indent = '';
}

const VALUES = 'Values';
/** Names the one value of a row that is no object. */
const SINGLE = Symbol(VALUES);

/**
 * Draws a table as Node does.
 *
 * @param data an array, an object, a Map or a Set, of rows or of single values.
 * @param columns of the rows that are shown; defaults to all.
 */
function table(data: object, columns?: readonly string[]): string {
  const rows = entriesOf(data).map(([key, value]): [string, Record<string | symbol, unknown>] => [
    key,
    typeof value === 'object' && value !== null ? { ...value } : { [SINGLE]: value },
  ]);
  const index = data instanceof Map || data instanceof Set ? '(iteration index)' : '(index)';
  const names: (string | symbol)[] = [
    ...(columns ?? new Set(rows.flatMap(([, row]) => Object.keys(row)))),
    ...(rows.some(([, row]) => SINGLE in row) ? [SINGLE] : []),
  ];
  const lines = [
    [index, ...names.map(name => (name === SINGLE ? VALUES : String(name)))],
    ...rows.map(([key, row]) => [key, ...names.map(name => (name in row ? short(row[name]) : ''))]),
  ];
  const widths =
    lines[0]?.map((_, i) => Math.max(...lines.map(line => widthOf(line[i] ?? '')))) ?? [];
  const rule = (left: string, cross: string, right: string) =>
    left + widths.map(width => '─'.repeat(width + 2)).join(cross) + right;
  const padded = (cell: string, i: number) =>
    ` ${cell}${' '.repeat((widths[i] ?? 0) - widthOf(cell))} `;
  const [head = '', ...body] = lines.map(cells => `│${cells.map(padded).join('│')}│`);
  return [rule('┌', '┬', '┐'), head, rule('├', '┼', '┤'), ...body, rule('└', '┴', '┘')].join('\n');
}

function entriesOf(data: object): [key: string, value: unknown][] {
  if (data instanceof Map)
    return [...data].map(([Key, value], i) => [String(i), { Key, [VALUES]: value }]);
  if (data instanceof Set) return [...data].map((value, i) => [String(i), value]);
  return Object.entries(data);
}

const short = (value: unknown): string => inspect(value, { depth: 0, maxArrayLength: 3 });
