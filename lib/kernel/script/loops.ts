/** Lets loops be interrupted where a thread that computes hears nothing: each asks at the head of its body. */
import type { Edits } from './edits';
import { PARAMETERS } from './parameters';
import { type Node, walk } from './syntax';

/** Counts down; the loops of a function share one of its own, which the engine keeps in a register. */
const LEFT = '__left';

const START = `let ${LEFT} = ${PARAMETERS.turn}();`;

const FUNCTION = /^(ArrowFunctionExpression|Function(Declaration|Expression))$/;

/**
 * Puts a guard at the head of the body of each loop, where no `catch` of the body takes what it throws.
 *
 * @param edits is told of this before all that begins at the same places.
 * @returns what is to stand before the cell.
 */
export function guardLoops(program: Node, edits: Edits): string {
  const homes = new Set<Node>();
  walk(program, ({ type, body }, path) => {
    if (!/^(For(In|Of)?|(Do)?While)Statement$/.test(type)) return;
    const home: Node = [...path].reverse().find(node => FUNCTION.test(node.type)) ?? program;
    if (!homes.has(home) && home !== program) {
      // It may be called so often that each loop has few turns.
      edits.open(home.body.start + 1, START);
    }
    homes.add(home);
    const guard = `if (--${LEFT} < 0) ${LEFT} = ${PARAMETERS.turn}();`;
    if (body.type === 'BlockStatement') edits.open(body.start + 1, guard);
    else {
      edits.open(body.start, `{ ${guard}`);
      edits.close(body.end, '}');
    }
  });
  return homes.has(program) ? START : '';
}
