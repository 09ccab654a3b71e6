import { Attributes, type Binding, type OpAttr, type Values } from '../backend';
import { NotRecordableError } from '../errors';
import { bytesIn } from '../trace/tape';

/** An output of a node: `node` for the first, `node:1` for the second. */
export type Ref = string;

/**
 * A TensorFlow graph in protobuf text format, without attributes that have default values. The format is defined by
 * `tensorflow/core/framework/graph.proto`; the graph becomes the `MetaGraphDef` of a SavedModel without variables.
 */
export class GraphText extends Attributes {
  private readonly nodes: string[] = [];
  private readonly constants = new Map<string, Ref>();
  private count = 0;
  private pivot: Ref | undefined;

  /**
   * Adds a node.
   *
   * @param inputs outputs of other nodes, possibly added later
   * @param after nodes that must run first
   * @param name a name from {@link reserve}, for nodes with earlier references
   * @returns the node's first output
   */
  add(
    op: string,
    inputs: readonly Ref[],
    attrs: readonly OpAttr[],
    after: readonly Ref[] = [],
    name = this.reserve(),
  ): Ref {
    const attrTexts = attrs.map(({ name: key, type, value }) => {
      const text = valueText(this.binding, type, value);
      return `attr { key: ${JSON.stringify(key)} value { ${text} } }`;
    });
    return this.addRaw(op, [...inputs, ...after.map(controlInput)], attrTexts, name);
  }

  has(op: RegExp): boolean {
    return this.nodes.some(node => op.test(/ op: "(\w+)"/.exec(node)?.[1] ?? ''));
  }

  /** Reserves a name for a node that is added later. */
  reserve(): Ref {
    return `n${this.count++}`;
  }

  /** Runs `work`, which adds the nodes of a loop's body. Nodes without inputs depend on `pivot`, a node of the body. */
  within<T>(pivot: Ref | undefined, work: () => T): T {
    const outer = this.pivot;
    this.pivot = pivot;
    try {
      return work();
    } finally {
      this.pivot = outer;
    }
  }

  /** Adds a constant, or returns an equal constant's node. `values` is empty for shapes of size 0. */
  constant(shape: readonly number[], dtype: number, values: Values): Ref {
    const text = constantText(this.binding, shape, dtype, values);
    const key = `${this.pivot ?? ''} ${text}`;
    const constant = this.constants.get(key) ?? this.addRaw('Const', [], [text]);
    this.constants.set(key, constant);
    return constant;
  }

  /** Adds an input of the graph. Unknown sizes are -1. */
  placeholder(shape: readonly number[], dtype: number): Ref {
    return this.add('Placeholder', [], [this.type('dtype', dtype), this.shape('shape', shape)]);
  }

  /** Adds a variable with the lifetime of the session. Returns the handle. */
  variable(shape: readonly number[], dtype: number): Ref {
    const kind = [this.type('dtype', dtype), this.shape('shape', shape)];
    return this.add('VarHandleOp', [], [...kind, this.string('shared_name', `v${this.count}`)]);
  }

  read(handle: Ref, dtype: number, after: readonly Ref[] = []): Ref {
    return this.add('ReadVariableOp', [handle], [this.type('dtype', dtype)], after);
  }

  assign(handle: Ref, value: Ref, dtype: number, after: readonly Ref[] = []): Ref {
    return this.add('AssignVariableOp', [handle, value], [this.type('dtype', dtype)], after);
  }

  /** Splits a value into the `count` slices of the first axis. */
  unstack(value: Ref, count: number, dtype: number): Ref[] {
    const attrs = [this.type('T', dtype), this.int('num', count)];
    return outputs(this.add('Unpack', [value], attrs), count);
  }

  stack(values: readonly Ref[], dtype: number): Ref {
    return this.add('Pack', values, [this.type('T', dtype), this.int('N', values.length)]);
  }

  /** Splits a value along an axis into `count` equal parts. */
  split(value: Ref, count: number, axis: number, dtype: number): Ref[] {
    const attrs = [this.type('T', dtype), this.int('num_split', count)];
    return outputs(this.add('Split', [this.integer(axis), value], attrs), count);
  }

