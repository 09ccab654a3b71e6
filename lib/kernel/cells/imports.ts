/** What a cell imports of a module: as TypeScript's `esModuleInterop` has it. */

type Module = Record<string, unknown> | undefined | null;

export const memberOf = (module: Module, name: string): unknown =>
  name === 'default' && !module?.__esModule ? module : module?.[name];

/** Returns what `import * as name` and `import()` give. */
export const namespaceOf = (module: Module): object =>
  module?.__esModule
    ? module
    : Object.defineProperties(
        {},
        {
          ...(module && Object.getOwnPropertyDescriptors(Object(module))),
          default: { value: module, enumerable: true },
        },
      );
