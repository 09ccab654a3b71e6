import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend } from './backend';
import { bytesOf } from './byte-tensor';
import { Column } from './column';
import { tensorOf, withIds } from './exchange';
import type { GraphText, Ref } from './graph-text';
import type { Session } from './session';

/** One of the equal shares of a matrix's columns, each held by a variable of its own. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/** All of a tensor, in one variable. */
const WHOLE: Share = { index: 0, count: 1 };

/** A variable of TensorFlow.js and its counterpart in the session. */
interface Held {
  readonly variable: tf.TensorInfo;
  readonly handles: readonly Ref[];
  /** The placeholder for a new value, and the node that assigns it. */
  readonly feed: Ref;
  readonly assigned: Ref;
  readonly value: Ref;
  /** The data that the session has; other data of the variable are new. */
  dataId?: tf.DataId;
}

/**
 * Tensors that a session works on: weights, optimizer slots and data, each in a variable of the session. A
 * variable shares the memory of what it is given, until one of the two changes.
 */
export class SessionState {
  private readonly held = new Map<unknown, Held>();
  private readonly scales = new Map<tf.TensorInfo, number>();

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
  ) {}

  /** Sets the factor between a float32 variable and its counterpart, which is to be made later. */
  scale(variable: tf.Variable, factor: number): void {
    if (factor !== 1) this.scales.set(variable, factor);
  }

  /** Returns the handle of a tensor's counterpart in the graph, made at the first call, outside of any loop. */
  hold(variable: tf.TensorInfo, { index, count } = WHOLE): Ref {
    return at(this.heldOf(variable, count).handles, index);
  }

  /** Returns the value of a tensor's counterpart, read outside of any loop. */
  valueOf(tensor: tf.TensorInfo): Ref {
    return this.heldOf(tensor, 1).value;
  }

  private heldOf(variable: tf.TensorInfo, count: number): Held {
    // The data of variables and columns change; of other tensors several may share their data.
    const changes = 'assign' in variable || variable instanceof Column;
    const key = changes ? variable : variable.dataId;
    const known =
      this.held.get(key) ?? this.graph.within(undefined, () => this.add(variable, count));
    this.held.set(key, known);
    return known;
  }

  private add(variable: tf.TensorInfo, count: number): Held {
    const { graph, backend } = this;
    const { TF_INT32 } = backend.binding;
    const dtype = dtypeOf(backend, variable);
    const [rows = 0, columns = 0] = variable.shape;
    const shape = count === 1 ? variable.shape : [rows, columns / count];
    const handles = Array.from({ length: count }, () => graph.variable(shape, dtype));
    const feed = graph.placeholder(variable.shape, dtype);
    const given = this.scaled(feed, variable, 1);
    const fed = count === 1 ? [given] : graph.split(given, count, 1, dtype);
    const assigns = fed.map((share, i) => graph.assign(at(handles, i), share, dtype));
    const done = graph.constant([], TF_INT32, Int32Array.of(1));
    const assigned = graph.add('Identity', [done], [graph.type('T', TF_INT32)], assigns);
    const values = handles.map(handle => graph.read(handle, dtype));
    const whole = count === 1 ? at(values, 0) : graph.concat(values, 1, dtype);
    const value = this.scaled(whole, variable, -1);
    return { variable, handles, feed, assigned, value };
  }

  /** Multiplies by the variable's factor, or its inverse. */
  private scaled(ref: Ref, variable: tf.TensorInfo, power: 1 | -1): Ref {
    const { graph, scales } = this;
    const factor = scales.get(variable);
    if (factor === undefined) return ref;
    const { TF_FLOAT } = this.backend.binding;
    const constant = graph.constant([], TF_FLOAT, Float32Array.of(factor ** power));
    return graph.add('Mul', [ref, constant], [graph.type('T', TF_FLOAT)]);
  }

  /** Hands the session each value that has changed since the last push or pull; bytes as bytes. */
  push(session: Session): void {
    const news = [...this.held.values()].filter(
      ({ variable, dataId }) => variable.dataId !== dataId,
    );
    if (news.length === 0) return;
    const tensors = news.map(({ variable }) =>
      variable instanceof Column ? variable.tensor : variable,
    );
    withIds(this.backend, tensors, 'bytes', ids => {
      const feeds = new Map(news.map(({ feed }, i) => [feed, at(ids, i)]));
      session.read(
        feeds,
        news.map(({ assigned }) => assigned),
      );
    });
    for (const held of news) held.dataId = held.variable.dataId;
  }

  /** Gives the variables the values that they have in the session. */
  pull(session: Session, variables: Iterable<tf.Variable>): void {
    const wanted = Array.from(variables, variable => this.held.get(variable) ?? []).flat();
    if (wanted.length === 0) return;
    const refs = wanted.map(({ value }) => value);
    const values = session.run(new Map(), refs);
    wanted.forEach((held, i) => {
      const tensor = tensorOf(this.backend, at(values, i));
      (held.variable as tf.Variable).assign(tensor);
      tensor.dispose();
      held.dataId = held.variable.dataId;
    });
  }
}

/** Returns the type of a tensor in the graph: uint8 if it holds bytes. */
export const dtypeOf = (backend: NativeBackend, tensor: tf.TensorInfo): number =>
  bytesOf(tensor) ? backend.binding.TF_UINT8 : backend.getDTypeInteger(tensor.dtype);