  concat(values: readonly Ref[], axis: number, dtype: number): Ref {
    const attrs = [this.type('T', dtype), this.int('N', values.length)];
    return this.add('ConcatV2', [...values, this.integer(axis)], attrs);
  }

  /** Gathers slices of the first axis. A scalar index removes the axis. */
  gather(value: Ref, index: Ref, dtype: number): Ref {
    const { TF_INT32 } = this.binding;
    const attrs = [
      this.type('Tparams', dtype),
      this.type('Tindices', TF_INT32),
      this.type('Taxis', TF_INT32),
    ];
    return this.add('GatherV2', [value, index, this.integer(0)], attrs);
  }

  /** Adds a node for the length of the first axis. */
  length(value: Ref, dtype: number): Ref {
    const shape = this.add('Shape', [value], [this.type('T', dtype)]);
    return this.gather(shape, this.integer(0), this.binding.TF_INT32);
  }

  integer(value: number): Ref {
    return this.constant([], this.binding.TF_INT32, Int32Array.of(value));
  }

  /** Returns the content of `saved_model.pbtxt`. 1882 is the graph version of TensorFlow 2.15. */
  savedModel(tag: string): string {
    const nodes = this.nodes.map(node => `node { ${node} }`).join('\n');
    return `saved_model_schema_version: 1 meta_graphs { meta_info_def { tags: "${tag}" } graph_def {
${nodes}
versions { producer: 1882 } } }`;
  }

  private addRaw(
    op: string,
    inputs: readonly string[],
    attrs: readonly string[],
    name = this.reserve(),
  ): Ref {
    const { pivot } = this;
    const sources = inputs.length === 0 && pivot !== undefined ? [controlInput(pivot)] : inputs;
    const inputTexts = sources.map(source => `input: "${source}"`);
    this.nodes.push([`name: "${name}" op: "${op}"`, ...inputTexts, ...attrs].join(' '));
    return name;
  }
}

export const outputs = (first: Ref, count: number): Ref[] =>
  Array.from({ length: count }, (_, i) => (i === 0 ? first : `${first}:${i}`));

/** Returns a control input, which makes a node run after another. */
const controlInput = (ref: Ref) => `^${ref.replace(/:\d+$/, '')}`;

/** Returns the attributes of a constant. A single value represents an array of equal values. */
function constantText(
  binding: Binding,
  shape: readonly number[],
  dtype: number,
  values: Values,
): string {
  const [bytes, size] = [bytesIn(values), values.BYTES_PER_ELEMENT];
  const areEqual = values.length > 1 && bytes.subarray(size).equals(bytes.subarray(0, -size));
  const distinct = areEqual ? values.subarray(0, 1) : values;
  const field = valueField(binding, dtype);
  const list = Array.from(distinct, value => `${field}: ${number(value)}`).join(' ');
  const tensor = `dtype: ${dtype} ${shapeText('tensor_shape', shape)} ${list}`;
  return (
    `attr { key: "dtype" value { type: ${dtype} } } ` +
    `attr { key: "value" value { tensor { ${tensor} } } }`
  );
}

function valueText(binding: Binding, type: number, value: unknown): string {
  if (type === binding.TF_ATTR_SHAPE) return shapeText('shape', value as number[]);
  const scalar: Record<number, [string, (item: unknown) => string]> = {
    [binding.TF_ATTR_STRING]: ['s', item => JSON.stringify(String(item))],
    [binding.TF_ATTR_INT]: ['i', String],
    [binding.TF_ATTR_FLOAT]: ['f', item => number(Number(item))],
    [binding.TF_ATTR_BOOL]: ['b', item => String(Boolean(item))],
    [binding.TF_ATTR_TYPE]: ['type', String],
  };
  const format = scalar[type];
  if (!format) throw new RangeError(`Expected a known kind of attribute but received ${type}`);
  const [field, print] = format;
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

function number(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
