import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend } from '../backend';
import { bytesOf } from '../bytes/byte-tensor';
import { Column } from '../bytes/column';
import type { Scales, Share } from '../trace/recording';
import { tensorOf, withIds } from './exchange';
import type { GraphText, Ref } from './graph-text';
import type { Session } from './session';

const WHOLE: Share = { index: 0, count: 1 };

/** A tensor of TensorFlow.js bound to variables of the session. */
interface VariableBinding {
  readonly variable: tf.TensorInfo;
  readonly handles: readonly Ref[];
  /** Placeholder and assignment node for a new value. */
  readonly feed: Ref;
  readonly assigned: Ref;
  readonly value: Ref;
  /** Data id of the session's value. Differs after an assignment in JavaScript. */
  dataId?: tf.DataId;
}

/**
 * A session's copies of weights, optimizer slots and data, each in a variable of the session. The variable shares
 * memory with the source tensor until either changes.
 */
export class SessionState {
  private readonly bindings = new Map<unknown, VariableBinding>();

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
    private readonly scales: Scales = new Map(),
  ) {}

  /** Returns the handle of the session's variable. The first call adds the variable, outside of any loop. */
  handleOf(variable: tf.TensorInfo, { index, count } = WHOLE): Ref {
    return at(this.bindingOf(variable, count).handles, index);
  }

  /** Returns the value of the session's variable, read outside of any loop. */
  valueOf(tensor: tf.TensorInfo): Ref {
    return this.bindingOf(tensor, 1).value;
  }

  private bindingOf(variable: tf.TensorInfo, count: number): VariableBinding {
    // The data of variables and columns may change. Other tensors may share data.
    const isMutable = 'assign' in variable || variable instanceof Column;
    const key = isMutable ? variable : variable.dataId;
    const binding =
      this.bindings.get(key) ?? this.graph.within(undefined, () => this.add(variable, count));
    this.bindings.set(key, binding);
    return binding;
  }

  private add(variable: tf.TensorInfo, count: number): VariableBinding {
    const { graph, backend } = this;
    const { TF_INT32 } = backend.binding;
    const dtype = dtypeOf(backend, variable);
    const [rows = 0, columns = 0] = variable.shape;
    const shape = count === 1 ? variable.shape : [rows, columns / count];
    const handles = Array.from({ length: count }, () => graph.variable(shape, dtype));
    const feed = graph.placeholder(variable.shape, dtype);
    const input = this.scaled(feed, variable, 1);
    const shares = count === 1 ? [input] : graph.split(input, count, 1, dtype);
    const assigns = shares.map((share, i) => graph.assign(at(handles, i), share, dtype));
    const done = graph.constant([], TF_INT32, Int32Array.of(1));
    const assigned = graph.add('Identity', [done], [graph.type('T', TF_INT32)], assigns);
    const values = handles.map(handle => graph.read(handle, dtype));
    const joined = count === 1 ? at(values, 0) : graph.concat(values, 1, dtype);
    const value = this.scaled(joined, variable, -1);
    return { variable, handles, feed, assigned, value };
  }

  /** Multiplies by the variable's factor, or by the inverse. */
  private scaled(ref: Ref, variable: tf.TensorInfo, power: 1 | -1): Ref {
    const { graph, scales } = this;
    const factor = scales.get(variable);
    if (factor === undefined) return ref;
    const { TF_FLOAT } = this.backend.binding;
    const constant = graph.constant([], TF_FLOAT, Float32Array.of(factor ** power));
    return graph.add('Mul', [ref, constant], [graph.type('T', TF_FLOAT)]);
  }

  /** Copies values changed since the last push or pull into the session. Bytes remain bytes. */
  push(session: Session): void {
    const changed = [...this.bindings.values()].filter(
      ({ variable, dataId }) => variable.dataId !== dataId,
    );
    if (changed.length === 0) return;
    const tensors = changed.map(({ variable }) =>
      variable instanceof Column ? variable.tensor : variable,
    );
    withIds(this.backend, tensors, 'bytes', ids => {
      const feeds = new Map(changed.map(({ feed }, i) => [feed, at(ids, i)]));
      session.read(
        feeds,
        changed.map(({ assigned }) => assigned),
      );
    });
    for (const binding of changed) binding.dataId = binding.variable.dataId;
  }

  /** Copies the session's values to the variables. */
  pull(session: Session, variables: Iterable<tf.Variable>): void {
    const bindings = Array.from(variables, key => this.bindings.get(key) ?? []).flat();
    if (bindings.length === 0) return;
    const refs = bindings.map(({ value }) => value);
    const values = session.run(new Map(), refs);
    bindings.forEach((binding, i) => {
      const tensor = tensorOf(this.backend, at(values, i));
      (binding.variable as tf.Variable).assign(tensor);
      tensor.dispose();
      binding.dataId = binding.variable.dataId;
    });
  }
}

/** Returns a tensor's type in the graph: uint8 if stored as bytes. */
export const dtypeOf = (backend: NativeBackend, tensor: tf.TensorInfo): number =>
  bytesOf(tensor) ? backend.binding.TF_UINT8 : backend.getDTypeInteger(tensor.dtype);
