/** A value that has not come yet: an `await` is missing. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import type { Code } from '../code';
import { valueAt } from '../values';

/** Where TypeScript tells what came, rather than what was expected. */
const CAME =
  /^(?:Type|Argument of type|Property '[^']*' does not exist on type|Operator '[^']*' cannot be applied to types(?: '[^']*' and)?) '(Promise<.*?>)(\[\])?'(?= |\.|$)/s;

export function promise(found: Found): string | undefined {
  const { message } = found.error;
  if (found.is(1308, 1375, 1103)) return outsideAsync(found);
  if (found.isThrown) return ofValues(found);
  const [, came, isArray] = CAME.exec(message) ?? [];
  if (!came) return undefined;
  const { code, offset } = found;
  if (isArray) {
    return text({
      zh: '这是一组还没有算出来的值（Promise）。请写 await Promise.all(…)，等它们全部算完',
      en: 'These values are not ready yet (they are Promises). Write await Promise.all(…) to wait for all of them',
    });
  }
  if (offset === undefined) return hint();
  const before = code.bare.slice(0, offset);
  const [dot] = /\s*\??(?<!\.)\.$/.exec(before) ?? [];
  if (dot) {
    const holder = code.operandBefore(offset - dot.length);
    const member = /^[\w$]*/.exec(code.bare.slice(offset));
    const here = holder && short(`(await ${holder}).${member}`);
    return hint(declaration(found, holder) ?? here);
  }
  const value = code.operand(valueAfter(code, offset));
  return hint(declaration(found, value) ?? (value ? short(`await ${value}`) : undefined));
}

/** Where the value begins of which TypeScript tells at a name, a pattern, an option, or the value itself. */
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

/** Where the cell declares a name by a call, the `await` belongs there. */
function declaration({ code }: Found, name: string): string | undefined {
  if (!/^[\w$]+$/.test(name)) return undefined;
  const pattern = `\\b(?:const|let|var)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])[^=;\\n]*=\\s*(?!await\\b)`;
  const all = [...code.bare.matchAll(new RegExp(pattern, 'g'))];
  const [{ 0: found, index = 0 } = { 0: '' }] = all;
  const value = code.operand(index + found.length);
  return all.length === 1 && value.endsWith(')') ? short(`${found}await ${value}`) : undefined;
}

const hint = (code?: string): string =>
  text({
    zh: `这个值还没有算出来（Promise），要等它算完：${code ?? '在前面写 await'}`,
    en: `This value is not ready yet (it is a Promise). Wait for it: ${code ?? 'put await before it'}`,
  });

/** The browser's kernel knows what the names hold. */
function ofValues({ error, line }: Found): string | undefined {
  const { known, message } = error;
  if (!known || error.name !== 'TypeError') return undefined;
  const [, called = ''] =
    (/\biterable\b/.test(message) && /(?:\]\s*=|\bof|\.\.\.)\s*([A-Za-z_$][\w$.]*)\(/.exec(line)) ||
    [];
  if (called && isAsync(valueAt(called, known))) return hint(`await ${called}(…)`);
  for (const { 0: name, index = 0 } of line.matchAll(/(?<![\w$]|(?<!\.\.)\.)[A-Za-z_$][\w$]*/g)) {
    if (!Object.hasOwn(known, name) || !(known[name] instanceof Promise)) continue;
    const isAwaited = /\bawait\s+$/.test(line.slice(0, index));
    if (!isAwaited && isMeant(message, name, line)) return hint(`await ${name}`);
  }
  return undefined;
}

/** Whether an error comes of what a name holds: Chromium and Firefox say it each in its words. */
function isMeant(message: string, name: string, line: string): boolean {
  const own = name.replaceAll('$', '\\$');
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

function outsideAsync({ code, offset }: Found): string | undefined {
  if (offset === undefined) return undefined;
  const before = code.bare.slice(0, offset);
  const opened = [...before.matchAll(/\bfunction\s*([\w$]*)\s*\(|=>/g)].at(-1);
  if (!opened) return undefined;
  const [whole, name = ''] = opened;
  const shown = whole === '=>' ? 'async (…) => …' : `async function ${name}(…)`;
  return text({
    zh: `函数里用到 await，函数前面就要写 async：${shown}`,
    en: `A function that uses await must start with async: ${shown}`,
  });
}
