import { Attributes, type Binding, type OpAttr, type TensorId } from '../backend';
import { kindOf, type Tape, type TapeConstant, type TapeOp, type TensorKind } from './tape';

/** An op of a tape that computes nothing: its output is its input. */
export const ALIAS = 'Alias';

/** Writes a tape anew, with other ops for the same tensors. */
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
    // The addon counts from 0 upwards; tensors that no op has made yet are numbered downwards.
    this.next = Math.min(-1, ...[...tape.kinds.keys()].map(id => id - 1));
  }

  kind(id: TensorId): TensorKind {
    return kindOf(this.kinds, id);
  }

  shapeOf(id: TensorId): readonly number[] {
    return this.kind(id).shape;
  }

  /** Adds a tensor that an op is to make. */
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

  /** Adds the op that reshapes a tensor to the shape of another one. */
  reshape(from: TensorId, to: TensorId): void {
    const attrs = [this.type('T', this.kind(from).dtype)];
    const shape = this.shapeOf(to);
    this.add('Reshape', attrs, [from, this.integers(shape, [shape.length])], [to]);
  }

  /** Adds the op that puts parts of a tensor together along an axis. */
  concat(parts: readonly TensorId[], axis: number, whole: TensorId): void {
    const attrs = [this.type('T', this.kind(whole).dtype), this.int('N', parts.length)];
    this.add('ConcatV2', attrs, [...parts, this.integers([axis], [])], [whole]);
  }

  /** Adds the op that adds tensors up. */
  sum(addends: readonly TensorId[], whole: TensorId): void {
    const attrs = [this.type('T', this.kind(whole).dtype), this.int('N', addends.length)];
    this.add('AddN', attrs, addends, [whole]);
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
