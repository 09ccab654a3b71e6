import { at } from '../array';
import type { Binding } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { TensorKind } from './tape/tape';

/** What an iteration sees. */
export interface Iteration {
  /** Its number, int32, from 0. */
  readonly index: Ref;
  /** Is there once the iteration before has done what must come first. */
  readonly turn: Ref;
  /** What the iteration before has left of what is carried. */
  readonly carried: readonly Ref[];
  /** Brings a value into the loop, the same in each iteration. */
  enter(value: Ref, dtype: number): Ref;
}

/** What an iteration leaves. */
export interface Result {
  /** A part of each output, `[rows, ...shape]`. */
  readonly outputs: readonly Ref[];
  /** What must be done before the next iteration takes its turn. */
  readonly after: readonly Ref[];
  /** What the next iteration finds of what is carried. */
  readonly carried: readonly Ref[];
}

/** A value that each iteration makes anew for the next one. */
export interface Carried {
  readonly initial: Ref;
  readonly dtype: number;
  /** Adds what keeps the value that the last iteration has left. */
  keep(last: Ref): Ref;
}

/** A loop to be added to a graph. */
export interface Loop {
  /** A name that no other loop of the graph has. */
  readonly frame: string;
  /** How many iterations, int32, known when it runs. */
  readonly count: Ref;
  /** Of the outputs' rows. */
  readonly kinds: readonly TensorKind[];
  /** What iterations hand on. */
  readonly carried: readonly Carried[];
  /** Adds the nodes of an iteration. */
  readonly body: (iteration: Iteration) => Result;
}

/**
 * Adds a loop to a graph, by the ops that TensorFlow makes of a `tf.while_loop`. Iterations
 * overlap, except where they wait for their turn.
 *
 * @returns the outputs: the rows of all iterations, one after the other.
 */
export function addLoop(
  graph: GraphText,
  binding: Binding,
  { frame, count, kinds, carried, body }: Loop,
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
  const merged = (initial: Ref, dtype: number) => {
    const next = graph.reserve();
    const attrs = [graph.type('T', dtype), graph.int('N', 2)];
    const value = graph.add('Merge', [enter(initial, dtype, false), next], attrs);
    return { dtype, value, next };
  };
  const index = merged(graph.integer(0), TF_INT32);
  const turn = merged(graph.integer(0), TF_INT32);
  const handed = carried.map(({ initial, dtype }) => merged(initial, dtype));
  const outputs = kinds.map(({ shape, dtype }) =>
    merged(graph.constant([0, ...shape], dtype, new Uint8Array()), dtype),
  );

  const limit = enter(count, TF_INT32, true);
  const less = graph.add('Less', [index.value, limit], [graph.type('T', TF_INT32)]);
  const going = graph.add('LoopCond', [less], []);
  const branch = ({ value, dtype, next }: typeof index) => {
    const outside = graph.add('Switch', [value, going], [graph.type('T', dtype)]);
    return { inside: `${outside}:1`, outside, dtype, next };
  };
  /** Adds an `Identity`: what waits for a `Switch` itself would go on after the last iteration. */
  const awaited = (value: typeof index) => {
    const branched = branch(value);
    const attrs = [graph.type('T', value.dtype)];
    return { ...branched, inside: graph.add('Identity', [branched.inside], attrs) };
  };
  const branches = {
    index: awaited(index),
    turn: awaited(turn),
    outputs: outputs.map(branch),
    handed: handed.map(branch),
  };
  type Branch = typeof branches.index;

  const entered = new Map<Ref, Ref>();
  const iteration: Iteration = {
    index: branches.index.inside,
    turn: branches.turn.inside,
    carried: branches.handed.map(({ inside }) => inside),
    enter(value, dtype) {
      const known = entered.get(value) ?? enter(value, dtype, true);
      entered.set(value, known);
      return known;
    },
  };
  const next = ({ next, dtype }: Branch, value: Ref) =>
    graph.add('NextIteration', [value], [graph.type('T', dtype)], [], next);
  const { after } = graph.within(branches.index.inside, () => {
    const result = body(iteration);
    const int32 = [graph.type('T', TF_INT32)];
    next(branches.index, graph.add('AddV2', [branches.index.inside, graph.integer(1)], int32));
    next(branches.turn, graph.add('Identity', [branches.turn.inside], int32, result.after));
    branches.handed.forEach((value, i) => {
      next(value, at(result.carried, i));
    });
    branches.outputs.forEach((output, i) => {
      next(output, graph.concat([output.inside, at(result.outputs, i)], 0, output.dtype));
    });
    return result;
  });
  const exit = ({ outside, dtype }: Branch) =>
    graph.add('Exit', [outside], [graph.type('T', dtype)]);
  // What no output depends on would not be done at all.
  const done = carried.map(({ keep }, i) => keep(exit(at(branches.handed, i))));
  if (after.length > 0) done.push(exit(branches.turn));
  return branches.outputs.map(output =>
    graph.add('Identity', [exit(output)], [graph.type('T', output.dtype)], done),
  );
}
