import type { GraphText, Ref } from './graph';
import type { Binding } from './native';

/** What an iteration sees. */
export interface Iteration {
  /** Its number, int32, from 0. */
  readonly index: Ref;
  /** There as soon as all that the iteration before had to do first is done. */
  readonly turn: Ref;
  /** Brings a value into the loop, the same in each iteration. */
  enter(value: Ref, dtype: number): Ref;
}

/** What an iteration leaves. */
export interface Result {
  /** Its numbers, float32, `[1, numbers]`. */
  readonly row: Ref;
  /** What must be done before the next iteration takes its turn. */
  readonly after: readonly Ref[];
}

/**
 * Adds a loop to a graph, by the ops that TensorFlow makes of a `tf.while_loop`. Iterations
 * overlap, except where they wait for their turn.
 *
 * @param frame a name that no other loop of the graph has.
 * @param count how many iterations, int32, known when it runs.
 * @param numbers how many an iteration leaves.
 * @param body adds the nodes of an iteration.
 * @returns the rows of all iterations, `[count, numbers]`.
 */
export function addLoop(
  graph: GraphText,
  binding: Binding,
  frame: string,
  count: Ref,
  numbers: number,
  body: (iteration: Iteration) => Result,
): Ref {
  const { TF_INT32, TF_FLOAT } = binding;
  const enter = (value: Ref, dtype: number, constant: boolean) =>
    graph.add(
      'Enter',
      [value],
      [
        graph.type('T', dtype),
        graph.string('frame_name', frame),
        graph.bool('is_constant', constant),
        graph.int('parallel_iterations', 10),
      ],
    );
  const carried = (initial: Ref, dtype: number) => {
    const next = graph.reserve();
    const attrs = [graph.type('T', dtype), graph.int('N', 2)];
    const value = graph.add('Merge', [enter(initial, dtype, false), next], attrs);
    return { dtype, value, next };
  };
  const zero = graph.constant([], TF_INT32, Int32Array.of(0));
  const none = graph.constant([0, numbers], TF_FLOAT, new Float32Array());
  const index = carried(zero, TF_INT32);
  const turn = carried(zero, TF_INT32);
  const rows = carried(none, TF_FLOAT);

  const limit = enter(count, TF_INT32, true);
  const less = graph.add('Less', [index.value, limit], [graph.type('T', TF_INT32)]);
  const going = graph.add('LoopCond', [less], []);
  const branch = ({ value, dtype }: typeof index) => {
    const first = graph.add('Switch', [value, going], [graph.type('T', dtype)]);
    const inside = graph.add('Identity', [`${first}:1`], [graph.type('T', dtype)]);
    return { inside, outside: first };
  };
  const [indexBranch, turnBranch, rowsBranch] = [branch(index), branch(turn), branch(rows)];

  const entered = new Map<Ref, Ref>();
  const iteration: Iteration = {
    index: indexBranch.inside,
    turn: turnBranch.inside,
    enter(value, dtype) {
      const known = entered.get(value) ?? enter(value, dtype, true);
      entered.set(value, known);
      return known;
    },
  };
  graph.within(indexBranch.inside, () => {
    const { row, after } = body(iteration);
    const next = ({ next, dtype }: typeof index, value: Ref) =>
      graph.add('NextIteration', [value], [graph.type('T', dtype)], [], next);
    const int32 = [graph.type('T', TF_INT32)];
    const one = graph.constant([], TF_INT32, Int32Array.of(1));
    next(index, graph.add('AddV2', [indexBranch.inside, one], int32));
    next(turn, graph.add('Identity', [turnBranch.inside], int32, after));
    next(rows, graph.concat([rowsBranch.inside, row], 0, TF_FLOAT));
  });
  return graph.add('Exit', [rowsBranch.outside], [graph.type('T', TF_FLOAT)]);
}
