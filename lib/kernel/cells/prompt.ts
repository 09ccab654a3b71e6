/** `prompt`, by which a cell asks its user. */
import { messages } from '../language';
import { Interrupt } from '../script/run';
import type { Typed } from '../worker-messages';

/** Makes `prompt` by a function that asks, and waits. It is declared in `globals.d.ts`. */
export const promptBy =
  (ask: (prompt: string) => Typed) =>
  (message: unknown = '', preset: unknown = ''): string => {
    const answer = ask(preset === '' ? String(message) : `${message} [${preset}] `);
    if (answer.type === 'input') return answer.text || String(preset);
    if (answer.why === 'interrupted') throw new Interrupt();
    const error = new Error(messages().cells[answer.why]);
    throw Object.assign(error, { name: 'StdinNotImplementedError' });
  };
