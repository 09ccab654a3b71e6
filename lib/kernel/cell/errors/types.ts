/** Hints for type errors: in arithmetic, arguments and members. */
import { type ErrorContext, hints, type Rule } from './context';
import tables from './hints.json';
import { rewriteFirst } from './words';

/** Maximum number of displayed characters of a type. */
const MAX_LENGTH = 60;

/** Shortens a type: removes import paths, and most alternatives of a long union. */
function shortType(type: string): string {
  const plain = type.replace(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  if (plain.length <= MAX_LENGTH) return plain;
  const start = plain.slice(0, MAX_LENGTH - 1);
  const [alternatives] = /^.* \|(?= )/s.exec(start) ?? [];
  return alternatives ? `${alternatives} …` : `${start}…`;
}

/** Describes a type: a word of the lesson's language and the type, unless they are equal. */
function describeType(type: string): string {
  const word = rewriteFirst(type, tables.typeWords) as keyof ReturnType<typeof hints>['types'];
  return hints().type(shortType(type), word && hints().types[word], word === type);
}

/** Returns the hint for an unexpected type, with a conversion if the conversion is certain. */
function wrongType(context: ErrorContext, actual: string, expected: string): string | undefined {
  // The next line of the message describes the difference between objects.
  if (/^\{|=>/.test(actual)) return undefined;
  const [key = ''] = /^[\w$]+\s*:\s*/.exec(context.ahead) ?? [];
  const value = context.operand(context.offset + key.length);
  const rest = context.ahead.slice(key.length + value.length);
  const isComplete = /^.{1,40}$/.test(value) && /^\s*[,)\]};]/.test(rest);
  const converted = rewriteFirst([expected, actual, value].join(' ← '), tables.conversions);
  const code = isComplete && converted ? key + converted : undefined;
  return hints().expected(describeType(expected), describeType(actual), code);
}

/** Returns the hint for a wrong number of arguments. */
function argumentCount(context: ErrorContext, expected: string, actual: string): string {
  // If arguments are missing, TypeScript reports the function's name.
  const isFew = Number(actual) < Number.parseInt(expected, 10);
  const [name = ''] = isFew ? context.operand(context.offset).split('(') : [context.call?.callee];
  return hints().arguments(name, expected, actual);
}

/** Parses the operation whose left or right operand starts at the offset. */
function operation({ before, ahead, offset, operand, operandBefore }: ErrorContext, side: string) {
  const isLeft = side === 'left';
  const reported = operand(offset);
  const [signWithBlanks = '', sign = ''] =
    (isLeft
      ? /^\s*(\*\*|[*/%+-])\s*/.exec(ahead.slice(reported.length))
      : /(?<!\s)\s*(\*\*|[*/%-])\s*$/.exec(before)) ?? [];
  const other = isLeft
    ? operand(offset + reported.length + signWithBlanks.length)
    : operandBefore(offset - signWithBlanks.length);
  const isShort = sign && other && !other.includes('\n') && /^.{1,60}$/.test(reported);
  if (!isShort) return undefined;
  return { isLeft, reported, sign, other, isNumber: /^-?[\d.]+$/.test(other) };
}

/** Returns the hint for arithmetic with an operand that is no number. TypeScript reports this operand. */
function arithmetic(context: ErrorContext, side: string): string | undefined {
  const { reported, sign, other, isLeft, isNumber } = operation(context, side) ?? {};
  if (!reported || !sign) return undefined;
  if (/^['"`[]/.test(reported)) {
    const { repeatString, repeatArray } = hints();
    const repeated = rewriteFirst(`${reported} ${sign} ${other}`, tables.repeated);
    return repeated && (reported.startsWith('[') ? repeatArray : repeatString)(repeated);
  }
  const method = tables.arithmetic[sign as keyof typeof tables.arithmetic];
  return hints().numbersOnly(
    sign,
    isLeft || sign === '*'
      ? `${reported}.${method}(${other})`
      : `tf.${method}(${other}, ${reported})`,
    isNumber
      ? `${reported}.map(v => ${isLeft ? `v ${sign} ${other}` : `${other} ${sign} v`})`
      : undefined,
    isNumber && sign === '/' && isLeft && /^[\w$]+$/.test(reported)
      ? `divide(${reported}, ${other})`
      : undefined,
  );
}

/** Returns the hint for `+`. Here TypeScript reports the types of both operands. */
function addition(context: ErrorContext, left: string, right: string): string | undefined {
  const { reported: a, other: b, sign, isNumber } = operation(context, 'left') ?? {};
  if (sign !== '+') return undefined;
  if (/(^|\.)Tensor(\dD)?(<\w+>)?$/.test(left)) return hints().addTensors(`${a}.add(${b})`);
  if (left.endsWith('[]') && right.endsWith('[]')) return hints().joinArrays(`[...${a}, ...${b}]`);
  return left === 'number[]' && isNumber ? hints().addToEach(`${a}.map(v => v + ${b})`) : undefined;
}

export const typeRules: readonly Rule[] = [
  [/^(?=.*'\.$)Operator '\+' cannot be applied to types '(.*)' and '(.*)'\.$/s, addition],
  [/^The (left|right)-hand side of an arithmetic operation/, arithmetic],
  [
    /^(?=.*'\.$)(?:Argument of type|Type) '(.*)' is not assignable to (?:parameter of )?type '(.*)'\.$/s,
    wrongType,
  ],
  [
    /^Type '([^{].*)' has no properties in common with type/s,
    (_, actual) => hints().expectedOptions(shortType(actual)),
  ],
  [/^Expected (?:at least )?([\d-]+) arguments?, but got (?:at least )?(\d+)\.$/, argumentCount],
  [
    /^(?:Property '(.*?)' is missing in type '\{|(?=.*' is missing the following properties from type ')Type '\{.*': (.*?)(?:, and \d+ more)?\.?$)/s,
    (_, name, names) => hints().add(name ? [name] : names.split(', ')),
  ],
  [
    /^Object literal may only specify known properties, and '([^']+)' does not exist in type '(.*)'\.$/s,
    (_, name, type) => hints().hasNo(shortType(type), name),
  ],
];
