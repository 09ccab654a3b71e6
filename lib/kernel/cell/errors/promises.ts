/** Hints for a missing `await`. */
import { type ErrorContext, hints, type Rule } from './context';

const wait = (code = ''): string => hints().wait(/^.{1,80}$/.test(code) ? code : undefined);

function awaitMissing(context: ErrorContext, isArray: string | undefined): string | undefined {
  const { before, ahead, offset } = context;
  if (isArray) return hints().waitForAll;
  const [dot] = /(?<!\s)\s*\??(?<!\.)\.$/.exec(before) ?? [];
  if (dot) {
    const holder = context.operandBefore(offset - dot.length);
    const [member] = /^[\w$]*/.exec(ahead) ?? [];
    return wait(holder && `(await ${holder}).${member}`);
  }
  // TypeScript reports the declared name or pattern, an option, or the value.
  const isDeclared = /$(?<=\b(?:const|let|var)\s+(?:[[{][^=;]*)?)/.test(before);
  const head = isDeclared ? /^[^=;]*=\s*/ : /^[\w$.]+\s*(?:=(?![=>])|:)\s*/;
  const [{ length } = ''] = head.exec(ahead) ?? [];
  const value = context.operand(offset + length);
  // An asynchronous function was passed where no promise may be returned.
  return value === 'async' ? undefined : wait(value && `await ${value}`);
}

/** Returns the hint to make the enclosing function asynchronous. */
function outsideAsync({ before }: ErrorContext): string | undefined {
  const [head, name = ''] =
    [...before.matchAll(/\bfunction\s*(?:([\w$]+)\s*)?\(|=>/g)].at(-1) ?? [];
  return head && hints().async(head === '=>' ? 'async (…) => …' : `async function ${name}(…)`);
}

export const promiseRules: readonly Rule[] = [
  [/^'(?:for )?await' (?:expressions|loops) are only allowed/, outsideAsync],
  // A promise instead of its value.
  [
    /^(?:Type|Argument of type|Property '[^']*' does not exist on type|Operator '[^']*' cannot be applied to types(?: '[^']*' and)?) 'Promise<.*?>(\[\])?'(?= |\.|$)/s,
    awaitMissing,
  ],
];
