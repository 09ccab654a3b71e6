/** Names of Python, and its keyword arguments: `fit(model, x, y, epochs=5)`. */
import { messages } from '../language';
import type { Call } from './code';
import type { ErrorContext, Rule } from './context';
import python from './python.json';
import { inTypeScript } from './python-lines';
import { valueAt } from './values';

const TAKES_OPTIONS =
  /^tf\.(layers|initializers|regularizers|constraints|callbacks)\.\w+$|^tf\.(sequential|model|input)$|^(\w+\.)?(fit|evaluate|predict|compile|loadData)$/;

const TAKES_VALUES = /^(console|Math|JSON|Number|String|Array|Object|print)\b/;

const KEYWORD_ARGUMENT = /^([A-Za-z_]\w*)\s*=(?![=>])\s*/;

/** Says how a call passes what is written as a keyword argument. */
function keywordArgument(context: ErrorContext): string | undefined {
  const { code, missingName } = context;
  for (const place of context.placesOf(missingName?.name ?? '')) {
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
const NAMES = new Map(Object.entries({ ...python.words, ...python.names }));

const TYPES = new Map(Object.entries(python.types));

/**
 * Functions, as TypeScript writes their calls: `{x}` and `{y}` stand for the first arguments, `{all}` for all,
 * `{only}` for a single one, and `{items}` for all or the items of a single one.
 */
const FUNCTIONS = new Map(Object.entries(python.functions));

/** Methods, by what they are called on: arrays, texts, tensors. */
const METHODS = new Map(Object.entries(python.methods));

/** `range(10)` of Python; the lesson's own takes a tensor. */
const RANGE = /^range\(([^(),]*)\)$/;

/** Writes a call of a function of Python. */
function written(name: string, args: readonly string[]): string {
  const [x = '…', y = '…'] = args;
  const [, length] = (name === 'list' && RANGE.exec(x)) || [];
  if (length) return written('range', [length]);
  const all = args.join(', ') || '…';
  const isOne = args.length < 2;
  const parts = { x, y, all, only: isOne ? x : '…', items: isOne ? `...${x}` : all };
  const template = FUNCTIONS.get(name) ?? '';
  return template.replace(/\{(\w+)\}/g, (_, part: keyof typeof parts) => parts[part]);
}

/** Says what stands for a name of Python. */
function pythonName(context: ErrorContext): string | undefined {
  const inPython = messages().hints.python;
  const name = context.missingName?.name ?? (isRangeOfNumbers(context) ? 'range' : undefined);
  if (!name) return method(context);
  const word = NAMES.get(name);
  if (word) return inPython(name, word);
  const { code } = context;
  for (const place of placesOf(context, name)) {
    const before = code.bare.slice(0, place);
    const type = TYPES.get(name);
    if (type && /[\w$)]\s*:\s*$/.test(before)) return inPython(name, type);
    const [call] = /^[\w$]+\s*\(/.exec(code.bare.slice(place)) ?? [];
    if (!call || !FUNCTIONS.has(name)) continue;
    const open = place + call.length - 1;
    const parts = code.parts(open + 1, code.closing(open));
    const args = parts.filter(part => !/^\w+\s*=(?!=)/.test(part));
    const all = args.join(', ');
    const isShort = all.length <= 60 && !/\n|^f['"]/.test(all);
    const isSimple = name === 'print' || /^[\w$.[\]()'", -]+$/.test(all);
    return inPython(`${name}(…)`, written(name, isShort && isSimple ? args : []));
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
  const found = METHODS.get(name);
  if (found && !type.startsWith('Promise<') && new RegExp(found.of).test(type)) {
    const before = /tfjs/.test(type) ? 'tf' : '';
    return inPython(`${before}.${name}(…)`, `${before}.${found.ours}(…)`);
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
