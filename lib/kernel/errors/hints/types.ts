/** A value of another type than is expected. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import { short, type } from './type-words';

const NOT_ASSIGNABLE =
  /^(?:Argument of type|Type) '(.*)' is not assignable to (?:parameter of )?type '(.*)'\.$/s;

export function wrongType(found: Found): string | undefined {
  const { error } = found;
  const { message } = error;
  if (found.is(2345, 2322)) {
    const [, came = '', expected = ''] = NOT_ASSIGNABLE.exec(message) ?? [];
    // What is wrong with an object is told by the next line of the same error.
    if (!came || /^\{|=>/.test(came)) return undefined;
    const code = instead(found, came, expected);
    return text({
      zh: `这里需要${type(expected)}，实际给的是${type(came)}${code ? `：请写 ${code}` : ''}`,
      en: `Expected ${type(expected)} here, but received ${type(came)}${code ? `: write ${code}` : ''}`,
    });
  }
  if (found.is(2559)) {
    const [, came = ''] = /^Type '(.*)' has no properties in common with type/s.exec(message) ?? [];
    if (!came || /^\{/.test(came)) return undefined;
    return text({
      zh: `这里要写一个选项对象 { … }，实际给的是 ${short(came)}`,
      en: `Expected an options object, { … }, but received ${short(came)}`,
    });
  }
  if (found.is(2554, 2555)) return count(found);
  return lacking(found);
}

/** What turns the one into the other, where that is certain. */
function instead({ code, offset }: Found, came: string, expected: string): string | undefined {
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

function count({ error, code, offset }: Found): string | undefined {
  const [, expected, came] =
    /^Expected (?:at least )?([\d-]+) arguments?, but got (?:at least )?(\d+)\.$/.exec(
      error.message,
    ) ?? [];
  if (!expected) return undefined;
  // Where there are too few, the place is that of the name.
  const callee = offset === undefined ? undefined : (code.callAround(offset)?.callee ?? undefined);
  const here = offset === undefined ? '' : code.operand(offset).replace(/\(.*$/s, '');
  const isFew = Number(came) < Number(expected.split('-')[0]);
  const name = (isFew ? here : callee) || text({ zh: '这个函数', en: 'The function' });
  const zh = expected.replace('-', '～');
  return text({
    zh: `${name} 需要 ${zh} 个参数，实际给了 ${came} 个。把光标放在名字后面，按 Shift + Tab 可以看说明`,
    en: `${name} takes ${expected.replace('-', ' to ')} arguments, but received ${came}. Put the cursor after its name and press Shift + Tab to see them`,
  });
}

/** Members that an object has to have, or cannot have. */
function lacking({ error: { message, code } }: Found): string | undefined {
  const [, one, of = ''] = /^Property '(.*?)' is missing in type '(.*?)' but/s.exec(message) ?? [];
  const [, from = '', several] =
    /^Type '(.*?)' is missing the following properties from type '.*?': (.*)$/s.exec(message) ?? [];
  const missing = one ?? several?.replace(/, and (\d+) more\.$/, '');
  if (missing && /^\{/.test(of || from)) {
    const list = missing.split(', ');
    return text({ zh: `请补上 ${list.join('、')}`, en: `Add ${list.join(', ')}` });
  }
  const [, unknown, type = ''] =
    code === 2353 ? (/'([^']+)' does not exist in type '(.*)'\.$/s.exec(message) ?? []) : [];
  return unknown
    ? text({ zh: `${short(type)} 没有 ${unknown}`, en: `${short(type)} has no ${unknown}` })
    : undefined;
}
