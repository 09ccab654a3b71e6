/** A console that prints as Node's does. */
import { format, inspect } from 'node-inspect-extracted';
import type { StreamName } from '../worker-messages';
import { mend } from './errors';
import { host } from './host';
import { table } from './table';

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
