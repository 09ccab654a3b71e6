/** Python's and NumPy's arithmetic on lists and arrays. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';

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

export function arithmetic(found: Found): string | undefined {
  const { code, offset } = found;
  if (offset === undefined) return undefined;
  if (found.is(2365)) return ofTypes(found, offset);
  if (!found.is(2362, 2363)) return undefined;
  // TypeScript points at the operand that is no number.
  const wrong = code.operand(offset);
  const isLeft = found.is(2362);
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

/** `[0] * 10` and `'-' * 10`. */
function repeated(literal: string, count: string): string | undefined {
  const [, inner = ''] = /^\[(.*)\]$/.exec(literal) ?? [];
  if (LITERAL.exec(literal)?.[1] !== '[') {
    return write(`${literal}.repeat(${count})`, 'string');
  }
  if (!inner || LITERAL.test(count)) return undefined;
  if (/^[\w$.'"-]+$/.test(inner)) return write(`new Array(${count}).fill(${inner})`, 'list');
  if (/^[[{][^[\]{}]*[\]}]$/.test(inner)) {
    return write(
      `Array.from({ length: ${count} }, () => ${inner.replace(/^\{.*/, '($&)')})`,
      'list',
    );
  }
  return write(`Array.from({ length: ${count} }, () => ${literal}).flat()`, 'list');
}

const write = (code: string, what: 'string' | 'list'): string =>
  text({
    zh: `${what === 'list' ? '数组' : '字符串'}不能用 * 重复，请写 ${code}`,
    en: `* does not repeat ${what === 'list' ? 'an array' : 'a string'}; write ${code}`,
  });

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
  return text({
    zh: [
      `${sign} 只能用于数。张量请写 ${tensor}`,
      ...(isNumber ? [`数组请写 ${array}`] : []),
      ...(pictures ? [`读入的图片请写 divide(${name}, ${other})`] : []),
    ].join('；'),
    en: [
      `${sign} works on numbers only. For a tensor, write ${tensor}`,
      ...(isNumber ? [`for an array, ${array}`] : []),
      ...(pictures ? [`for loaded pictures, divide(${name}, ${other})`] : []),
    ].join('; '),
  });
}

/** For `+` TypeScript says what the operands are. */
function ofTypes({ code, error, offset = 0 }: Found, start = offset): string | undefined {
  const [, left = '', right = ''] =
    /^Operator '\+' cannot be applied to types '(.*)' and '(.*)'\.$/s.exec(error.message) ?? [];
  const a = code.operand(start);
  const [, blanks] = /^(\s*\+\s*)/.exec(code.bare.slice(start + a.length)) ?? [];
  const b = blanks ? code.operand(start + a.length + blanks.length) : '';
  if (!left || !a || !b || `${a}${b}`.length > 60 || /\n/.test(a + b)) return undefined;
  if (isTensor(left)) {
    return text({ zh: `张量相加请写 ${a}.add(${b})`, en: `To add tensors, write ${a}.add(${b})` });
  }
  if (left.endsWith('[]') && right.endsWith('[]')) {
    return text({
      zh: `数组不能用 + 连接，请写 [...${a}, ...${b}]`,
      en: `+ does not join arrays; write [...${a}, ...${b}]`,
    });
  }
  if (left === 'number[]' && NUMBER.test(b)) {
    return text({
      zh: `数组不能直接加一个数，请写 ${a}.map(v => v + ${b})`,
      en: `+ does not add a number to each item of an array; write ${a}.map(v => v + ${b})`,
    });
  }
  return undefined;
}

const isTensor = (type: string): boolean => /(^|\.)Tensor(\dD)?(<\w+>)?$/.test(type);
