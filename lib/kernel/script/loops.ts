/** Lets loops be interrupted where a thread that computes hears nothing: they ask from time to time. */
import type { Edits } from './edits';
import { PARAMETERS } from './parameters';
import { type Node, walk } from './syntax';

/** Counts the turns down until a loop asks. */
const LEFT = '__left';
const START = `let ${LEFT} = ${PARAMETERS.turn}();`;

const LOOP = /^(For(In|Of)?|(Do)?While)Statement$/;
const FUNCTION = /^(ArrowFunctionExpression|Function(Declaration|Expression)|Class(Body)?)$/;

/**
 * Has each loop ask at the head of its body, outside a `try` there, so that no `catch` takes what is thrown. Each
 * function counts for itself, also one that is called so often that each of its loops has few turns. Returns what
 * is to stand before the cell.
 */
export function guardLoops(program: Node, edits: Edits): string {
  const homes = new Set<Node>();
  walk(program, (node, path) => {
    if (!LOOP.test(node.type)) return;
    edits.open(node.body.start, `{ if (--${LEFT} < 0) ${LEFT} = ${PARAMETERS.turn}();`);
    edits.close(node.body.end, '}');
    const home: Node = [...path].reverse().find(({ type }) => FUNCTION.test(type)) ?? program;
    if (home.body.type === 'BlockStatement' && !homes.has(home)) {
      edits.open(home.body.start + 1, START);
    }
    homes.add(home);
  });
  return homes.size > 0 ? START : '';
}
