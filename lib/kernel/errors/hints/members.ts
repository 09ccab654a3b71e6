/** Members that are not there: of an object, of its options, of a package. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import { isNear, nearest } from '../nearest';
import { methodsOf, valueAt } from '../values';

const OFFERED =
  /^(?:Property '([^']+)' does not exist on type|.* has no exported member named '([^']+)'|Object literal may only specify known properties, but '([^']+)' does not exist in type).* Did you mean (?:to write )?'([^']+)'\?$/s;

export function member(found: Found): string | undefined {
  const { message } = found.error;
  if (found.is(2550, 2583)) return tooNew(message);
  const [, ...names] = OFFERED.exec(message) ?? [];
  const [name, offered] = names.filter(Boolean);
  if (name && offered && isNear(name, offered)) {
    const before = found.offset === undefined ? '' : found.code.bare.slice(0, found.offset);
    const path = /[\w$]+(?:\.[\w$]+)*\.$/.exec(before)?.[0] ?? '';
    return text({ zh: `想写的是 ${path}${offered} 吗？`, en: `Write ${path}${offered}` });
  }
  return found.isThrown ? ofValues(found) : undefined;
}

/** Of the language of later years than Node's. */
function tooNew(message: string): string {
  const [, name = ''] = /'([^']+)'/.exec(message) ?? [];
  const node = `Node ${process.versions.node}`;
  return text({
    zh: `运行这个内核的 ${node} 还没有 ${name}；更新的 Node 才有`,
    en: `${node}, which runs this kernel, does not have ${name} yet; a newer Node does`,
  });
}

/** As the browser's kernel finds it: `model.sumary is not a function`. */
function ofValues({ error: { message, known } }: Found): string | undefined {
  const [, holder = '', name = ''] =
    /^([\w$]+(?:\.[\w$]+)*)\.([\w$]+) is not a function$/.exec(message) ?? [];
  if (!holder || !known) return undefined;
  const near = nearest(name, methodsOf(valueAt(holder, known)));
  return (
    near && text({ zh: `想写的是 ${holder}.${near} 吗？`, en: `Did you mean ${holder}.${near}?` })
  );
}
