import { at } from '../array';
import type { Binding } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { TensorKind } from './tape/tape';

export interface Iteration {
  /** Its number, int32, from 0. */
  readonly index: Ref;
  /** Ready once the iteration before has done what must come first. */
  readonly turn: Ref;
  /** The carried values, as the previous iteration left them. */
  readonly carried: readonly Ref[];
  enter(value: Ref, dtype: number): Ref;
}

interface Result {
  /** A part of each output, `[rows, ...shape]`. */
  readonly outputs: readonly Ref[];
  /** The nodes that must run before the next iteration takes its turn. */
  readonly after: readonly Ref[];
  /** The carried values for the next iteration. */
  readonly carried: readonly Ref[];
}

/** A value that each iteration replaces for the next one. */
export interface Carried {
  readonly initial: Ref;
  readonly dtype: number;
  /** Adds the node that stores the value after the last iteration. */
  store(last: Ref): Ref;
}

interface Loop {
  /** A name that no other loop of the graph has. */
  readonly frame: string;
  /** The number of iterations, int32, known when it runs. */
  readonly count: Ref;
  readonly kinds: readonly TensorKind[];
  /** Iterations that may run at the same time. */
  readonly parallel: number;
  readonly carried: readonly Carried[];
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
  { TF_INT32: int32 }: Binding,
  { frame, count, kinds, parallel, carried, body }: Loop,
): Ref[] {
  /** Adds a node of the same type as its inputs. */
  const add = (op: string, inputs: readonly Ref[], dtype: number, after: readonly Ref[] = []) =>
    graph.add(op, inputs, [graph.type('T', dtype)], after);
  const addEnter = (value: Ref, dtype: number, isConstant: boolean) => {
    const own = [
      graph.string('frame_name', frame),
      graph.bool('is_constant', isConstant),
      graph.int('parallel_iterations', parallel),
    ];
    return graph.add('Enter', [value], [graph.type('T', dtype), ...own]);
  };
  const entered = new Map<Ref, Ref>();
  const enter = (value: Ref, dtype: number) => {
    const known = entered.get(value) ?? addEnter(value, dtype, true);
    entered.set(value, known);
    return known;
  };
  /** Adds a value at the start of an iteration; `next` names the node that is to give the next one. */
  const merge = (initial: Ref, dtype: number) => {
    const next = graph.reserve();
    const given = [addEnter(initial, dtype, false), next];
    const value = graph.add('Merge', given, [graph.type('T', dtype), graph.int('N', 2)]);
    return { dtype, value, next };
  };
  /** Tells the value within an iteration from that after the last one. */
  const branch = ({ value, ...merged }: ReturnType<typeof merge>) => {
    const outside = add('Switch', [value, going], merged.dtype);
    return { ...merged, outside, inside: `${outside}:1` };
  };
  type Branch = ReturnType<typeof branch>;
  // What waits for a `Switch` itself would go on after the last iteration.
  const awaited = (made: Branch): Branch => ({
    ...made,
    inside: add('Identity', [made.inside], made.dtype),
  });
  const hand = ({ next, dtype }: Branch, value: Ref) =>
    graph.add('NextIteration', [value], [graph.type('T', dtype)], [], next);
  const exit = ({ outside, dtype }: Branch) => add('Exit', [outside], dtype);

  const zero = graph.integer(0);
  const counter = merge(zero, int32);
  const less = add('Less', [counter.value, enter(count, int32)], int32);
  const going = graph.add('LoopCond', [less], []);
  const index = awaited(branch(counter));
  const turn = awaited(branch(merge(zero, int32)));
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
    hand(index, add('AddV2', [index.inside, graph.integer(1)], int32));
    hand(turn, add('Identity', [turn.inside], int32, result.after));
    for (const [i, value] of values.entries()) hand(value, at(result.carried, i));
    for (const [i, output] of outputs.entries()) {
      hand(output, graph.concat([output.inside, at(result.outputs, i)], 0, output.dtype));
    }
    return result;
  });
  // What no output depends on would not be done at all.
  const done = carried.map(({ store }, i) => store(exit(at(values, i))));
  if (after.length > 0) done.push(exit(turn));
  return outputs.map(output => add('Identity', [exit(output)], output.dtype, done));
}
