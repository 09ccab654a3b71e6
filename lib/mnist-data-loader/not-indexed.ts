import { say, type Text } from './language';

const INDEX = /^-?\d+$/;

/**
 * Stands behind the prototype of a class whose values lie in `data`: `array[0]`, which would silently
 * be undefined, is an error that says what to write. What the class or the array has is found before
 * this is asked, at no cost; every name but an index is absent, as ever.
 */
export const notIndexed: object = new Proxy(
  {},
  {
    get(target, name, array: { readonly shape?: readonly number[] }) {
      if (isIndex(name) && array.shape) throw new TypeError(say(instead(name, array.shape)));
      return Reflect.get(target, name, array);
    },
    set(target, name, value, array: { readonly shape?: readonly number[] }) {
      if (isIndex(name) && array.shape) throw new TypeError(say(unchangeable(name)));
      return Reflect.set(target, name, value, array);
    },
  },
);

const isIndex = (name: string | symbol): name is string =>
  typeof name === 'string' && INDEX.test(name);

function instead(index: string, [, ...item]: readonly number[]): Text {
  const i = Number(index);
  if (item.length === 0) {
    const code = i < 0 ? `.data.at(${i})` : `.data[${i}]`;
    return {
      en: `An NdArray cannot be indexed with [${i}]. Write ${code} instead.`,
      zh: `NdArray 不能用 [${i}] 取值，请改写成 ${code}。`,
    };
  }
  const code = `.slice(${i}, 1)`;
  const shape = [1, ...item].join(', ');
  return {
    en: `An NdArray cannot be indexed with [${i}]. Write ${code} instead, which gives an NdArray of shape [${shape}].`,
    zh: `NdArray 不能用 [${i}] 取值，请改写成 ${code}，得到形状为 [${shape}] 的 NdArray。`,
  };
}

const unchangeable = (index: string): Text => ({
  en: `An NdArray cannot be changed with [${index}]. Its values are in .data.`,
  zh: `NdArray 不能用 [${index}] 修改，它的值都在 .data 里。`,
});
