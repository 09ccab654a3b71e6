/** Runs the scripts that cells become, on the names that all cells share. */
import { Interrupt } from '../errors/failed';
import { newNames } from '../script/names';
import { argumentsOf, early, type PARAMETERS } from '../script/parameters';

/** What {@link runnable} calls a script with. */
type Script = (...given: unknown[]) => Promise<[unknown] | undefined>;

export const names = newNames(
  new Proxy(Object.freeze(Object.create(null)), {
    // A name that is declared, but whose cell failed before it had a value.
    get(_, name) {
      throw new ReferenceError(`${String(name)} is not defined`);
    },
  }),
);

const brokenOff = new Set<number>();
const values = new Map<number, unknown>();

const RUN = '__run__';

/** Makes of a script what tslab's executor runs. */
export const runnable = (script: string, run: number): string =>
  `return globalThis.${RUN}(${run}, require,\n${script})`;

/** The line in which the script begins. */
export const FIRST_ROW = 2;

Object.assign(globalThis, {
  async [RUN](run: number, load: NodeJS.Require, script: Script): Promise<void> {
    const given: Record<keyof typeof PARAMETERS, unknown> = {
      names,
      checked: names,
      early,
      module: async (name: string) => namespaceOf(load(name)),
      member: async (from: string, name: string, as: string) => {
        names[as] = memberOf(load(from), name);
      },
      /** Ends code whose cell was broken off. */
      wait(value: unknown) {
        if (brokenOff.has(run)) throw new Interrupt();
        return value;
      },
      mend: (error: unknown) => error,
    };
    const [value] = (await script(...argumentsOf(given))) ?? [];
    if (!brokenOff.has(run)) values.set(run, value);
  },
});

/** Takes the value of the last expression of a run. */
export function takeValue(run: number): unknown {
  const value = values.get(run);
  values.delete(run);
  return value;
}

/** Ends the code of a run at its next `await`. */
export function endAtAwait(run: number): void {
  brokenOff.add(run);
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
