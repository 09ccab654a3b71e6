/** Finds what cells import: the lesson's packages, and nothing else. */
import { messages } from '../language';

let modules: typeof import('./modules').modules = {};
let failure: Error | undefined;

/** Resolves once cells can import; what has failed is told of by the cell that imports something. */
export const imports = import('./modules').then(
  loaded => ({ modules } = loaded),
  error => {
    failure = error;
  },
);

class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** Returns a module. @throws ImportError that names what can be imported. */
export function importModule(name: string): Readonly<Record<string, unknown>> {
  const found = modules[name];
  if (found) return found;
  const { notLoaded, notHere } = messages().imports;
  if (!failure) throw new ImportError(notHere(name, Object.keys(modules)));
  throw new ImportError(notLoaded(failure.message), { cause: failure });
}

/** Finds a member of a module; undefined for a type, of which whoever uses it hears that it is not defined. @throws ImportError */
export function memberOf(from: string, name: string): { value: unknown } | undefined {
  const module = importModule(from);
  if (name in module) return { value: module[name] };
  if (name === 'default') return { value: module };
  if (/^[A-Z]/.test(name)) return undefined;
  throw new ImportError(messages().imports.noMember(from, name));
}
