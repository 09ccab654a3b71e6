/** Names of Python. */
import type { Found } from '../cell-error';
import { valueAt } from '../values';
import { missingName } from './missing-name';
import { inPython } from './python-words';

/** Words, wherever they stand. */
const WORDS: Readonly<Record<string, string>> = {
  True: 'true',
  False: 'false',
  None: 'null',
  self: 'this',
  elif: 'else if',
  def: 'function',
  lambda: '=>',
  and: '&&',
  or: '||',
  not: '!',
  is: '===',
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

export function pythonName(found: Found): string | undefined {
  const { name } = missingName(found.error) ?? rangeOfNumbers(found) ?? {};
  if (!name) return method(found);
  const word = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
  if (word) return inPython(name, word);
  const { code } = found;
  for (const place of placesOf(found, name)) {
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

/** Also before the place of a call's argument. */
function placesOf(found: Found, name: string): number[] {
  const { code, offset } = found;
  const call = found.is(2345) && offset !== undefined ? code.callAround(offset) : undefined;
  return call ? [code.bare.lastIndexOf(name, call.open)] : found.placesOf(name);
}

/** The lesson's `range`, called as Python's. */
function rangeOfNumbers({ error, code, offset }: Found): { name: string } | undefined {
  if (offset === undefined || !/^Argument of type 'number' is not/.test(error.message))
    return undefined;
  return code.callAround(offset)?.callee === 'range' ? { name: 'range' } : undefined;
}

/** A method that TypeScript did not find, or that was not there as the cell ran. */
function method({ error: { message, known } }: Found): string | undefined {
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

/** What TypeScript would call the values that methods of Python are looked for in. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'unknown[]';
  if (typeof value === 'string') return 'string';
  return typeof valueAt('dataSync', Object(value)) === 'function' ? 'Tensor' : '';
}
