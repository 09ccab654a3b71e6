/** Names of Python, and its keyword arguments: `fit(model, x, y, epochs=5)`. */
import { messages } from '../language';
import type { Call } from './code';
import type { ErrorContext, Rule } from './context';
import { inTypeScript, WORDS } from './python-lines';
import { valueAt } from './values';

const TAKES_OPTIONS =
  /^tf\.(layers|initializers|regularizers|constraints|callbacks)\.\w+$|^tf\.(sequential|model|input)$|^(\w+\.)?(fit|evaluate|predict|compile|loadData)$/;

const TAKES_VALUES = /^(console|Math|JSON|Number|String|Array|Object|print)\b/;

const KEYWORD_ARGUMENT = /^([A-Za-z_]\w*)\s*=(?![=>])\s*/;

/** Says how a call passes what is written as a keyword argument. */
function keywordArgument(context: ErrorContext): string | undefined {
  const { error, code, offset, missingName } = context;
  if (error.code === undefined && !context.isThrown) return undefined;
  const name = missingName?.name;
  const places = name ? context.placesOf(name) : offset === undefined ? [] : [offset];
  for (const place of places) {
    if (!isKeywordArgument(context, place)) continue;
    const call = code.callAround(place);
    if (call && !TAKES_VALUES.test(call.callee)) return asOption(context, call);
  }
  return undefined;
}

/** Tells whether `name = …` stands there among the arguments of a call. */
export const isKeywordArgument = ({ code }: ErrorContext, place: number): boolean =>
  KEYWORD_ARGUMENT.test(code.bare.slice(place)) && code.callAround(place) !== undefined;

function asOption({ code }: ErrorContext, { callee, open, close }: Call): string {
  const takesOptions = TAKES_OPTIONS.test(callee);
  const parts = code.parts(open + 1, close);
  const first = parts.findIndex(part => KEYWORD_ARGUMENT.test(part));
  const [before, rest] = [parts.slice(0, first), parts.slice(first)];
  const options = rest.flatMap(part => {
    const [matched = '', name = ''] = KEYWORD_ARGUMENT.exec(part) ?? [];
    if (!matched) return [];
    return `${takesOptions ? camelCase(name) : name}: ${inTypeScript(part.slice(matched.length))}`;
  });
  const object = `{ ${options.join(', ')} }`;
  const shown = (rest[0] ?? '').replace(/\s*=\s*/, '=');
  if (!takesOptions) {
    const value = inTypeScript(shown.replace(KEYWORD_ARGUMENT, ''));
    return messages().hints.keywordArgument(shown, value, object);
  }
  const whole = `${callee}(${[...before, object].join(', ')})`;
  const isWhole = options.length === rest.length && !whole.includes('\n') && whole.length <= 100;
  return messages().hints.options(shown, isWhole ? whole : object);
}

/** Keras writes `batch_size` in Python, and `batchSize` here. */
const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

/** Words, wherever they stand. */
const NAMES: Readonly<Record<string, string>> = {
  ...WORDS,
  elif: 'else if',
  def: 'function',
  lambda: '=>',
  raise: 'throw',
  except: 'catch',
  del: 'delete',
  np: 'tf',
  numpy: 'tf',
  keras: 'tf',
};

/** `range(10)` of Python; the lesson's own takes a tensor. */
const RANGE = /^range\([^(),]*\)$/;
const counted = (length: string): string => `Array.from({ length: ${length} }, (_, i) => i)`;

/** Functions, by what is called; `x` stands for the first argument. */
const FUNCTIONS: Readonly<Record<string, (x: string, all: string) => string>> = {
  print: (_, all) => `console.log(${all})`,
  len: x => `${x}.length`,
  str: x => `String(${x})`,
  int: x => `Math.trunc(Number(${x}))`,
  float: x => `Number(${x})`,
  bool: x => `Boolean(${x})`,
  abs: x => `Math.abs(${x})`,
  round: x => `Math.round(${x})`,
  max: (x, all) => `Math.max(${all === x ? `...${x}` : all})`,
  min: (x, all) => `Math.min(${all === x ? `...${x}` : all})`,
  sum: x => `${x}.reduce((a, b) => a + b, 0)`,
  sorted: x => `[...${x}].sort((a, b) => a - b)`,
  reversed: x => `[...${x}].reverse()`,
  enumerate: x => `${x}.entries()`,
  list: x => (RANGE.test(x) ? counted(x.slice('range('.length, -1)) : `[...${x}]`),
  range: (x, all) => (all === x ? counted(x) : counted('…')),
  type: x => `typeof ${x}`,
  isinstance: (_, all) => all.split(/,\s*/).join(' instanceof '),
};

