/** Resolves imports of cells: only the lesson's packages. */
import { messages } from '../cell/language';

let modules: typeof import('./modules').modules = {};
let failure: Error | undefined;

/** Resolves when cells can import. A failure is reported by the first cell with an import. */
export const imports = import('./modules').then(
  namespace => ({ modules } = namespace),
  error => {
    failure = error;
  },
);

class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** Returns a module. @throws ImportError that lists the available modules. */
export function importModule(name: string): Readonly<Record<string, unknown>> {
  const module = modules[name];
  if (module) return module;
  const { notLoaded, notHere } = messages().imports;
  if (!failure) throw new ImportError(notHere(name, Object.keys(modules)));
  throw new ImportError(notLoaded(failure.message), { cause: failure });
}

/** Returns a member of a module, or `undefined` for a type, whose use as a value fails later. @throws ImportError */
export function memberOf(from: string, name: string): { value: unknown } | undefined {
  const module = importModule(from);
  if (name in module) return { value: module[name] };
  if (name === 'default') return { value: module };
  if (/^[A-Z]/.test(name)) return undefined;
  throw new ImportError(messages().imports.noMember(from, name));
}
