import type * as tf from '@tensorflow/tfjs';
import { isPresent } from '../../is-present';
import type { GraphText, Ref } from './graph';
import type { NativeBackend, TensorId } from './native';
import type { Session } from './session';

/** A variable of TensorFlow.js and its counterpart in the session. */
interface Held {
  readonly variable: tf.TensorInfo;
  readonly dtype: number;
  readonly handle: Ref;
  /** Where a new value is fed, and what to ask for to have it assigned. */
  readonly feed: Ref;
  readonly assigned: Ref;
  readonly value: Ref;
  /** The data that the session had last; other data in the variable are news. */
  dataId?: tf.DataId;
}

/** Tensors that live in a session while it works: weights, optimizer slots, data. */
export class SessionState {
  private readonly held = new Map<unknown, Held>();

  constructor(
    private readonly backend: NativeBackend,
    private readonly graph: GraphText,
  ) {}

  /** The handle of a tensor's counterpart in the graph, made at the first call. */
  hold(variable: tf.TensorInfo): Ref {
    // A variable's data change with each assignment; of other tensors several may share their data.
    const key = 'assign' in variable ? variable : variable.dataId;
    const known = this.held.get(key);
    if (known) return known.handle;
    const { graph, backend } = this;
    const dtype = backend.getDTypeInteger(variable.dtype);
    const handle = graph.variable(variable.shape, dtype);
    const feed = graph.placeholder(variable.shape, dtype);
    const assign = graph.assign(handle, feed, dtype);
    const done = graph.constant([], backend.binding.TF_INT32, Int32Array.of(1));
    const assigned = graph.add(
      'Identity',
      [done],
      [graph.type('T', backend.binding.TF_INT32)],
      [assign],
    );
    const value = graph.read(handle, dtype);
    this.held.set(key, { variable, dtype, handle, feed, assigned, value });
    return handle;
  }

  /** Hands the session each value that has changed since the last push or pull. */
  push(session: Session): void {
    const news = [...this.held.values()].filter(
      ({ variable, dataId }) => variable.dataId !== dataId,
    );
    if (news.length === 0) return;
    const ids = this.backend.getInputTensorIds(news.map(({ variable }) => variable));
    const feeds = new Map(news.map(({ feed }, i) => [feed, ids[i] as TensorId]));
    session.read(
      feeds,
      news.map(({ assigned }) => assigned),
    );
    for (const held of news) held.dataId = held.variable.dataId;
  }

  /** Gives the variables the values that they have in the session. */
  pull(session: Session, variables: Iterable<tf.Variable>): void {
    const wanted = [...variables].map(variable => this.held.get(variable)).filter(isPresent);
    const values = session.run(
      new Map(),
      wanted.map(({ value }) => value),
    );
    wanted.forEach((held, i) => {
      const metadata = values[i];
      if (!metadata) return;
      const tensor = this.backend.createOutputTensor(metadata);
      (held.variable as tf.Variable).assign(tensor);
      tensor.dispose();
      held.dataId = held.variable.dataId;
    });
  }
}
