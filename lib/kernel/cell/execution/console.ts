/** Replaces the console methods in both kernels. The output equals Node's, except for tables in the browser. */
import { format, inspect } from 'node:util';
import { mend } from '../errors/mend';
import type { StreamName } from '../worker-messages';

let indent = '';
const counts = new Map<string, number>();
const timers = new Map<string, number>();

const createPrinter =
  (name: StreamName) =>
  (...values: unknown[]): void =>
    void process[name].write(`${indent}${format(...values).replaceAll('\n', `\n${indent}`)}\n`);

const log = createPrinter('stdout');
const warn = createPrinter('stderr');

/** Prints the time since the label's start in Node's format: `1.234ms`, `2.345s`. */
function printElapsed(method: string, label: string, values: readonly unknown[] = []) {
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
  // Node's `table` formats tables and calls `log`.
  ...(process.platform === ('browser' as NodeJS.Platform) && {
    table: (data: unknown) => log(data),
  }),
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
  timeLog: (label = 'default', ...values: unknown[]) => printElapsed('timeLog', label, values),
  timeEnd(label = 'default') {
    printElapsed('timeEnd', label);
    timers.delete(label);
  },
  trace(...values: unknown[]) {
    const name = values.length > 0 ? `Trace: ${format(...values)}` : 'Trace';
    warn(mend(Object.assign(new Error(), { name })).stack);
  },
});

/** Resets the indentation before a cell, because the previous cell may have left a group open. */
export function resetIndent(): void {
  indent = '';
}
