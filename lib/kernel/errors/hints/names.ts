/** Names that are not there. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import { isNear, nearest } from '../nearest';
import { isKeywordArgument } from './keyword-argument';
import { missingName } from './missing-name';
import { hasPython } from './python-syntax';
import { hasSign } from './signs';

export function missing(found: Found): string | undefined {
  const { error, code } = found;
  const { name, offered } = missingName(error) ?? {};
  if (!name) return undefined;
  // TypeScript has seen every name of a cell that runs: tslab has lost this one.
  if (found.isThrown && (!error.known || Object.hasOwn(error.known, name))) {
    return lost(found, name);
  }
  if (found.placesOf(name).some(place => isKeywordArgument(found, place))) return undefined;
  if (PAGE.has(name)) {
    return text({
      zh: `只有网页里才有 ${name}，单元格里没有`,
      en: `${name} exists only in a web page, not in a cell`,
    });
  }
  // Where the cell reads otherwise than it was meant, no word of it is sure to be a name.
  if (hasPython(found) || hasSign(found) || !error.source.includes(name)) return undefined;
  const near = offered ?? nearest(name, Object.keys(error.known ?? {}));
  const meant = near && isNear(name, near) ? near : undefined;
  const declaration = declared(code.bare, code.source, name);
  if (declaration) {
    return text({
      zh: `${meant ? `想写的是 ${meant} 吗？` : ''}新的名字要先声明：${declaration}`,
      en: `${meant ? `Did you mean ${meant}? ` : ''}Declare a new name first: ${declaration}`,
    });
  }
  if (isWithin(code.bare, name)) {
    return text({
      zh: `${name} 只在声明它的函数或花括号里能用`,
      en: `${name} exists only inside the function or braces that declare it`,
    });
  }
  if (meant) {
    return text({
      zh: `想写的是 ${meant} 吗？如果不是，请先运行上面的单元格（${menu()}）`,
      en: `Did you mean ${meant}? If not, run the cells above first (${menu()})`,
    });
  }
  return text({
    zh: `还没有 ${name}。请先运行上面的单元格（${menu()}）；如果已经运行过，请检查有没有拼错`,
    en: `${name} does not exist yet. Run the cells above first (${menu()}); if you have, check the spelling`,
  });
}

const menu = (): string =>
  text({
    zh: '菜单“运行”→“运行选中单元格上方的所有单元格”',
    en: 'menu Run → Run All Above Selected Cell',
  });

/** What only the program of a web page has. */
const PAGE = new Set(['window', 'document', 'alert', 'prompt', 'confirm', 'localStorage']);

/** Says how to declare what the cell only assigns. */
function declared(bare: string, source: string, name: string): string | undefined {
  const loop = new RegExp(`\\bfor\\s*\\(\\s*${literal(name)}\\s*(=|of\\b|in\\b)`).exec(bare);
  if (loop) return loop[1] === '=' ? `for (let ${name} = …)` : `for (const ${name} ${loop[1]} …)`;
  const assigned = new RegExp(`(?:^|[;{}])[ \\t]*(${literal(name)}[ \\t]*=(?![=>]))`, 'm').exec(
    bare,
  );
  if (!assigned) return undefined;
  const start = assigned.index + assigned[0].length - (assigned[1]?.length ?? 0);
  const [whole = ''] = /^[^;\n]*/.exec(bare.slice(start)) ?? [];
  const statement = source.slice(start, start + whole.length).trim();
  const isShort = statement.length <= 60 && !/[([{,=+*-]$/.test(statement);
  return text({
    zh: `const ${isShort ? statement : `${name} = …`}；以后还要改的，用 let`,
    en: `const ${isShort ? statement : `${name} = …`}, or let if its value will change`,
  });
}

/** Whether the cell declares the name somewhere within. */
function isWithin(bare: string, name: string): boolean {
  const own = literal(name);
  return [
    `\\b(const|let|var|class|function)\\s+${own}(?![\\w$])`,
    `\\bfor\\s*\\(\\s*(const|let|var)\\s+${own}(?![\\w$])`,
    `(?<![\\w$.])${own}\\s*=>`,
    `\\([^()]*(?<![\\w$.]|=\\s*)${own}(?![\\w$])[^()]*\\)\\s*(:[^=(){}]*)?=>`,
    `\\bfunction\\b[^()]*\\([^()]*(?<![\\w$.]|=\\s*)${own}(?![\\w$])`,
  ].some(pattern => new RegExp(pattern).test(bare));
}

/** A name may have `$`. */
const literal = (name: string): string => name.replaceAll('$', '\\$');

/** tslab loses what is written `{ model }`, and `await` itself, in some cells. */
function lost({ code, error }: Found, name: string): string | undefined {
  if (!/\bawait\b/.test(code.bare)) return undefined;
  if (name === 'await') {
    return text({
      zh: '请把 await 的结果单独写成一行：const result = await …',
      en: 'Put the awaited result on its own line: const result = await …',
    });
  }
  const isShort = new RegExp(`[{,]\\s*${literal(name)}\\s*[,}]`).test(code.bare);
  if (!isShort || error.known) return undefined;
  return text({
    zh: `单元格里有 await 时不能简写：把 ${name} 写成 ${name}: ${name}`,
    en: `In a cell with await, the shorthand fails: write ${name}: ${name} instead of ${name}`,
  });
}
