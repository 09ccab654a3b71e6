/** Says what a learner may write instead of what failed. A hint that would be wrong is worse than none. */
import { messages } from '../language';
import { type CellError, ErrorContext, literal, type Rule } from './context';
import { hasFullwidth, punctuationRules } from './fullwidth-punctuation';
import { promiseRules } from './promises';
import { hasPython, pythonLineRules } from './python-lines';
import { isKeywordArgument, pythonNameRules } from './python-names';
import { typeRules } from './types';
import { isNear, methodsOf, nearest, valueAt } from './values';

const hints = () => messages().hints;

/** What the loader gives is neither an array nor a tensor. */
const LOADED = '(?:Images|Labels|NdArray<.*>)';
const LESSON = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader', 'tslab'];

/** The first that has something to say is heard. */
const RULES: readonly Rule[] = [
  ...punctuationRules,
  ...pythonLineRules,
  ...pythonNameRules,
  ...promiseRules,
  {
    message: new RegExp(
      `^Property '([^']+)' does not exist on type '(?:(Tensor\\dD)|${LOADED}')`,
      's',
    ),
    hint: ({ before }, [member, tensor]) => {
      const name = /([\w$]+)\??\.$/.exec(before)?.[1];
      if (!name || (tensor && member !== 'length')) return undefined;
      return member === 'length' ? hints().count(name) : hints().loadedData(name);
    },
  },
  {
    message: new RegExp(`^Type '${LOADED}' must have a '\\[Symbol\\.iterator\\]`, 's'),
    hint: ({ code, offset = code.bare.length }) => {
      const [name] = /^[\w$]+/.exec(code.bare.slice(offset)) ?? [];
      return name && hints().loadedData(name);
    },
  },
  {
    hint: ({ line, error }) => {
      if (TERMINAL.test(line)) return hints().terminal;
      return error.name === 'SyntaxError' && JSX.test(line) ? hints().jsx : undefined;
    },
  },
  {
    codes: [2550, 2583],
    message: /'([^']+)'/,
    hint: (_, [name = '']) => hints().tooNew(process.versions?.node, name),
  },
  {
    message:
      /^(?:Property|.* has no exported member named|Object literal may only specify known properties, but) '([^']+)'.* Did you mean (?:to write )?'([^']+)'\?$/s,
    hint: ({ before }, [name = '', offered = '']) => {
      const path = /[\w$]+(?:\.[\w$]+)*\.$/.exec(before)?.[0] ?? '';
      return isNear(name, offered) ? hints().write(path + offered) : undefined;
    },
  },
  {
    isThrown: true,
    message: /^([\w$]+(?:\.[\w$]+)*)\.([\w$]+) is not a function$/,
    hint: ({ error: { known = {} } }, [holder = '', name = '']) => {
      const near = nearest(name, methodsOf(valueAt(holder, known)));
      return near && hints().meant(`${holder}.${near}`);
    },
  },
  {
    message: /^(?:Cannot find module|Module) '([^']+)' (?:or its corresponding|cannot be)/,
    hint: missingModule,
  },
  {
    isThrown: true,
    message: /^[^']*'([^']+)'/,
    hint: (context, found) =>
      context.error.name === 'ImportError' ? missingModule(context, found) : undefined,
  },
  { hint: missing },
  {
    // TypeScript and the browser's kernel say it alike.
    message: /^Cannot assign to '(.*)' because it is a constant\.$/,
    hint: (_, [name = '']) => hints().constant(name),
  },
  ...typeRules,
];

/** A command that other notebooks take after `!` or `%`, or that belongs there. */
const TERMINAL =
  /^\s*(?:[!%]+\s*(?=\w+)|(?=\w+\s+[-\w.]))(?:pip3?|npm|npx|conda|git|cd|ls|mkdir|python3?|time|timeit|matplotlib)\b(?!\s*[=.([])/;

const JSX = /<\/[A-Za-z]|<[A-Za-z][^<>]*\/>/;

function missingModule(_: ErrorContext, [name = '']: readonly string[]): string | undefined {
  const meant = /^(tensorflow|keras|tfjs)\b/.test(name) ? LESSON[0] : nearest(name, LESSON);
  return meant && hints().meant(`'${meant}'`);
}

/** Says what to do about a name that does not exist. */
function missing(context: ErrorContext): string | undefined {
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
  if (context.isThrown && isAtTop(code.bare, name)) return undefined;
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

/** Tells whether the cell declares the name at its top level: it was read too early. */
function isAtTop(bare: string, name: string): boolean {
  const outer = bare.replace(/\{[^{}]*\}/g, '');
  if (outer !== bare) return isAtTop(outer, name);
  return new RegExp(`\\b(const|let|class)\\s+${literal(name)}(?![\\w$])`).test(outer);
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

/**
 * Says what to do about an error, in the language of the lesson: one or two sentences, with the code to write.
 *
 * @returns undefined if nothing certain can be said.
 */
export function hintFor(error: CellError): string | undefined {
  const context = new ErrorContext(error);
  for (const { codes, isThrown, message, hint } of RULES) {
    if (codes && !context.is(...codes)) continue;
    if (isThrown !== undefined && isThrown !== context.isThrown) continue;
    const [whole, ...found] = message ? (message.exec(error.message) ?? []) : [''];
    const said = whole === undefined ? undefined : hint(context, found);
    if (said) return said;
  }
  return undefined;
}
