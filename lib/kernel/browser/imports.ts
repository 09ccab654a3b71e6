/** Finds what cells import: the lesson's packages, and nothing else. */
import { messages } from '../language';

let modules: Readonly<Record<string, object>> = {};
const loading = import('./modules').then(loaded => {
  ({ modules } = loaded);
});
// Told of by the cell that imports something.
loading.catch(() => {});

class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** Keeps the stack of the call, which Firefox forgets at the first `await`. */
const asked =
  <Given extends unknown[], Found>(find: (...given: Given) => Promise<Found>) =>
  (...given: Given): Promise<Found> => {
    const { stack } = new Error();
    return find(...given).catch(error => {
      throw Object.assign(error, { stack });
    });
  };

/** @throws ImportError that names what can be imported. */
export const importModule = asked(async (name: string): Promise<Record<string, unknown>> => {
  try {
    await loading;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ImportError(messages().imports.notLoaded(reason), { cause: error });
  }
  return requireModule(name);
});

/** Returns a module that is there already. @throws ImportError */
export function requireModule(name: string): Record<string, unknown> {
  const found = modules[name];
  if (found) return found as Record<string, unknown>;
  throw new ImportError(messages().imports.notHere(name, Object.keys(modules)));
}

/**
 * Finds a member of a module.
 *
 * @returns undefined if the module has none of this name: a type, which TypeScript takes out if
 * it knows it to be one. Whoever uses it as a value is told that it is not defined.
 */
export const memberOf = asked(
  async (from: string, name: string): Promise<{ value: unknown } | undefined> => {
    const module = await importModule(from);
    if (name in module) return { value: module[name] };
    if (name === 'default') return { value: module };
    if (/^[A-Z]/.test(name)) return undefined;
    throw new ImportError(messages().imports.noMember(from, name));
  },
);
