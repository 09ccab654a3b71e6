/** Values of another type than is expected: in arithmetic, as arguments, as members. */
import { messages } from '../language';
import type { ErrorContext, Rule } from './context';

/** The most characters of a type that are shown. */
const MOST = 60;

/** Shortens a type: leaves out where it comes from, and most of what may be instead. */
function shortType(type: string): string {
  const plain = type.replace(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  if (plain.length <= MOST) return plain;
  const ends = Array.from(plain.matchAll(/ \| /g), ({ index = 0 }) => index);
  const end = ends.filter(at => at <= MOST - 4 && isWhole(plain.slice(0, at))).at(-1);
  return end === undefined ? `${plain.slice(0, MOST - 1)}…` : `${plain.slice(0, end)} | …`;
}

/** Tells whether each bracket of a type is closed. */
function isWhole(type: string): boolean {
  const count = (brackets: RegExp) => type.match(brackets)?.length ?? 0;
  return count(/[([{<]/g) === count(/[)\]}]|(?<!=)>/g);
}

type Word = keyof ReturnType<typeof messages>['hints']['types'];

/** The words for types; one that is the type itself says all that it does. */
const WORDS: readonly (readonly [pattern: RegExp, word: Word])[] = [
  [/^number$/, 'number'],
  [/^string$/, 'string'],
  [/^boolean$/, 'boolean'],
  [/^(\(.*?\) => [^|]*)$/s, 'function'],
  [/^[\w<>]+\[\]$/, 'array'],
  [/^Tensor(\dD)?(<\w+>)?$/, 'tensor'],
  [/^(Images|Labels|NdArray<.*>)$/s, 'loaded'],
];

/** Names a type, with the word for it. */
function named(type: string): string {
  const { hints } = messages();
  const [, word] = WORDS.find(([pattern]) => pattern.test(type)) ?? [];
  return hints.type(shortType(type), word && hints.types[word], word === type);
}

/** Says what was expected and what came. */
function wrongType(context: ErrorContext, [came = '', expected = '']: readonly string[]) {
  // What is wrong with an object is told by the next line of the same error.
  if (/^\{|=>/.test(came)) return undefined;
  const code = conversion(context, came, expected);
  return messages().hints.expected(named(expected), named(came), code);
}

/** Turns the one into the other, if it is certain how. */
function conversion(
  { code, offset }: ErrorContext,
  came: string,
  expected: string,
): string | undefined {
  if (offset === undefined) return undefined;
  const [key = ''] = /^[\w$]+\s*:\s*/.exec(code.bare.slice(offset)) ?? [];
  const value = code.operand(offset + key.length);
  const behind = code.bare.slice(offset + key.length + value.length);
  if (!value || value.length > 40 || value.includes('\n') || !/^\s*[,)\]};]/.test(behind))
    return undefined;
  if (expected === 'number' && came === 'string') {
    const [, number] = /^(['"])(-?\d+(?:\.\d+)?)\1$/.exec(value)?.slice(1) ?? [];
    return number && key + number;
  }
  if (expected === 'string' && came === 'number') return `${key}String(${value})`;
  if (!/^[\w$]+$/.test(value)) return undefined;
  const isTensor = /^(Tensors|Tensor(\dD)?(<Rank>)?)( \||$)/.test(expected);
  if (came === 'Images' && isTensor) return `divide(${value}, 255)`;
  if (came === 'Labels' && isTensor) return `tf.tensor1d(${value}.data, 'int32')`;
  if (came === 'Labels' && /^TensorLike/.test(expected)) return `${value}.data`;
  if (came === 'number[]' && isTensor) return `tf.tensor1d(${value})`;
  if (came === 'number[][]' && isTensor) return `tf.tensor2d(${value})`;
  return undefined;
}

/** Says how many arguments a function takes. */
function argumentCount(context: ErrorContext, [expected = '', came = '']: readonly string[]) {
  const { code, offset } = context;
  const isFew = Number(came) < Number(expected.split('-')[0]);
  let name = '';
  if (offset !== undefined) {
    // If there are too few, the place is that of the name.
    name = isFew
      ? code.operand(offset).replace(/\(.*$/s, '')
      : (code.callAround(offset)?.callee ?? '');
  }
  return messages().hints.arguments(name, expected, came);
}

const METHODS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '**': 'pow',
};

const NUMBER = /^-?[\d.]+$/;
const LITERAL = /^(['"`[])/;

/** Says how to write arithmetic on what is no number: TypeScript points at that operand. */
function arithmetic({ code, error, offset }: ErrorContext): string | undefined {
  if (offset === undefined) return undefined;
  const wrong = code.operand(offset);
  const isLeft = error.code === 2362;
  const end = offset + wrong.length;
  const [around = '', sign = ''] = isLeft
    ? (/^\s*(\*\*|[*/%-])\s*/.exec(code.bare.slice(end)) ?? [])
    : (/\s*(\*\*|[*/%-])\s*$/.exec(code.bare.slice(0, offset)) ?? []);
  const other = isLeft
    ? code.operand(end + around.length)
    : code.operandBefore(offset - around.length);
  if (!sign || !wrong || !other || wrong.length > 60 || /\n/.test(wrong + other)) return undefined;
  if (LITERAL.test(wrong)) return sign === '*' ? repeated(wrong, other) : undefined;
  return onEach(wrong, sign, other, isLeft);
}

/** Repeats, as `[0] * 10` and `'-' * 10` do in Python. */
function repeated(literal: string, count: string): string | undefined {
  const [, inner = ''] = /^\[(.*)\]$/.exec(literal) ?? [];
  const { repeatString, repeatArray } = messages().hints;
  if (!literal.startsWith('[')) return repeatString(`${literal}.repeat(${count})`);
  if (!inner || LITERAL.test(count)) return undefined;
  if (/^[\w$.'"-]+$/.test(inner)) return repeatArray(`new Array(${count}).fill(${inner})`);
  if (/^[[{][^[\]{}]*[\]}]$/.test(inner)) {
    const item = inner.replace(/^\{.*/, '($&)');
    return repeatArray(`Array.from({ length: ${count} }, () => ${item})`);
  }
  return repeatArray(`Array.from({ length: ${count} }, () => ${literal}).flat()`);
}

function onEach(name: string, sign: string, other: string, isLeft: boolean): string {
  const method = METHODS[sign];
  const tensor =
    isLeft || sign === '*' || sign === '+'
      ? `${name}.${method}(${other})`
      : `tf.${method}(${other}, ${name})`;
  const array = isLeft
    ? `${name}.map(v => v ${sign} ${other})`
    : `${name}.map(v => ${other} ${sign} v)`;
  const isNumber = NUMBER.test(other);
  const pictures = isNumber && sign === '/' && isLeft && /^[\w$]+$/.test(name);
  return messages().hints.numbersOnly(
    sign,
    tensor,
    isNumber ? array : undefined,
    pictures ? `divide(${name}, ${other})` : undefined,
  );
}

/** Says how to add: of `+` TypeScript tells what the operands are. */
function addition({ code, offset }: ErrorContext, [left = '', right = '']: readonly string[]) {
  if (offset === undefined) return undefined;
  const { addTensors, joinArrays, addToEach } = messages().hints;
  const a = code.operand(offset);
  const [, blanks] = /^(\s*\+\s*)/.exec(code.bare.slice(offset + a.length)) ?? [];
  const b = blanks ? code.operand(offset + a.length + blanks.length) : '';
  if (!a || !b || `${a}${b}`.length > 60 || /\n/.test(a + b)) return undefined;
  if (/(^|\.)Tensor(\dD)?(<\w+>)?$/.test(left)) return addTensors(`${a}.add(${b})`);
  if (left.endsWith('[]') && right.endsWith('[]')) return joinArrays(`[...${a}, ...${b}]`);
  if (left === 'number[]' && NUMBER.test(b)) return addToEach(`${a}.map(v => v + ${b})`);
  return undefined;
}

export const typeRules: readonly Rule[] = [
  {
    codes: [2365],
    message: /^Operator '\+' cannot be applied to types '(.*)' and '(.*)'\.$/s,
    hint: addition,
  },
  { codes: [2362, 2363], hint: arithmetic },
  {
    codes: [2345, 2322],
    message:
      /^(?:Argument of type|Type) '(.*)' is not assignable to (?:parameter of )?type '(.*)'\.$/s,
    hint: wrongType,
  },
  {
    codes: [2559],
    message: /^Type '([^{].*)' has no properties in common with type/s,
    hint: (_, [came = '']) => messages().hints.expectedOptions(shortType(came)),
  },
  {
    codes: [2554, 2555],
    message: /^Expected (?:at least )?([\d-]+) arguments?, but got (?:at least )?(\d+)\.$/,
    hint: argumentCount,
  },
  {
    message: /^Property '(.*?)' is missing in type '\{/s,
    hint: (_, [name = '']) => messages().hints.add([name]),
  },
  {
    message: /^Type '\{.*?' is missing the following properties from type '.*?': (.*)$/s,
    hint: (_, [names = '']) =>
      messages().hints.add(names.replace(/, and \d+ more\.$/, '').split(', ')),
  },
  {
    codes: [2353],
    message: /'([^']+)' does not exist in type '(.*)'\.$/s,
    hint: (_, [name = '', type = '']) => messages().hints.hasNo(shortType(type), name),
  },
];
