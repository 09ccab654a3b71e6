/** A value that has not come yet: an `await` is missing. */
import { type ErrorContext, hints, type Rule } from './context';

const wait = (code = ''): string => hints().wait(/^.{1,80}$/.test(code) ? code : undefined);

/** Says where the `await` belongs. */
function awaitMissing(context: ErrorContext, isArray: string | undefined): string {
  const { before, ahead, offset } = context;
  if (isArray) return hints().waitForAll;
  const [dot] = /(?<!\s)\s*\??(?<!\.)\.$/.exec(before) ?? [];
  if (dot) {
    const holder = context.operandBefore(offset - dot.length);
    const [member] = /^[\w$]*/.exec(ahead) ?? [];
    return wait(holder && `(await ${holder}).${member}`);
  }
  // TypeScript tells of a name or a pattern that is declared, of an option, or of the value itself.
  const isDeclared = /$(?<=\b(?:const|let|var)\s+(?:[[{][^=;]*)?)/.test(before);
  const head = isDeclared ? /^[^=;]*=\s*/ : /^[\w$.]+\s*(?:=(?![=>])|:)\s*/;
  const [{ length } = ''] = head.exec(ahead) ?? [];
  const value = context.operand(offset + length);
  return wait(value && `await ${value}`);
}

/** Says which function has to be asynchronous. */
function outsideAsync({ before }: ErrorContext): string | undefined {
  const [whole, name = ''] =
    [...before.matchAll(/\bfunction\s*(?:([\w$]+)\s*)?\(|=>/g)].at(-1) ?? [];
  return whole && hints().async(whole === '=>' ? 'async (…) => …' : `async function ${name}(…)`);
}

export const promiseRules: readonly Rule[] = [
  [/^'(?:for )?await' (?:expressions|loops) are only allowed/, outsideAsync],
  // A Promise came; none was expected.
  [
    /^(?:Type|Argument of type|Property '[^']*' does not exist on type|Operator '[^']*' cannot be applied to types(?: '[^']*' and)?) 'Promise<.*?>(\[\])?'(?= |\.|$)/s,
    awaitMissing,
  ],
];
