import { messages } from './language';

interface Shaped {
  readonly shape?: readonly number[];
}

/**
 * Stands behind the prototype of a class whose values lie in `data`: `array[0]`, which would silently
 * be undefined, is an error that says what to write. What the class or the array has is found before
 * this is asked, at no cost; every name but an index is absent, as ever.
 */
export const indexGuard: object = new Proxy(
  {},
  {
    get(target, name, array: Shaped) {
      if (isIndex(name) && array.shape) throw new TypeError(instead(Number(name), array.shape));
      return Reflect.get(target, name, array);
    },
    set(target, name, value, array: Shaped) {
      if (isIndex(name) && array.shape) throw new TypeError(messages().array.unchangeable(name));
      return Reflect.set(target, name, value, array);
    },
  },
);

const isIndex = (name: string | symbol): name is string =>
  typeof name === 'string' && /^-?\d+$/.test(name);

function instead(index: number, [, ...item]: readonly number[]): string {
  const { noIndex, noIndexForItem } = messages().array;
  if (item.length > 0) {
    return noIndexForItem(index, `.slice(${index}, 1)`, `[${[1, ...item].join(', ')}]`);
  }
  return noIndex(index, index < 0 ? `.data.at(${index})` : `.data[${index}]`);
}
