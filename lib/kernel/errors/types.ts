/** Values of another type than is expected: in arithmetic, as arguments, as members. */
import { type ErrorContext, hints, type Rule } from './context';
import tables from './hints.json';
import { rewriteFirst } from './words';

/** The most characters of a type that are shown. */
const MOST = 60;

/** Shortens a type: leaves out where it comes from, and most of what may be instead. */
function shortType(type: string): string {
  const plain = type.replace(/(?:typeof )?import\("[^"]*"\)\.?/g, '');
  if (plain.length <= MOST) return plain;
  const [alternatives] = /^.* \|(?= )/s.exec(plain.slice(0, MOST - 1)) ?? [];
  return alternatives ? `${alternatives} …` : `${plain.slice(0, MOST - 1)}…`;
}

/** Names a type, with the word for it; one that is the type itself says all that it does. */
function named(type: string): string {
  const word = rewriteFirst(type, tables.typeWords) as keyof ReturnType<typeof hints>['types'];
  return hints().type(shortType(type), word && hints().types[word], word === type);
}

/** Says what was expected and what came, and turns the one into the other, if it is certain how. */
function wrongType(context: ErrorContext, came: string, expected: string): string | undefined {
  // What is wrong with an object is told by the next line of the same error.
  if (/^\{|=>/.test(came)) return undefined;
  const [key = ''] = /^[\w$]+\s*:\s*/.exec(context.ahead) ?? [];
  const value = context.operand(context.offset + key.length);
  const behind = context.ahead.slice(key.length + value.length);
  const isWhole = /^.{1,40}$/.test(value) && /^\s*[,)\]};]/.test(behind);
  const converted = rewriteFirst([expected, came, value].join(' ← '), tables.conversions);
  const code = isWhole && converted ? key + converted : undefined;
  return hints().expected(named(expected), named(came), code);
}

/** Says how many arguments a function takes. */
function argumentCount(context: ErrorContext, expected: string, came: string): string {
  // If there are too few, the place is that of the name.
  const isFew = Number(came) < Number.parseInt(expected, 10);
  const [name = ''] = isFew ? context.operand(context.offset).split('(') : [context.call?.callee];
  return hints().arguments(name, expected, came);
}

/** Reads the operation whose left or right operand begins at the place. */
function operation({ before, ahead, offset, operand, operandBefore }: ErrorContext, side: string) {
  const isLeft = side === 'left';
  const own = operand(offset);
  const [around = '', sign = ''] =
    (isLeft
      ? /^\s*(\*\*|[*/%+-])\s*/.exec(ahead.slice(own.length))
      : /(?<!\s)\s*(\*\*|[*/%-])\s*$/.exec(before)) ?? [];
  const other = isLeft
    ? operand(offset + own.length + around.length)
    : operandBefore(offset - around.length);
  const isWhole = sign && other && !other.includes('\n') && /^.{1,60}$/.test(own);
  return isWhole ? { isLeft, own, sign, other, isNumber: /^-?[\d.]+$/.test(other) } : undefined;
}

/** Says how to write arithmetic on what is no number: TypeScript points at that operand. */
function arithmetic(context: ErrorContext, side: string): string | undefined {
  const { own, sign, other, isLeft, isNumber } = operation(context, side) ?? {};
  if (!own || !sign) return undefined;
  if (/^['"`[]/.test(own)) {
    const { repeatString, repeatArray } = hints();
    const repeated = rewriteFirst(`${own} ${sign} ${other}`, tables.repeated);
    return repeated && (own.startsWith('[') ? repeatArray : repeatString)(repeated);
  }
  const method = tables.arithmetic[sign as keyof typeof tables.arithmetic];
  return hints().numbersOnly(
    sign,
    isLeft || sign === '*' ? `${own}.${method}(${other})` : `tf.${method}(${other}, ${own})`,
    isNumber
      ? `${own}.map(v => ${isLeft ? `v ${sign} ${other}` : `${other} ${sign} v`})`
      : undefined,
    isNumber && sign === '/' && isLeft && /^[\w$]+$/.test(own)
      ? `divide(${own}, ${other})`
      : undefined,
  );
}

/** Says how to add: of `+` TypeScript tells what the operands are. */
function addition(context: ErrorContext, left: string, right: string): string | undefined {
  const { own: a, other: b, sign, isNumber } = operation(context, 'left') ?? {};
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
    (_, came) => hints().expectedOptions(shortType(came)),
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
