import { messages } from './language';
import type { DisplayContent } from './worker-messages';

/** Returns what is shown of a value in words; undefined if nothing is. */
export function shownValue(value: unknown, inspect: (value: unknown) => string) {
  if (value === undefined || value === null) return undefined;
  const words = inspect(value);
  const isPending = words === 'Promise { <pending> }';
  const content: DisplayContent = {
    data: { 'text/plain': isPending ? `${words}\n${messages().cells.pending}` : words },
    metadata: {},
  };
  return content;
}
