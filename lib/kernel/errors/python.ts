/** Python in a cell: its lines, words and names, and its keyword arguments, by the tables of `hints.json`. */
import { maskStrings } from './code';
import { type ErrorContext, hints, type Rule } from './context';
import tables from './hints.json';
import { rewriteAll, rewriteFirst } from './words';

const inPython = (theirs: string, ours: string) => hints().python(theirs, ours);

/** Puts Python into TypeScript; of a whole line, if it has a form that no line of TypeScript has. What strings hold stays. */
function inTypeScript(source: string, line?: string): string | undefined {
  const bare = line ?? maskStrings(source);
  // Each character of a string stands there as one that tells its place.
  const hidden = bare.replace(/./g, (sign, i: number) =>
    sign === source[i] ? sign : String.fromCharCode(HIDDEN + i),
  );
  const form = line === undefined ? hidden : rewriteFirst(hidden.trim(), tables.lines);
  const written = form && rewriteAll(form, tables.expressions);
  return written?.replace(/[\ue000-\uf8ff]/g, sign => source.charAt(sign.charCodeAt(0) - HIDDEN));
}

const HIDDEN = 0xe000;

/** Writes each line that is Python in TypeScript. */
function pythonForms({ bare, error }: ErrorContext): (string | undefined)[] {
  const lines = bare.split('\n');
  return error.source
    .split('\n')
    .map((text, i) => (text.length < 1000 ? inTypeScript(text, lines[i]) : undefined));
}

/** Tells whether a line of the cell is Python, so that much else in it cannot be read. */
export const hasPython = (context: ErrorContext): boolean => pythonForms(context).some(Boolean);

const SLICE = /(?<![\w$.])([\w$.]+)\[\s*(?:(-\w*|\w+)\s*)?:\s*(?:(-\w*|\w+)\s*)?\]/;

/** Says what stands for a sign or word of Python within a line that cannot be read. */
function pythonToken({ line, text, isUnread }: ErrorContext): string | undefined {
  if (!isUnread) return undefined;
  if (/(^|\s)#(\s|$)/.test(line)) return inPython('# …', '// …');
  const { 0: f = '', index = 0 } = /(?<![\w$.])f(['"]).*?\1/.exec(line) ?? {};
  const string = text.slice(index + 2, index + f.length - 1).replaceAll('{', '${');
  if (f) return inPython("f'…'", `\`${string}\``);
  const [, array, from = '', to = ''] = SLICE.exec(line) ?? [];
  if (array) return inPython(`[${from}:${to}]`, slice(array, from, to));
  const [, word = ''] = /(?:^|[\w)\]'"]\s+|[(=]\s*)(and|or|not|is)\s+[\w('"[!-]/.exec(line) ?? [];
  const ours = /\)\s*:\s*\w+\s+is\b/.test(line) ? undefined : NAMES.get(word);
  return ours && inPython(word, ours);
}

/** Writes a slice: a tensor, like what the loader gives, counts from where it begins; an array counts up to where it ends. */
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

/** Tells whether `name = …` stands there among the arguments of a call. */
export const isKeywordArgument = ({ ahead, call }: ErrorContext): boolean =>
  KEYWORD_ARGUMENT.test(ahead) && call !== undefined;

/** Says how a call passes what is written as a keyword argument. */
function keywordArgument(context: ErrorContext): string | undefined {
  const { callee, args } = context.call ?? { callee: '', args: [] };
  if (!isKeywordArgument(context) || TAKES_VALUES.test(callee)) return undefined;
  const takesOptions = TAKES_OPTIONS.test(callee);
  const first = args.findIndex(each => KEYWORD_ARGUMENT.test(each));
  const options = args.slice(first).flatMap(each => {
    const [matched = '', name = ''] = KEYWORD_ARGUMENT.exec(each) ?? [];
    // Keras writes `batch_size` in Python, and `batchSize` here.
    const own = name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
    const value = inTypeScript(each.slice(matched.length));
    return matched ? `${takesOptions ? own : name}: ${value}` : [];
  });
  const object = `{ ${options.join(', ')} }`;
  const shown = (args[first] ?? '').replace(/(?<!\s)\s*=\s*/, '=');
  const value = `${options[0]}`.replace(/^\w+: /, '');
  if (!takesOptions) return hints().keywordArgument(shown, value, object);
  const whole = `${callee}(${[...args.slice(0, first), object].join(', ')})`;
  const isWhole = first + options.length === args.length && /^.{0,100}$/.test(whole);
  return hints().options(shown, isWhole ? whole : object);
}

/** Words, wherever they stand. */
const NAMES = new Map(Object.entries(tables.names));

const TYPES = new Map(Object.entries(tables.types));

/** Functions, as TypeScript writes a call of theirs with `x`. */
const FUNCTIONS = new Map(Object.entries(tables.functions));

/** Says what stands for a name of Python. */
function pythonName(context: ErrorContext): string | undefined {
  const { bare, offset, missing: name = '' } = context;
  const isType = /[\w$)]\s*:\s*$/.test(bare.slice(0, offset));
  const word = NAMES.get(name) ?? (isType ? TYPES.get(name) : undefined);
  if (word) return inPython(name, word);
  const called = /^[\w$]+\s*\(/.test(bare.slice(offset)) ? FUNCTIONS.get(name) : undefined;
  return called && inPython(`${name}(x)`, called);
}

/** Says what stands for a method that is not there. */
function pythonMethod(type: string, name: string): string | undefined {
  const [theirs, ours] = rewriteFirst(`${type}.${name}`, tables.methods)?.split(' ') ?? [];
  return theirs && ours && inPython(theirs, ours);
}

export const pythonRules: readonly Rule[] = [
  context => {
    const written = pythonForms(context)[context.error.line - 1];
    return written && hints().pythonLine(written);
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
