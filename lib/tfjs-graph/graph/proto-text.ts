/** Attributes and tensors of a graph in the text form of protocol buffers. */
import { NotRecordableError } from '../errors';
import type { Binding, OpAttr, Values } from './backend';

export function attrText(binding: Binding, { name, type, value }: OpAttr): string {
  return `attr { key: ${quote(name)} value { ${valueText(binding, type, value)} } }`;
}

/** Writes the attributes of a constant. One value stands for all where they are alike. */
export function constantText(
  binding: Binding,
  shape: readonly number[],
  dtype: number,
  values: Values,
): string {
  const alike = values.length > 1 && values.every(value => Object.is(value, values[0]));
  const shown = alike ? values.subarray(0, 1) : values;
  const field = valueField(binding, dtype);
  const list = Array.from(shown, value => `${field}: ${number(value)}`).join(' ');
  const tensor = `dtype: ${dtype} ${shapeText('tensor_shape', shape)} ${list}`;
  return (
    `attr { key: "dtype" value { type: ${dtype} } } ` +
    `attr { key: "value" value { tensor { ${tensor} } } }`
  );
}

function valueText(binding: Binding, type: number, value: unknown): string {
  if (type === binding.TF_ATTR_SHAPE) return shapeText('shape', value as number[]);
  const scalar: Record<number, [string, (item: unknown) => string]> = {
    [binding.TF_ATTR_STRING]: ['s', item => quote(String(item))],
    [binding.TF_ATTR_INT]: ['i', String],
    [binding.TF_ATTR_FLOAT]: ['f', item => number(Number(item))],
    [binding.TF_ATTR_BOOL]: ['b', item => String(Boolean(item))],
    [binding.TF_ATTR_TYPE]: ['type', String],
  };
  const known = scalar[type];
  if (!known) throw new RangeError(`Expected a known kind of attribute but received ${type}`);
  const [field, print] = known;
  if (!Array.isArray(value)) return `${field}: ${print(value)}`;
  return `list { ${value.map(item => `${field}: ${print(item)}`).join(' ')} }`;
}

function valueField({ TF_FLOAT, TF_INT32, TF_BOOL }: Binding, dtype: number): string {
  const field = { [TF_FLOAT]: 'float_val', [TF_INT32]: 'int_val', [TF_BOOL]: 'bool_val' }[dtype];
  if (!field) throw new NotRecordableError({ code: 'constant-type' });
  return field;
}

function shapeText(name: string, sizes: readonly number[]): string {
  return `${name} { ${sizes.map(size => `dim { size: ${size} }`).join(' ')} }`;
}

const quote = (text: string) => JSON.stringify(text);

function number(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
