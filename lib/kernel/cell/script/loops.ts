/** Makes loops poll for interrupts on platforms where a busy thread receives no messages. */
import type MagicString from 'magic-string';
import { PARAMETERS } from './parameters';
import { type Node, walk } from './syntax';

/** Counter of the iterations until the next poll. */
const COUNT = '__left';
const DECLARATION = `let ${COUNT} = ${PARAMETERS.turn}();`;

const LOOP = /^(For(In|Of)?|(Do)?While)Statement$/;
const FUNCTION = /^(ArrowFunctionExpression|Function(Declaration|Expression)|Class(Body)?)$/;

/**
 * Inserts a poll at the start of each loop body. The poll is outside any `try` in the body, so no `catch`
 * intercepts the interrupt. Each function has its own counter, because a frequently called function may have
 * short loops. Returns the code to insert before the cell.
 */
export function guardLoops(program: Node, edits: MagicString): string {
  const owners = new Set<Node>();
  walk(program, (node, path) => {
    if (!LOOP.test(node.type)) return;
    edits.appendRight(node.body.start, `{ if (--${COUNT} < 0) ${COUNT} = ${PARAMETERS.turn}();`);
    edits.prependLeft(node.body.end, '}');
    const owner: Node = [...path].reverse().find(({ type }) => FUNCTION.test(type)) ?? program;
    if (owner.body.type === 'BlockStatement' && !owners.has(owner)) {
      edits.appendRight(owner.body.start + 1, DECLARATION);
    }
    owners.add(owner);
  });
  return owners.size > 0 ? DECLARATION : '';
}
