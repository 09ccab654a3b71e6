import { at } from '../array';
import type { Binding } from '../backend';
import type { TensorKind } from '../trace/tape';
import type { GraphText, Ref } from './graph-text';

export interface Iteration {
  /** Index of the iteration, int32. */
  readonly index: Ref;
  /** Completes when the previous iteration's updates are done. */
  readonly turn: Ref;
  /** The carried values of the previous iteration. */
  readonly carried: readonly Ref[];
  /** Makes a loop-invariant value available in the loop. */
  enter(value: Ref, dtype: number): Ref;
}

interface Result {
  /** The iteration's rows of each output, `[rows, ...shape]`. */
  readonly outputs: readonly Ref[];
  /** The nodes that must run before the next iteration's turn. */
  readonly after: readonly Ref[];
  /** The carried values for the next iteration. */
  readonly carried: readonly Ref[];
}

/** A value that each iteration passes to the next iteration. */
export interface Carried {
  readonly initial: Ref;
  readonly dtype: number;
  /** Adds the node that stores the value after the last iteration. */
  store(last: Ref): Ref;
}

interface Loop {
  readonly frame: string;
  /** The number of iterations, int32. */
  readonly count: Ref;
  readonly kinds: readonly TensorKind[];
  readonly parallel: number;
  readonly carried: readonly Carried[];
  readonly body: (iteration: Iteration) => Result;
}

/**
 * Adds a loop to a graph, using the ops of `tf.while_loop`. Iterations overlap unless they wait for their turn. Returns
 * the outputs, with the concatenated rows of all iterations.
 */
export function addLoop(
  graph: GraphText,
  { TF_INT32: int32 }: Binding,
  { frame, count, kinds, parallel, carried, body }: Loop,
): Ref[] {
  /** Adds a node with the type attribute `T`. */
  const add = (op: string, inputs: readonly Ref[], dtype: number, after: readonly Ref[] = []) =>
    graph.add(op, inputs, [graph.type('T', dtype)], after);
  const addEnter = (value: Ref, dtype: number, isConstant: boolean) => {
    const attrs = [
      graph.type('T', dtype),
      graph.string('frame_name', frame),
      graph.bool('is_constant', isConstant),
      graph.int('parallel_iterations', parallel),
    ];
    return graph.add('Enter', [value], attrs);
  };
  const entered = new Map<Ref, Ref>();
  const enter = (value: Ref, dtype: number) => {
    const node = entered.get(value) ?? addEnter(value, dtype, true);
    entered.set(value, node);
    return node;
  };
  /** Adds a value at the start of an iteration. `next` is the name of the node with the next iteration's value. */
  const merge = (initial: Ref, dtype: number) => {
    const next = graph.reserve();
    const inputs = [addEnter(initial, dtype, false), next];
    const value = graph.add('Merge', inputs, [graph.type('T', dtype), graph.int('N', 2)]);
    return { dtype, value, next };
  };
  /** Splits a value into the value within an iteration and the value after the last iteration. */
  const branch = ({ value, ...merged }: ReturnType<typeof merge>) => {
    const outside = add('Switch', [value, condition], merged.dtype);
    return { ...merged, outside, inside: `${outside}:1` };
  };
  type Branch = ReturnType<typeof branch>;
  // A control input from a `Switch` would also trigger after the last iteration.
  const withIdentity = (value: Branch): Branch => ({
    ...value,
    inside: add('Identity', [value.inside], value.dtype),
  });
  const pass = ({ next, dtype }: Branch, value: Ref) =>
    graph.add('NextIteration', [value], [graph.type('T', dtype)], [], next);
  const exit = ({ outside, dtype }: Branch) => add('Exit', [outside], dtype);

  const zero = graph.integer(0);
  const counter = merge(zero, int32);
  const less = add('Less', [counter.value, enter(count, int32)], int32);
  const condition = graph.add('LoopCond', [less], []);
  const index = withIdentity(branch(counter));
  const turn = withIdentity(branch(merge(zero, int32)));
  const values = carried.map(({ initial, dtype }) => branch(merge(initial, dtype)));
  const outputs = kinds.map(({ shape, dtype }) =>
    branch(merge(graph.constant([0, ...shape], dtype, new Uint8Array()), dtype)),
  );
  const { after } = graph.within(index.inside, () => {
    const result = body({
      index: index.inside,
      turn: turn.inside,
      carried: values.map(({ inside }) => inside),
      enter,
    });
    pass(index, add('AddV2', [index.inside, graph.integer(1)], int32));
    pass(turn, add('Identity', [turn.inside], int32, result.after));
    for (const [i, value] of values.entries()) pass(value, at(result.carried, i));
    for (const [i, output] of outputs.entries()) {
      pass(output, graph.concat([output.inside, at(result.outputs, i)], 0, output.dtype));
    }
    return result;
  });
  // Make the outputs depend on the stores, which would not run otherwise.
  const done = carried.map(({ store }, i) => store(exit(at(values, i))));
  if (after.length > 0) done.push(exit(turn));
  return outputs.map(output => add('Identity', [exit(output)], output.dtype, done));
}
