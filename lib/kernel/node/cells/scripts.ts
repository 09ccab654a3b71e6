/** Runs compiled cells, and maps stack frames to lines of cells. */
import { SourceMap } from 'node:module';
import { runInThisContext } from 'node:vm';
import { type Frame, functionIn, mend, mendErrors, type Place } from '../../cell/errors/mend';
import { type CellArguments, type CellScript, early, names } from '../../cell/script/parameters';
import { Interrupt, type Run } from '../../cell/script/run';
import type { Compiled } from '../../typescript/checker';
import { inSource, requireIn } from './modules';

const load = requireIn(process.cwd());

/** Number of scripts whose source maps are kept. */
const MAX_SCRIPTS = 1000;

/** Execution count and source maps of each script. */
const scripts = new Map<number, { cell: number; map: SourceMap; moves: Compiled['moves'] }>();
let runs = 0;

/** Runs a compiled cell. @param cell the execution count */
export function runScript(run: Run, compiled: Compiled, cell: number): ReturnType<CellScript> {
  const { output, map, moves } = compiled;
  runs++;
  if (map) scripts.set(runs, { cell, map: new SourceMap(map), moves });
  scripts.delete(runs - MAX_SCRIPTS);
  const cellArguments: CellArguments = {
    names,
    early,
    module: async (name: string) => namespaceOf(load(name)),
    member: async (from: string, name: string, alias: string) => {
      importMember(load(from), name, alias, LOCAL_PATH.test(from));
    },
    wait: run.wait,
    run: () => undefined,
    resume: (_: undefined, value: unknown) => run.wait(value),
    mend,
  };
  // The script text calls its function, so that Ctrl+C in a terminal interrupts the call.
  Object.assign(globalThis, {
    __run__: (create: (require: NodeJS.Require) => CellScript) => create(load)(cellArguments),
  });
  const text = `"use strict"; globalThis.__run__(require =>\n${output})\n//# sourceURL=cell-${runs}.ts`;
  try {
    return runInThisContext(text, { breakOnSigint: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED' ? new Interrupt() : error;
  }
}

/** A CommonJS module, imported by the rules of TypeScript's `esModuleInterop`. */
type Module = Record<string, unknown> | undefined | null;

const memberOf = (module: Module, name: string): unknown =>
  name === 'default' && !module?.__esModule ? module : module?.[name];

/** The path of a local module, a file next to the notebook. */
const LOCAL_PATH = /^\.{1,2}\//;

/** Declares an imported name. A name from a local module is a live binding, until a cell declares it anew. */
function importMember(module: Module, name: string, alias: string, isLive: boolean): void {
  const define = (descriptor: PropertyDescriptor) =>
    Object.defineProperty(names, alias, { configurable: true, enumerable: true, ...descriptor });
  const set = (value: unknown) => define({ value, writable: true });
  if (isLive) define({ get: () => memberOf(module, name), set });
  else set(memberOf(module, name));
}

/** Returns the namespace object for `import * as name` and `import()`. */
function namespaceOf(module: Module): object {
  if (module?.__esModule) return module;
  const members = module && Object.getOwnPropertyDescriptors(Object(module));
  return Object.defineProperties({}, { ...members, default: { value: module, enumerable: true } });
}

const FRAME = /\bcell-(\d+)\.ts:(\d+):(\d+)/;

/** Maps a line of a stack to a location in a cell. */
function placeOf(stackLine: string): Place | undefined {
  const [, run, row, column] = FRAME.exec(stackLine) ?? [];
  const script = scripts.get(Number(run));
  if (!script) return undefined;
  // The script's first line is not TypeScript's output.
  const generated = Number(row) - 2;
  const generatedColumn = Number(column) - 1;
  const moves = script.moves?.[generated] ?? [];
  const count = moves.filter(([to]) => to <= generatedColumn).length;
  const [to = 0, , , from = 0] = moves[count - 1] ?? [];
  // Inserted code belongs to the code after it.
  const [, , , next = Number.POSITIVE_INFINITY] = moves[count] ?? [];
  const entry = script.map.findEntry(generated, Math.min(generatedColumn + from - to, next));
  // The first and last lines of the script have no source.
  if (!('originalLine' in entry) || entry.generatedLine !== generated) return undefined;
  return { cell: script.cell, line: entry.originalLine + 1 };
}

/** Matches frames of Node, packages and the kernel. */
const INTERNAL =
  /\(eval at |\(?node:|[\\/]node_modules[\\/]|[\\/]lib[\\/]kernel[\\/]|<anonymous>\)?$/;

/** Matches frames of the project's code between a cell and TensorFlow.js. */
const WRAPPER =
  /\blib[\\/](?:tfjs-graph|digits[\\/](?:training[\\/](?:methods|fit)|input[\\/]data|device[\\/]engine-messages)\.ts)/;

/** Maximum number of displayed frames outside cells. */
const MAX_FOREIGN = 3;

mendErrors(({ stack = '', message }) => {
  let foreign = 0;
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter(line => /^\s+at /.test(line))
    .flatMap((line): Frame[] => {
      const place = placeOf(line);
      const [, notation] = /^\s+at (.*) \(/.exec(line) ?? [];
      if (place) return [{ ...place, functionName: functionIn(notation) }];
      if (INTERNAL.test(line) || FRAME.test(line)) return [];
      const frame = inSource(line.trim());
      return WRAPPER.test(frame) || ++foreign > MAX_FOREIGN ? [] : [frame];
    });
});
