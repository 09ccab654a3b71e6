import type { Binding } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { TensorKind } from './tape/tape';

/** What an iteration sees. */
export interface Iteration {
  /** Its number, int32, from 0. */
  readonly index: Ref;
  /** There as soon as all that the iteration before had to do first is done. */
  readonly turn: Ref;
  /** What the iteration before has left of the state. */
  readonly state: readonly Ref[];
  /** Brings a value into the loop, the same in each iteration. */
  enter(value: Ref, dtype: number): Ref;
}

/** What an iteration leaves. */
export interface Result {
  /** A part of each output, `[rows, ...shape]`. */
  readonly outputs: readonly Ref[];
  /** What must be done before the next iteration takes its turn. */
  readonly after: readonly Ref[];
  /** What the next iteration finds of the state. */
  readonly state: readonly Ref[];
}

/** A value that each iteration makes anew for the next one. */
export interface State {
  readonly initial: Ref;
  readonly dtype: number;
  /** Adds what keeps the value that the last iteration has left. */
  keep(last: Ref): Ref;
}

/**
 * Adds a loop to a graph, by the ops that TensorFlow makes of a `tf.while_loop`. Iterations
 * overlap, except where they wait for their turn.
 *
 * @param frame a name that no other loop of the graph has.
 * @param count how many iterations, int32, known when it runs.
 * @param kinds of the outputs' rows.
 * @param states what iterations hand on.
 * @param body adds the nodes of an iteration.
 * @returns the outputs: the rows of all iterations, one after the other.
 */
export function addLoop(
  graph: GraphText,
  binding: Binding,
  frame: string,
  count: Ref,
  kinds: readonly TensorKind[],
  states: readonly State[],
  body: (iteration: Iteration) => Result,
): Ref[] {
  const { TF_INT32 } = binding;
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
  const index = carried(graph.integer(0), TF_INT32);
  const turn = carried(graph.integer(0), TF_INT32);
  const outputs = kinds.map(({ shape, dtype }) =>
    carried(graph.constant([0, ...shape], dtype, new Uint8Array()), dtype),
  );

  const handed = states.map(({ initial, dtype }) => carried(initial, dtype));

  const limit = enter(count, TF_INT32, true);
  const less = graph.add('Less', [index.value, limit], [graph.type('T', TF_INT32)]);
  const going = graph.add('LoopCond', [less], []);
  const branch = ({ value, dtype }: typeof index) => {
    const outside = graph.add('Switch', [value, going], [graph.type('T', dtype)]);
    return { inside: `${outside}:1`, outside };
  };
  /** What waits for a `Switch` itself would go on after the last iteration, too. */
  const awaited = (value: typeof index) => {
    const { inside, outside } = branch(value);
    return { inside: graph.add('Identity', [inside], [graph.type('T', value.dtype)]), outside };
  };
  const [indexBranch, turnBranch] = [awaited(index), awaited(turn)];
  const outputBranches = outputs.map(branch);
  const stateBranches = handed.map(branch);

  const entered = new Map<Ref, Ref>();
  const iteration: Iteration = {
    index: indexBranch.inside,
    turn: turnBranch.inside,
    state: stateBranches.map(({ inside }) => inside),
    enter(value, dtype) {
      const known = entered.get(value) ?? enter(value, dtype, true);
      entered.set(value, known);
      return known;
    },
  };
  const next = ({ next, dtype }: typeof index, value: Ref) =>
    graph.add('NextIteration', [value], [graph.type('T', dtype)], [], next);
  const { after } = graph.within(indexBranch.inside, () => {
    const result = body(iteration);
    const { outputs: rows, after } = result;
    const int32 = [graph.type('T', TF_INT32)];
    next(index, graph.add('AddV2', [indexBranch.inside, graph.integer(1)], int32));
    next(turn, graph.add('Identity', [turnBranch.inside], int32, after));
    for (const [i, state] of handed.entries()) next(state, result.state[i] as Ref);
    outputs.forEach((output, i) => {
      const soFar = outputBranches[i]?.inside as Ref;
      next(output, graph.concat([soFar, rows[i] as Ref], 0, output.dtype));
    });
    return result;
  });
  const exit = ({ outside }: typeof indexBranch, dtype: number) =>
    graph.add('Exit', [outside], [graph.type('T', dtype)]);
  // What no output depends on would not be done at all.
  const done = states.map(({ keep, dtype }, i) =>
    keep(exit(stateBranches[i] as typeof indexBranch, dtype)),
  );
  if (after.length > 0) done.push(exit(turnBranch, TF_INT32));
  return outputs.map(({ dtype }, i) => {
    const left = exit(outputBranches[i] as typeof indexBranch, dtype);
    return graph.add('Identity', [left], [graph.type('T', dtype)], done);
  });
}
