import type { CellError } from '../cell-error';

/** A name that is not there, and the one that TypeScript offers instead. */
export interface MissingName {
  readonly name: string;
  readonly offered?: string | undefined;
}

/** Chromium and Firefox say it alike, but for an assignment; Safari otherwise. */
const THROWN =
  /^(?:([\p{ID_Start}$_][\p{ID_Continue}$]*) is not defined|(?:Can't find variable:|assignment to undeclared variable) (\S+))$/u;
const TOLD = /^Cannot find name '([^']+)'\.(?: Did you mean '([^']+)'\?| Do you need .*)?$/s;

/** Reads the message of an error of a name that is not there. */
export function missingName({ message, name, code }: CellError): MissingName | undefined {
  if (code !== undefined) {
    const [, missing, offered] = TOLD.exec(message) ?? [];
    return missing ? { name: missing, offered } : undefined;
  }
  if (name !== 'ReferenceError') return undefined;
  const [, missing, other] = THROWN.exec(message) ?? [];
  const found = missing ?? other;
  return found ? { name: found } : undefined;
}
