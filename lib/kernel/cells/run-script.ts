/** Runs the scripts that cells become, on the names that all cells share. */
import { runInThisContext } from 'node:vm';
import { argumentsOf, type Given, newNames } from '../script/parameters';
import type { Run } from '../script/run';
import { requireIn } from './modules';

type Script = (...given: unknown[]) => Promise<[unknown] | undefined>;

export const names = newNames(
  new Proxy(Object.freeze(Object.create(null)), {
    // A name that is declared, but whose cell failed before it had a value.
    get(_, name) {
      throw new ReferenceError(`${String(name)} is not defined`);
    },
  }),
);

const load = requireIn(process.cwd());

const RUN = '__run__';

export const FIRST_ROW = 2;

/** Resolves to `[value]` if the cell ends with an expression. */
export function runScript(run: Run, script: string, file: string): ReturnType<Script> {
  const given: Record<Given, unknown> = {
    names,
    checked: names,
    module: async (name: string) => namespaceOf(load(name)),
    member: async (from: string, name: string, as: string) => {
      names[as] = memberOf(load(from), name);
    },
    wait: run.wait,
    mend: (error: unknown) => error,
  };
  // The text itself calls what it makes, so that Ctrl+C in a terminal breaks it off.
  Object.assign(globalThis, {
    [RUN]: (make: (require: NodeJS.Require) => Script) => make(load)(...argumentsOf(given)),
  });
  const text = `globalThis.${RUN}(require =>\n${script})\n//# sourceURL=${file}`;
  return runInThisContext(text, { breakOnSigint: true });
}

// As TypeScript's `esModuleInterop` has it.

type Module = Record<string, unknown> | undefined | null;

const memberOf = (module: Module, name: string): unknown =>
  name === 'default' && !module?.__esModule ? module : module?.[name];

/** Returns what `import * as name` and `import()` give. */
const namespaceOf = (module: Module): object =>
  module?.__esModule
    ? module
    : Object.defineProperties(
        {},
        {
          ...(module && Object.getOwnPropertyDescriptors(Object(module))),
          default: { value: module, enumerable: true },
        },
      );