const TYPES: Readonly<Record<string, string>> = {
  int: 'number',
  float: 'number',
  str: 'string',
  bool: 'boolean',
  list: 'number[]',
};

/** Methods, by how TypeScript names them; of arrays, texts, tensors. */
const METHODS: Readonly<Record<string, readonly [of: RegExp, ours: string]>> = {
  append: [/\[\]$/, 'push'],
  extend: [/\[\]$/, 'concat'],
  index: [/\[\]$|string|^"/, 'indexOf'],
  upper: [/string|^"/, 'toUpperCase'],
  lower: [/string|^"/, 'toLowerCase'],
  strip: [/string|^"/, 'trim'],
  startswith: [/string|^"/, 'startsWith'],
  endswith: [/string|^"/, 'endsWith'],
  numpy: [/Tensor/, 'dataSync'],
  astype: [/Tensor/, 'cast'],
  constant: [/tfjs/, 'tensor'],
};

/** Says what stands for a name of Python. */
function pythonName(context: ErrorContext): string | undefined {
  const inPython = messages().hints.python;
  const name = context.missingName?.name ?? (isRangeOfNumbers(context) ? 'range' : undefined);
  if (!name) return method(context);
  const word = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (word) return inPython(name, word);
  const { code } = context;
  for (const place of placesOf(context, name)) {
    const before = code.bare.slice(0, place);
    const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
    if (type && /[\w$)]\s*:\s*$/.test(before)) return inPython(name, type);
    const [call] = /^[\w$]+\s*\(/.exec(code.bare.slice(place)) ?? [];
    const write = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!call || !write) continue;
    const open = place + call.length - 1;
    const parts = code.parts(open + 1, code.closing(open));
    const [x = ''] = parts;
    const all = parts.filter(part => !/^\w+\s*=(?!=)/.test(part)).join(', ');
    const isShort = all.length <= 60 && !/\n|^f['"]/.test(all) && x !== '';
    const isSimple = name === 'print' || /^[\w$.[\]()'", -]+$/.test(all);
    return inPython(`${name}(…)`, isShort && isSimple ? write(x, all) : write('…', '…'));
  }
  return undefined;
}

/** Lists where a name may be: also before the place of a call's argument. */
function placesOf(context: ErrorContext, name: string): number[] {
  const { code, offset } = context;
  const call = context.is(2345) && offset !== undefined ? code.callAround(offset) : undefined;
  return call ? [code.bare.lastIndexOf(name, call.open)] : context.placesOf(name);
}

/** Tells whether the lesson's `range` is called as Python's. */
const isRangeOfNumbers = ({ error, code, offset }: ErrorContext): boolean =>
  offset !== undefined &&
  /^Argument of type 'number' is not/.test(error.message) &&
  code.callAround(offset)?.callee === 'range';

/** Says what stands for a method that TypeScript did not find, or that was not there as the cell ran. */
function method({ error: { message, known } }: ErrorContext): string | undefined {
  const inPython = messages().hints.python;
  const [, holder = '', called = ''] =
    /^([\w$]+(?:\.[\w$]+)*)\.([\w$]+) is not a function$/.exec(message) ?? [];
  const [, name = called, type = known ? typeOf(valueAt(holder, known)) : ''] =
    /^Property '(\w+)' does not exist on type '(.*?)'\./s.exec(message) ?? [];
  const found = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (found && !type.startsWith('Promise<') && found[0].test(type)) {
    const before = /tfjs/.test(type) ? 'tf' : '';
    return inPython(`${before}.${name}(…)`, `${before}.${found[1]}(…)`);
  }
  return name === 'keras' && /tfjs/.test(type)
    ? inPython('tf.keras.layers', 'tf.layers')
    : undefined;
}

/** Says what TypeScript would call the values that methods of Python are looked for in. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'unknown[]';
  if (typeof value === 'string') return 'string';
  return typeof valueAt('dataSync', Object(value)) === 'function' ? 'Tensor' : '';
}

export const pythonNameRules: readonly Rule[] = [
  { codes: [2304, 2552, 2554, 2559, 2345, 2740], hint: keywordArgument },
  { isThrown: true, hint: keywordArgument },
  { hint: pythonName },
];
