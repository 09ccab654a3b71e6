import { NotRecordableError } from '../errors';
import { Attributes, type Binding, type OpAttr, type Values } from './backend';
import { bytesIn } from './tape/tape';

/** The output of a node: `node` for its first, `node:1` for its second. */
export type Ref = string;

/**
 * A TensorFlow graph in the text form of protocol buffers; attributes with TensorFlow's defaults are left out.
 *
 * The format is that of `tensorflow/core/framework/graph.proto`, inside the `MetaGraphDef` of a
 * SavedModel without variables.
 */
export class GraphText extends Attributes {
  private readonly nodes: string[] = [];
  private readonly constants = new Map<string, Ref>();
  private count = 0;
  private pivot: Ref | undefined;

  /**
   * Adds a node.
   *
   * @param inputs outputs of other nodes, which may be added later.
   * @param after nodes that must have run before this one.
   * @param as a name from {@link reserve}, where others named the node already.
   * @returns its first output.
   */
  add(
    op: string,
    inputs: readonly Ref[],
    attrs: readonly OpAttr[],
    after: readonly Ref[] = [],
    as = this.reserve(),
  ): Ref {
    const shown = attrs.map(({ name, type, value }) => {
      const text = valueText(this.binding, type, value);
      return `attr { key: ${JSON.stringify(name)} value { ${text} } }`;
    });
    return this.addRaw(op, [...inputs, ...after.map(controlled)], shown, as);
  }

  has(op: RegExp): boolean {
    return this.nodes.some(node => op.test(/ op: "(\w+)"/.exec(node)?.[1] ?? ''));
  }

  /** Reserves the name of a node that is still to be added. */
  reserve(): Ref {
    return `n${this.count++}`;
  }

  /**
   * Runs `work`, which adds the nodes of a loop's body.
   *
   * @param pivot a node of the body. What has no inputs waits for it, and so belongs to the loop.
   */
  within<T>(pivot: Ref | undefined, work: () => T): T {
    const outer = this.pivot;
    this.pivot = pivot;
    try {
      return work();
    } finally {
      this.pivot = outer;
    }
  }

  /** Adds a constant, the same node for the same values; without values where one of the sizes is 0. */
  constant(shape: readonly number[], dtype: number, values: Values): Ref {
    const shown = constantText(this.binding, shape, dtype, values);
    const place = `${this.pivot ?? ''} ${shown}`;
    const known = this.constants.get(place) ?? this.addRaw('Const', [], [shown]);
    this.constants.set(place, known);
    return known;
  }

  /** Adds a place where a tensor is fed. Sizes may be left open with -1. */
  placeholder(shape: readonly number[], dtype: number): Ref {
    return this.add('Placeholder', [], [this.type('dtype', dtype), this.shape('shape', shape)]);
  }

  /** Adds a variable that lives as long as the session, and returns its handle. */
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

  /** Divides a value into the `count` slices of its first axis. */
  unstack(value: Ref, count: number, dtype: number): Ref[] {
    const attrs = [this.type('T', dtype), this.int('num', count)];
    return outputs(this.add('Unpack', [value], attrs), count);
  }

  stack(values: readonly Ref[], dtype: number): Ref {
    return this.add('Pack', values, [this.type('T', dtype), this.int('N', values.length)]);
  }

  /** Divides a value along an axis into `count` equal shares. */
  split(value: Ref, count: number, axis: number, dtype: number): Ref[] {
    const attrs = [this.type('T', dtype), this.int('num_split', count)];
    return outputs(this.add('Split', [this.integer(axis), value], attrs), count);
  }

  concat(values: readonly Ref[], axis: number, dtype: number): Ref {
    const attrs = [this.type('T', dtype), this.int('N', values.length)];
    return this.add('ConcatV2', [...values, this.integer(axis)], attrs);
  }

  /** Picks the slices of a value at indices of its first axis; at a scalar, one without that axis. */
  pick(value: Ref, index: Ref, dtype: number): Ref {
    const { TF_INT32 } = this.binding;
    const attrs = [
      this.type('Tparams', dtype),
      this.type('Tindices', TF_INT32),
      this.type('Taxis', TF_INT32),
    ];
    return this.add('GatherV2', [value, index, this.integer(0)], attrs);
  }

  /** Adds a node for the size of a value's first axis. */
  length(value: Ref, dtype: number): Ref {
    const shape = this.add('Shape', [value], [this.type('T', dtype)]);
    return this.pick(shape, this.integer(0), this.binding.TF_INT32);
  }

  integer(value: number): Ref {
    return this.constant([], this.binding.TF_INT32, Int32Array.of(value));
  }

  /** Writes the whole as `saved_model.pbtxt`, under a tag. 1882 is the graph version of TensorFlow 2.15. */
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
    const sources = inputs.length === 0 && pivot !== undefined ? [controlled(pivot)] : inputs;
    const shown = sources.map(source => `input: "${source}"`);
    this.nodes.push([`name: "${name}" op: "${op}"`, ...shown, ...attrs].join(' '));
    return name;
  }
}

/** Returns the first outputs of a node, by the ref of its very first. */
export const outputs = (first: Ref, count: number): Ref[] =>
  Array.from({ length: count }, (_, i) => (i === 0 ? first : `${first}:${i}`));

/** Writes the input that makes a node wait for another one, whatever that gives. */
const controlled = (ref: Ref) => `^${ref.replace(/:\d+$/, '')}`;

/** Writes the attributes of a constant. One value stands for all where they are alike. */
function constantText(
  binding: Binding,
  shape: readonly number[],
  dtype: number,
  values: Values,
): string {
  const [bytes, size] = [bytesIn(values), values.BYTES_PER_ELEMENT];
  const alike = values.length > 1 && bytes.subarray(size).equals(bytes.subarray(0, -size));
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
    [binding.TF_ATTR_STRING]: ['s', item => JSON.stringify(String(item))],
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

function number(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}
