import { at } from '../array';
import type { Binding } from './backend';
import type { GraphText, Ref } from './graph-text';
import type { TensorKind } from './tape/tape';

export interface Iteration {
  /** Its number, int32, from 0. */
  readonly index: Ref;
  /** Ready once the iteration before has done what must come first. */
  readonly turn: Ref;
  enter(value: Ref, dtype: number): Ref;
}

export interface Result {
  /** A part of each output, `[rows, ...shape]`. */
  readonly outputs: readonly Ref[];
  /** The nodes that must run before the next iteration takes its turn. */
  readonly after: readonly Ref[];
}

interface Loop {
  /** A name that no other loop of the graph has. */
  readonly frame: string;
  /** The number of iterations, int32, known when it runs. */
  readonly count: Ref;
  readonly kinds: readonly TensorKind[];
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
  { frame, count, kinds, body }: Loop,
): Ref[] {
  const nodes = new LoopNodes(graph, frame);
  const zero = graph.integer(0);
  const counter = nodes.merge(zero, int32);
  const compared = [counter.value, nodes.enter(count, int32)];
  const less = graph.add('Less', compared, [graph.type('T', int32)]);
  const going = graph.add('LoopCond', [less], []);
  const begin = (initial: Ref, dtype: number) => nodes.branch(nodes.merge(initial, dtype), going);
  const index = nodes.awaited(nodes.branch(counter, going));
  const turn = nodes.awaited(begin(zero, int32));
  const outputs = kinds.map(({ shape, dtype }) =>
    begin(graph.constant([0, ...shape], dtype, new Uint8Array()), dtype),
  );

  const { after } = graph.within(index.inside, () => {
    const result = body({
      index: index.inside,
      turn: turn.inside,
      enter: (value, dtype) => nodes.enter(value, dtype),
    });
    const one = [index.inside, graph.integer(1)];
    nodes.next(index, graph.add('AddV2', one, [graph.type('T', int32)]));
    nodes.next(turn, nodes.identity(turn.inside, int32, result.after));
    for (const [i, output] of outputs.entries()) {
      const rows = [output.inside, at(result.outputs, i)];
      nodes.next(output, graph.concat(rows, 0, output.dtype));
    }
    return result;
  });
  // What no output depends on would not be done at all.
  const done = after.length > 0 ? [nodes.exit(turn)] : [];
  return outputs.map(output => nodes.identity(nodes.exit(output), output.dtype, done));
}

/** A value at the start of an iteration, and the reserved name of the node that gives the next one. */
interface Merged {
  readonly value: Ref;
  readonly dtype: number;
  readonly next: Ref;
}

/** A value within an iteration, and after the last one. */
interface Branch extends Merged {
  readonly inside: Ref;
  readonly outside: Ref;
}

/** Adds the nodes of which TensorFlow makes loops. */
class LoopNodes {
  private readonly entered = new Map<Ref, Ref>();

  constructor(
    private readonly graph: GraphText,
    private readonly frame: string,
  ) {}

  enter(value: Ref, dtype: number): Ref {
    const known = this.entered.get(value) ?? this.addEnter(value, dtype, true);
    this.entered.set(value, known);
    return known;
  }

  merge(initial: Ref, dtype: number): Merged {
    const { graph } = this;
    const next = graph.reserve();
    const attrs = [graph.type('T', dtype), graph.int('N', 2)];
    const value = graph.add('Merge', [this.addEnter(initial, dtype, false), next], attrs);
    return { dtype, value, next };
  }

  branch(merged: Merged, going: Ref): Branch {
    const attrs = [this.graph.type('T', merged.dtype)];
    const outside = this.graph.add('Switch', [merged.value, going], attrs);
    return { ...merged, outside, inside: `${outside}:1` };
  }

  /** Adds an `Identity`: what waits for a `Switch` itself would go on after the last iteration. */
  awaited(branch: Branch): Branch {
    return { ...branch, inside: this.identity(branch.inside, branch.dtype) };
  }

  next({ next, dtype }: Branch, value: Ref): void {
    this.graph.add('NextIteration', [value], [this.graph.type('T', dtype)], [], next);
  }

  exit({ outside, dtype }: Branch): Ref {
    return this.graph.add('Exit', [outside], [this.graph.type('T', dtype)]);
  }

  identity(value: Ref, dtype: number, after: readonly Ref[] = []): Ref {
    return this.graph.add('Identity', [value], [this.graph.type('T', dtype)], after);
  }

  private addEnter(value: Ref, dtype: number, isConstant: boolean): Ref {
    const { graph } = this;
    const attrs = [
      graph.type('T', dtype),
      graph.string('frame_name', this.frame),
      graph.bool('is_constant', isConstant),
      graph.int('parallel_iterations', 10),
    ];
    return graph.add('Enter', [value], attrs);
  }
}
