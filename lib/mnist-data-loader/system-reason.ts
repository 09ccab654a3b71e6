import { same, type Text, words } from './language';

/** Says why the system refused something: in words with its code, or as the system puts it. */
export function systemReason(error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException;
  const said = code ?? message;
  // A browser tells no more of a connection that fails.
  const isBrowser = code === undefined && error instanceof TypeError;
  const meaning = isBrowser ? words.noNetwork : words.system[code as keyof typeof words.system];
  return meaning ? words.withCode(meaning(), said) : same(said);
}

/** Returns whether it failed for want of what other work holds, which says nothing of the file. */
export function isPassing(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}
