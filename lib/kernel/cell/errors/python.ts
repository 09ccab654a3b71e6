/** Hints for Python code in a cell, by the tables of `hints.json`. */
import { maskStrings } from './code';
import { type ErrorContext, hints, type Rule } from './context';
import tables from './hints.json';
import { rewriteAll, rewriteFirst } from './words';

const inPython = (python: string, typeScript: string) => hints().python(python, typeScript);

/** Translates Python to TypeScript; a whole line only if no TypeScript line has this form. Keeps strings. */
function inTypeScript(source: string, line?: string): string | undefined {
  const bare = line ?? maskStrings(source);
  // Encode each masked character by its index.
  const hidden = bare.replace(/./g, (sign, i: number) =>
    sign === source[i] ? sign : String.fromCharCode(HIDDEN + i),
  );
  const form = line === undefined ? hidden : rewriteFirst(hidden.trim(), tables.lines);
  const translation = form && rewriteAll(form, tables.expressions);
  return translation?.replace(/[\ue000-\uf8ff]/g, sign =>
    source.charAt(sign.charCodeAt(0) - HIDDEN),
  );
}

const HIDDEN = 0xe000;

/** Translates the lines of Python; `undefined` for other lines. */
function pythonForms({ bare, error }: ErrorContext): (string | undefined)[] {
  const lines = bare.split('\n');
  return error.source
    .split('\n')
    .map((text, i) => (text.length < 1000 ? inTypeScript(text, lines[i]) : undefined));
}

/** Returns whether a line of the cell is Python. If so, other errors may be consequences. */
export const hasPython = (context: ErrorContext): boolean => pythonForms(context).some(Boolean);

const SLICE = /(?<![\w$.])([\w$.]+)\[\s*(?:(-\w*|\w+)\s*)?:\s*(?:(-\w*|\w+)\s*)?\]/;

/** Returns the hint for a Python operator or keyword in a line with a syntax error. */
function pythonToken({ line, text, isSyntaxError }: ErrorContext): string | undefined {
  if (!isSyntaxError) return undefined;
  if (/(^|\s)#(\s|$)/.test(line)) return inPython('# …', '// …');
  const { 0: f = '', index = 0 } = /(?<![\w$.])f(['"]).*?\1/.exec(line) ?? {};
  const string = text.slice(index + 2, index + f.length - 1).replaceAll('{', '${');
  if (f) return inPython("f'…'", `\`${string}\``);
  const [, array, from = '', to = ''] = SLICE.exec(line) ?? [];
  if (array) return inPython(`[${from}:${to}]`, slice(array, from, to));
  const [, word = ''] = /(?:^|[\w)\]'"]\s+|[(=]\s*)(and|or|not|is)\s+[\w('"[!-]/.exec(line) ?? [];
  const translation = /\)\s*:\s*\w+\s+is\b/.test(line) ? undefined : NAMES.get(word);
  return translation && inPython(word, translation);
}

/** Translates a slice. `slice` of tensors and loaded data takes a length, `slice` of arrays an end. */
function slice(array: string, from: string, to: string): string {
  const start = from || '0';
  const forArrays = `${array}.slice(${to ? `${start}, ${to}` : start})`;
  const isNumeric = /^\d+ \d+$/.test(`${start} ${to}`);
  if (!to || (start === '0' && isNumeric)) return forArrays;
  if (!isNumeric) return hints().sliceOfArray(forArrays);
  return hints().slices(forArrays, `${array}.slice(${start}, ${Number(to) - Number(start)})`);
}

const TAKES_OPTIONS =
  /^tf\.(layers|initializers|regularizers|constraints|callbacks)\.\w+$|^tf\.(sequential|model|input)$|^(\w+\.)?(fit|evaluate|predict|compile|loadData)$/;

const TAKES_VALUES = /^(console|Math|JSON|Number|String|Array|Object|print)\b/;

const KEYWORD_ARGUMENT = /^([A-Za-z_]\w*)\s*=(?![=>])\s*/;

/** Returns whether the error is at `name = …` among the arguments of a call. */
export const isKeywordArgument = ({ ahead, call }: ErrorContext): boolean =>
  KEYWORD_ARGUMENT.test(ahead) && call !== undefined;

/** Returns the hint for a keyword argument: a positional argument or an options object. */
function keywordArgument(context: ErrorContext): string | undefined {
  const { callee, args } = context.call ?? { callee: '', args: [] };
  if (!isKeywordArgument(context) || TAKES_VALUES.test(callee)) return undefined;
  const takesOptions = TAKES_OPTIONS.test(callee);
  const first = args.findIndex(argument => KEYWORD_ARGUMENT.test(argument));
  const options = args.slice(first).flatMap(argument => {
    const [prefix = '', name = ''] = KEYWORD_ARGUMENT.exec(argument) ?? [];
    // TensorFlow.js calls Keras's `batch_size` `batchSize`.
    const camelCase = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const value = inTypeScript(argument.slice(prefix.length));
    return prefix ? `${takesOptions ? camelCase : name}: ${value}` : [];
  });
  const object = `{ ${options.join(', ')} }`;
  const python = (args[first] ?? '').replace(/(?<!\s)\s*=\s*/, '=');
  const value = `${options[0]}`.replace(/^\w+: /, '');
  if (!takesOptions) return hints().keywordArgument(python, value, object);
  const call = `${callee}(${[...args.slice(0, first), object].join(', ')})`;
  const isShort = first + options.length === args.length && /^.{0,100}$/.test(call);
  return hints().options(python, isShort ? call : object);
}

/** Translations of names in any position. */
const NAMES = new Map(Object.entries(tables.names));

/** Translations of names in type annotations. */
const TYPES = new Map(Object.entries(tables.types));

/** Translations of function calls with the argument `x`. */
const FUNCTIONS = new Map(Object.entries(tables.functions));

function pythonName(context: ErrorContext): string | undefined {
  const { bare, offset, missing: name = '' } = context;
  const isType = /[\w$)]\s*:\s*$/.test(bare.slice(0, offset));
  const word = NAMES.get(name) ?? (isType ? TYPES.get(name) : undefined);
  if (word) return inPython(name, word);
  const call = /^[\w$]+\s*\(/.test(bare.slice(offset)) ? FUNCTIONS.get(name) : undefined;
  return call && inPython(`${name}(x)`, call);
}

function pythonMethod(type: string, name: string): string | undefined {
  const [python, typeScript] = rewriteFirst(`${type}.${name}`, tables.methods)?.split(' ') ?? [];
  return python && typeScript && inPython(python, typeScript);
}

export const pythonRules: readonly Rule[] = [
  context => {
    const translation = pythonForms(context)[context.error.line - 1];
    return translation && hints().pythonLine(translation);
  },
  pythonToken,
  [
    /^(?:Cannot find name|Expected |Argument of type|Type '.*' (?:has no properties in common|is missing)|.* is not defined$)/s,
    keywordArgument,
  ],
  pythonName,
  [
    /^Property '(\w+)' does not exist on type '(.*?)'\./s,
    (_, name, type) => pythonMethod(type, name),
  ],
];
