/** `fit(model, x, y, epochs=5)`, as Python has it. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import type { Call } from '../code';
import { missingName } from './missing-name';
import { inTypeScript } from './python-words';

/** What takes its options in an object. */
const TAKES_OPTIONS =
  /^tf\.(layers|initializers|regularizers|constraints|callbacks)\.\w+$|^tf\.(sequential|model|input)$|^(\w+\.)?(fit|evaluate|predict|compile|loadData)$/;

/** What takes values alone. */
const TAKES_VALUES = /^(console|Math|JSON|Number|String|Array|Object|print)\b/;

const KEYWORD_ARGUMENT = /^([A-Za-z_]\w*)\s*=(?![=>])\s*/;

export function keywordArgument(found: Found): string | undefined {
  const { error, code } = found;
  const { offset } = found;
  if (error.code === undefined ? !found.isThrown : !found.is(2304, 2552, 2554, 2559, 2345, 2740))
    return undefined;
  const name = missingName(error)?.name;
  const places = name ? found.placesOf(name) : offset === undefined ? [] : [offset];
  for (const place of places) {
    if (!isKeywordArgument(found, place)) continue;
    const call = code.callAround(place);
    if (call && !TAKES_VALUES.test(call.callee)) return hint(found, call);
  }
  return undefined;
}

/** Whether `name = …` stands there among the arguments of a call. */
export function isKeywordArgument({ code }: Found, place: number): boolean {
  return KEYWORD_ARGUMENT.test(code.bare.slice(place)) && code.callAround(place) !== undefined;
}

function hint({ code }: Found, { callee, open, close }: Call): string {
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
    return text({
      zh: `TypeScript 没有 ${shown} 这样的关键字参数：请按参数的顺序，只写值 ${value}；如果函数接受选项对象，就写 ${object}`,
      en: `TypeScript has no keyword arguments such as ${shown}: pass just the value, ${value}, in the right position, or ${object} if the function takes an options object`,
    });
  }
  const whole = `${callee}(${[...before, object].join(', ')})`;
  const isWhole = options.length === rest.length && !whole.includes('\n') && whole.length <= 100;
  return text({
    zh: `TypeScript 没有 ${shown} 这样的关键字参数，选项要写在一个对象里：${isWhole ? whole : object}`,
    en: `TypeScript has no keyword arguments such as ${shown}; pass options in an object: ${isWhole ? whole : object}`,
  });
}

/** Keras writes `batch_size` in Python, and `batchSize` here. */
const camelCase = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
