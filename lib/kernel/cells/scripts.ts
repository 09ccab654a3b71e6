/** Runs the scripts that cells become, finds the lines of their stacks in the cells, and describes how cells fail. */
import { SourceMap } from 'node:module';
import { runInThisContext } from 'node:vm';
import type { Compiled } from '../compiler/checker';
import { failedWith } from '../errors/failed';
import { type Frame, functionIn, mend, mendErrors, type Place } from '../errors/mend';
import { type CellScript, early, type Given, names } from '../script/parameters';
import { Interrupt, type Run } from '../script/run';
import type { Failed } from '../worker-messages';
import { inSource, requireIn } from './modules';

const load = requireIn(process.cwd());

const MOST_SCRIPTS = 1000;

/** Of each script, the number of its cell, as in `[3]`, and what leads to the lines there. */
const scripts = new Map<number, { cell: number; map: SourceMap; moves: Compiled['moves'] }>();
let runs = 0;

/** Runs what a cell has become. */
export function runScript(run: Run, compiled: Compiled, cell: number): ReturnType<CellScript> {
  const { output, map, moves } = compiled;
  runs++;
  if (map) scripts.set(runs, { cell, map: new SourceMap(map), moves });
  scripts.delete(runs - MOST_SCRIPTS);
  const given: Given = {
    names,
    early,
    module: async (name: string) => namespaceOf(load(name)),
    member: async (from: string, name: string, as: string) => {
      names[as] = memberOf(load(from), name);
    },
    wait: run.wait,
    run: () => undefined,
    resume: (_: undefined, value: unknown) => run.wait(value),
    mend,
  };
  // The text itself calls what it makes, so that Ctrl+C in a terminal breaks it off.
  Object.assign(globalThis, {
    __run__: (make: (require: NodeJS.Require) => CellScript) => make(load)(given),
  });
  const text = `"use strict"; globalThis.__run__(require =>\n${output})\n//# sourceURL=cell-${runs}.ts`;
  return runInThisContext(text, { breakOnSigint: true });
}

/** Read as TypeScript's `esModuleInterop` has it. */
type Module = Record<string, unknown> | undefined | null;

const memberOf = (module: Module, name: string): unknown =>
  name === 'default' && !module?.__esModule ? module : module?.[name];

/** Returns what `import * as name` and `import()` give. */
function namespaceOf(module: Module): object {
  if (module?.__esModule) return module;
  const members = module && Object.getOwnPropertyDescriptors(Object(module));
  return Object.defineProperties({}, { ...members, default: { value: module, enumerable: true } });
}

const FRAME = /\bcell-(\d+)\.ts:(\d+):(\d+)/;

/** Returns the place in a cell where a line of a stack is. */
function placeOf(line: string): Place | undefined {
  const [, run, row, column] = FRAME.exec(line) ?? [];
  const script = scripts.get(Number(run));
  if (!script) return undefined;
  // The first line calls it.
  const generated = Number(row) - 2;
  const at = Number(column) - 1;
  const moves = script.moves?.[generated] ?? [];
  const { from, to } = moves.filter(({ to }) => to <= at).at(-1) ?? { from: 0, to: 0 };
  // What was put in belongs to what follows.
  const next = moves.find(({ to }) => to > at)?.from ?? Number.POSITIVE_INFINITY;
  const entry = script.map.findEntry(generated, Math.min(at + from - to, next));
  // The lines before and behind the script call it.
  if (!('originalLine' in entry) || entry.generatedLine !== generated) return undefined;
  return { cell: script.cell, line: entry.originalLine + 1 };
}

/** Lines of Node, of packages and of the kernel, of which the learner has written none. */
const OURS = /\(eval at |\(?node:|[\\/]node_modules[\\/]|[\\/]lib[\\/]kernel[\\/]|<anonymous>\)?$/;

/** Lines of sources that stand between a cell and TensorFlow.js. */
const BETWEEN =
  /\blib[\\/](?:tfjs-graph|digits[\\/](?:training[\\/](?:methods|fit)|input[\\/]data|device[\\/]engine-messages)\.ts)/;

const MOST_FOREIGN = 3;

mendErrors(({ stack = '', message }) => {
  let foreign = 0;
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .flatMap((line): Frame[] => {
      const place = placeOf(line);
      const [, called] = /^\s+at (.*) \(/.exec(line) ?? [];
      if (place) return [{ ...place, what: functionIn(called) }];
      if (OURS.test(line) || FRAME.test(line)) return [];
      const frame = inSource(line.trim());
      return BETWEEN.test(frame) || ++foreign > MOST_FOREIGN ? [] : [frame];
    });
});

export function failedBy(error: unknown, count: number): Failed {
  const isInterrupt =
    error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED';
  return failedWith(isInterrupt ? new Interrupt() : error, count);
}
