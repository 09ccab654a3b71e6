/** What the loader gives is neither an array nor a tensor. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';

const TYPE = `'(?:Images|Labels|NdArray<.*>)'`;
const MEMBER = new RegExp(`^Property '([^']+)' does not exist on type ${TYPE}`, 's');
const COUNT = /^Property 'length' does not exist on type 'Tensor\dD'/;
const LOOP = new RegExp(`^Type ${TYPE} must have a '\\[Symbol\\.iterator\\]`, 's');

export function loadedData({ error: { message }, code, offset }: Found): string | undefined {
  const [, member] = COUNT.test(message) ? ['', 'length'] : (MEMBER.exec(message) ?? []);
  if (!member && !LOOP.test(message)) return undefined;
  const before = offset === undefined ? '' : code.bare.slice(0, offset);
  const name = member
    ? /([\w$]+)\??\.$/.exec(before)?.[1]
    : offset === undefined
      ? undefined
      : /^[\w$]+/.exec(code.bare.slice(offset))?.[0];
  if (!name) return undefined;
  if (member === 'length') {
    return text({
      zh: `要知道一共有多少个，请写 ${name}.shape[0]`,
      en: `For the number of items, write ${name}.shape[0]`,
    });
  }
  return text({
    zh: `${name} 是读入的数据：所有的数在 ${name}.data 里；要变成张量，图片用 divide(${name}, 255)，标签用 tf.tensor1d(${name}.data, 'int32')`,
    en: `${name} is loaded data: its numbers are in ${name}.data. To make a tensor, write divide(${name}, 255) for pictures or tf.tensor1d(${name}.data, 'int32') for labels`,
  });
}
