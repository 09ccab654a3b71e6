/** Answers what is asked about code that does not run yet, as Jupyter's protocol wants it. */
import type { Answer } from '../worker-messages';
import type { Checker } from './checker';
import type { Declared } from './declared';
import type { AtCursor } from './worker-rpc';

export function answerAt(checker: Checker, declared: Declared, question: AtCursor): Answer {
  const { type, code } = question;
  if (type === 'is-complete') return checker.completeness(code);
  if (type === 'inspect') {
    const info = checker.inspect(declared, code, question.cursor);
    // All that TypeScript says of a name that does not exist.
    const found = info !== undefined && info !== 'any';
    return { status: 'ok', found, data: found ? { 'text/plain': info } : {}, metadata: {} };
  }
  const { start, end, candidates } = checker.complete(declared, code, question.cursor);
  return {
    status: 'ok',
    matches: candidates.map(({ text }) => text),
    cursor_start: start,
    cursor_end: end,
    // By these JupyterLab shows what each one is.
    metadata: {
      _jupyter_types_experimental: candidates.map(({ text, kind }) => ({ text, type: kind })),
    },
  };
}
