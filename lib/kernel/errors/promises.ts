/** A value that has not come yet: an `await` is missing. */
import { messages } from '../language';
import type { Code } from './code';
import { type ErrorContext, literal, type Rule } from './context';
import { valueAt } from './values';

/** Matches what TypeScript says of a Promise that came, rather than what was expected. */
const PROMISE =
  /^(?:Type|Argument of type|Property '[^']*' does not exist on type|Operator '[^']*' cannot be applied to types(?: '[^']*' and)?) 'Promise<.*?>(\[\])?'(?= |\.|$)/s;

/** Says where the `await` belongs. */
function awaitMissing(context: ErrorContext, [isArray]: readonly string[]): string {
  const { code, offset, before } = context;
  if (isArray) return messages().hints.waitForAll;
  if (offset === undefined) return wait();
  const [dot] = /\s*\??(?<!\.)\.$/.exec(before) ?? [];
  if (dot) {
    const holder = code.operandBefore(offset - dot.length);
    const member = /^[\w$]*/.exec(code.bare.slice(offset));
    const here = holder && short(`(await ${holder}).${member}`);
    return wait(declaration(context, holder) ?? here);
  }
  const value = code.operand(valueAfter(code, offset));
  return wait(declaration(context, value) ?? (value ? short(`await ${value}`) : undefined));
}

const wait = (code?: string): string => messages().hints.wait(code || undefined);

/** Finds where the value begins of which TypeScript tells at a name, a pattern, an option, or the value itself. */
function valueAfter(code: Code, offset: number): number {
  const { bare } = code;
  const before = bare.slice(0, offset);
  const isDeclared = /\b(const|let|var)\s+$/.test(before);
  const open = /\b(?:const|let|var)\s*(\{)[^{}=]*$/.exec(before);
  // A pattern ends where its bracket is closed.
  const end = open
    ? code.closing(open.index + open[0].indexOf('{')) + 1
    : isDeclared && /[[{]/.test(bare[offset] ?? '')
      ? code.closing(offset) + 1
      : offset;
  const head = open || isDeclared ? /^[^=;\n]*=\s*/ : /^[\w$.]+\s*(=(?![=>])|:)\s*/;
  return end + (head.exec(bare.slice(end))?.[0].length ?? 0);
}

const short = (code: string): string | undefined =>
  code.includes('\n') || code.length > 80 ? undefined : code;

/** Puts the `await` where the cell declares the name by a call. */
function declaration({ code }: ErrorContext, name: string): string | undefined {
  if (!/^[\w$]+$/.test(name)) return undefined;
  const pattern = `\\b(?:const|let|var)\\s+${literal(name)}(?![\\w$])[^=;\\n]*=\\s*(?!await\\b)`;
  const all = [...code.bare.matchAll(new RegExp(pattern, 'g'))];
  const [{ 0: found, index = 0 } = { 0: '' }] = all;
  const value = code.operand(index + found.length);
  return all.length === 1 && value.endsWith(')') ? short(`${found}await ${value}`) : undefined;
}

/** Says the same of a thrown error: the browser's kernel knows what the names hold. */
function awaitMissingInValues({ error, line }: ErrorContext): string | undefined {
  const { known, message } = error;
  if (!known || error.name !== 'TypeError') return undefined;
  const [, called = ''] =
    (/\biterable\b/.test(message) && /(?:\]\s*=|\bof|\.\.\.)\s*([A-Za-z_$][\w$.]*)\(/.exec(line)) ||
    [];
  if (called && isAsync(valueAt(called, known))) return wait(`await ${called}(…)`);
  for (const { 0: name, index = 0 } of line.matchAll(/(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g)) {
    if (!Object.hasOwn(known, name) || !(known[name] instanceof Promise)) continue;
    const isAwaited = /\bawait\s+$/.test(line.slice(0, index));
    if (!isAwaited && isMeant(message, name, line)) return wait(`await ${name}`);
  }
  return undefined;
}

/** Tells whether an error comes of what a name holds: Chromium and Firefox say it each in its words. */
function isMeant(message: string, name: string, line: string): boolean {
  const own = literal(name);
  const has = (pattern: string) => new RegExp(pattern).test(line);
  if (new RegExp(`(^|[\\s,])${own}(\\.[\\w$]+)* is (not|undefined)`).test(message)) return true;
  if (/not iterable|Symbol\.iterator/.test(message)) {
    return has(`(\\]\\s*=|\\bof|\\.\\.\\.)\\s*${own}\\s*([;,)\\]}]|$)`);
  }
  const [, member] = /\(reading '([\w$]+)'\)/.exec(message) ?? [];
  return (
    member !== undefined &&
    has(
      `(?<![\\w$.])${own}(\\.[\\w$]+|\\[[^\\]]*\\])*(\\.[\\w$]+)(\\.${member}\\b|\\[${member}\\])`,
    )
  );
}

const isAsync = (value: unknown): boolean =>
  typeof value === 'function' && Object.prototype.toString.call(value) === '[object AsyncFunction]';

/** Says which function has to be asynchronous. */
function outsideAsync({ before }: ErrorContext): string | undefined {
  const opened = [...before.matchAll(/\bfunction\s*([\w$]*)\s*\(|=>/g)].at(-1);
  if (!opened) return undefined;
  const [whole, name = ''] = opened;
  return messages().hints.async(whole === '=>' ? 'async (…) => …' : `async function ${name}(…)`);
}

export const promiseRules: readonly Rule[] = [
  { codes: [1308, 1375, 1103], hint: outsideAsync },
  { isThrown: true, hint: awaitMissingInValues },
  { message: PROMISE, hint: awaitMissing },
];
