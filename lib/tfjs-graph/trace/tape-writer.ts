import { Attributes, type Binding, type OpAttr, type TensorId } from '../backend';
import { kindOf, type Tape, type TapeConstant, type TapeOp, type TensorKind } from './tape';

/** A no-op of a tape, whose output is the input. */
export const ALIAS = 'Alias';

/** Returns a no-op with an op's outputs. */
export const aliasOf = (op: TapeOp, input: TensorId): TapeOp => ({
  ...op,
  op: ALIAS,
  attrs: [],
  inputs: [input],
});

/** Rewrites a tape with other ops for the same tensors. */
export class TapeWriter extends Attributes {
  private readonly ops: TapeOp[] = [];
  private readonly constants: TapeConstant[];
  private readonly kinds: Map<TensorId, TensorKind>;
  private next: TensorId;

  constructor(
    private readonly tape: Tape,
    binding: Binding,
  ) {
    super(binding);
    this.constants = [...tape.constants];
    this.kinds = new Map(tape.kinds);
    // New tensors have negative ids, unlike the addon's.
    this.next = Math.min(-1, ...[...tape.kinds.keys()].map(id => id - 1));
  }

  kind(id: TensorId): TensorKind {
    return kindOf(this.kinds, id);
  }

  shapeOf(id: TensorId): readonly number[] {
    return this.kind(id).shape;
  }

  /** Adds a tensor, to be computed by an op. */
  tensor(shape: readonly number[], dtype: number): TensorId {
    this.kinds.set(this.next, { shape: [...shape], dtype });
    return this.next--;
  }

  integers(values: readonly number[], shape: readonly number[]): TensorId {
    const dtype = this.binding.TF_INT32;
    const id = this.tensor(shape, dtype);
    this.constants.push({ id, shape, dtype, values: Int32Array.from(values) });
    return id;
  }

  /** Adds an op that reshapes `from` to the shape of `to`. */
  reshape(from: TensorId, to: TensorId): void {
    const attrs = [this.type('T', this.kind(from).dtype)];
    const shape = this.shapeOf(to);
    this.add('Reshape', attrs, [from, this.integers(shape, [shape.length])], [to]);
  }

  /** Adds an op that concatenates tensors along an axis. */
  concat(parts: readonly TensorId[], axis: number, result: TensorId): void {
    const attrs = [this.type('T', this.kind(result).dtype), this.int('N', parts.length)];
    this.add('ConcatV2', attrs, [...parts, this.integers([axis], [])], [result]);
  }

  sum(addends: readonly TensorId[], result: TensorId): void {
    const attrs = [this.type('T', this.kind(result).dtype), this.int('N', addends.length)];
    this.add('AddN', attrs, addends, [result]);
  }

  keep(op: TapeOp): void {
    this.ops.push(op);
  }

  add(
    op: string,
    attrs: readonly OpAttr[],
    inputs: readonly TensorId[],
    outputs: readonly TensorId[],
  ): void {
    this.ops.push({ op, attrs, inputs, outputs });
  }

  finish(): Tape {
    return { ...this.tape, ops: this.ops, constants: this.constants, kinds: this.kinds };
  }
}
