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
  const { ahead, offset } = context;
  const [key = ''] = /^[\w$]+\s*:\s*/.exec(ahead) ?? [];
  const value = context.operand(offset + key.length);
  const behind = ahead.slice(key.length + value.length);
  const isWhole = /^.{1,40}$/.test(value) && /^\s*[,)\]};]/.test(behind);
  const converted = rewriteFirst([expected, came, value].join(' ← '), tables.conversions);
  const code = isWhole && converted ? key + converted : undefined;
  return hints().expected(named(expected), named(came), code);
}

/** Says how many arguments a function takes. */
function argumentCount(context: ErrorContext, expected: string, came: string): string {
  const { offset } = context;
  // If there are too few, the place is that of the name.
  const isFew = Number(came) < Number(expected.split('-')[0]);
  const name = isFew ? context.operand(offset).replace(/\(.*$/s, '') : undefined;
  return hints().arguments(name ?? context.call?.callee ?? '', expected, came);
}

const METHODS = new Map(Object.entries(tables.arithmetic));
const NUMBER = /^-?[\d.]+$/;

/** Says how to write arithmetic on what is no number: TypeScript points at that operand. */
function arithmetic(context: ErrorContext, side: string): string | undefined {
  const { before, ahead, offset } = context;
  const wrong = context.operand(offset);
  const isLeft = side === 'left';
  const end = offset + wrong.length;
  const [around = '', sign = ''] =
    (isLeft
      ? /^\s*(\*\*|[*/%-])\s*/.exec(ahead.slice(wrong.length))
      : /\s*(\*\*|[*/%-])\s*$/.exec(before)) ?? [];
  const other = isLeft
    ? context.operand(end + around.length)
    : context.operandBefore(offset - around.length);
  if (!sign || !other || !/^.{1,60}$/.test(wrong) || other.includes('\n')) return undefined;
  if (/^['"`[]/.test(wrong)) {
    const { repeatString, repeatArray } = hints();
    const repeated = rewriteFirst(`${wrong} ${sign} ${other}`, tables.repeated);
    return repeated && (wrong.startsWith('[') ? repeatArray : repeatString)(repeated);
  }
  const method = METHODS.get(sign);
  const isNumber = NUMBER.test(other);
  return hints().numbersOnly(
    sign,
    isLeft || sign === '*' ? `${wrong}.${method}(${other})` : `tf.${method}(${other}, ${wrong})`,
    isNumber
      ? `${wrong}.map(v => ${isLeft ? `v ${sign} ${other}` : `${other} ${sign} v`})`
      : undefined,
    isNumber && sign === '/' && isLeft && /^[\w$]+$/.test(wrong)
      ? `divide(${wrong}, ${other})`
      : undefined,
  );
}

/** Says how to add: of `+` TypeScript tells what the operands are. */
function addition(context: ErrorContext, left: string, right: string): string | undefined {
  const { ahead, offset } = context;
  const a = context.operand(offset);
  const [plus] = /^\s*\+\s*/.exec(ahead.slice(a.length)) ?? [];
  const b = plus && context.operand(offset + a.length + plus.length);
  if (!a || !b || !/^.{1,60}$/.test(a + b)) return undefined;
  if (/(^|\.)Tensor(\dD)?(<\w+>)?$/.test(left)) return hints().addTensors(`${a}.add(${b})`);
  if (left.endsWith('[]') && right.endsWith('[]')) return hints().joinArrays(`[...${a}, ...${b}]`);
  return left === 'number[]' && NUMBER.test(b)
    ? hints().addToEach(`${a}.map(v => v + ${b})`)
    : undefined;
}

export const typeRules: readonly Rule[] = [
  [/^Operator '\+' cannot be applied to types '(.*)' and '(.*)'\.$/s, addition],
  [/^The (left|right)-hand side of an arithmetic operation/, arithmetic],
  [
    /^(?:Argument of type|Type) '(.*)' is not assignable to (?:parameter of )?type '(.*)'\.$/s,
    wrongType,
  ],
  [
    /^Type '([^{].*)' has no properties in common with type/s,
    (_, came) => hints().expectedOptions(shortType(came)),
  ],
  [/^Expected (?:at least )?([\d-]+) arguments?, but got (?:at least )?(\d+)\.$/, argumentCount],
  [
    /^(?:Property '(.*?)' is missing in type '\{|Type '\{.*?' is missing the following properties from type '.*?': (.*?)(?:, and \d+ more)?\.?$)/s,
    (_, name, names) => hints().add(name ? [name] : names.split(', ')),
  ],
  [
    /^Object literal may only specify known properties, and '([^']+)' does not exist in type '(.*)'\.$/s,
    (_, name, type) => hints().hasNo(shortType(type), name),
  ],
];
