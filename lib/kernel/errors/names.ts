import { messages } from '../language';
import { type ErrorContext, literal } from './context';
import { hasFullwidth } from './fullwidth-punctuation';
import { hasPython } from './python-lines';
import { isKeywordArgument } from './python-names';
import { isNear, nearest } from './values';

/** Says what to do about a name that does not exist. */
export function missing(context: ErrorContext): string | undefined {
  const { error, code } = context;
  const { name, offered } = context.missingName ?? {};
  if (!name) return undefined;
  // The cells have made it: only `eval` does not find it.
  if (context.isThrown && error.known && Object.hasOwn(error.known, name)) return undefined;
  if (context.placesOf(name).some(place => isKeywordArgument(context, place))) return undefined;
  const { hints } = messages();
  if (PAGE.has(name)) return hints.onlyInPages(name);
  // If the cell reads otherwise than it was meant, no word of it is sure to be a name.
  if (hasPython(context) || hasFullwidth(context) || !error.source.includes(name)) return undefined;
  const near = offered ?? nearest(name, Object.keys(error.known ?? {}));
  const meant = near && isNear(name, near) ? near : undefined;
  const declaration = declared(code.bare, code.source, name);
  if (declaration) return hints.declare(declaration, meant);
  if (isWithin(code.bare, name)) return hints.isWithin(name);
  return meant ? hints.meantOrAbove(meant) : hints.missing(name);
}

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
  return messages().hints.declaration(isShort ? statement : `${name} = …`);
}

/** Tells whether the cell declares the name somewhere within. */
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
