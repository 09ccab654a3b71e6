/** Lets loops be interrupted where a thread that computes hears nothing: they ask from time to time. */
import type { Edits } from './edits';
import { PARAMETERS } from './parameters';
import { type Node, walk } from './syntax';

/** Counts the turns down until a loop asks; an engine keeps it in a register. */
const LEFT = '__left';
const START = `let ${LEFT} = ${PARAMETERS.turn}();`;
/** Of a loop whose turns cannot take long, so many more are one run: the asking costs a tight loop a hundredth. */
const QUICK_START = `let ${LEFT} = 64 * ${PARAMETERS.turn}();`;

const LOOP = /^(For(In|Of)?|(Do)?While)Statement$/;
const FUNCTION = /^(ArrowFunctionExpression|Function(Declaration|Expression)|Class(Body)?)$/;
/** What may take long in one turn. */
const CALL = /^((Call|New|TaggedTemplate)Expression|SpreadElement)$/;

/**
 * Has each loop ask outside the `try` of its body, so that no `catch` there takes what is thrown: an innermost one
 * between runs of many turns, in which nothing is called that would keep an engine from making it fast, and any
 * other at the head of its body. Returns what is to stand before the cell.
 */
export function guardLoops(program: Node, edits: Edits): string {
  const homes = new Set<Node>();
  walk(program, (node, path) => {
    if (!LOOP.test(node.type)) return;
    const isParted = part(node, path.at(-1), edits);
    if (!isParted) {
      edits.open(node.body.start, `{ if (--${LEFT} < 0) ${LEFT} = ${PARAMETERS.turn}();`);
      edits.close(node.body.end, '}');
    }
    // Also for a function that is called so often that each of its loops has few turns.
    const home: Node = [...path].reverse().find(({ type }) => FUNCTION.test(type)) ?? program;
    if (isParted && (home === program || !has(node, CALL))) return;
    if (home.body.type === 'BlockStatement' && !homes.has(home)) {
      edits.open(home.body.start + 1, START);
    }
    homes.add(home);
  });
  return homes.size > 0 ? START : '';
}

/** Parts the turns of an innermost loop into runs; returns false if it is of another kind. */
function part(node: Node, parent: Node, edits: Edits): boolean {
  const { type, init, test, start, end } = node;
  const isKnown =
    type === 'WhileStatement' ||
    (type === 'ForStatement' && init?.type === 'VariableDeclaration' && test);
  const isInner = !has(node, LOOP) && !has(node, FUNCTION);
  if (!isKnown || !isInner || parent.type === 'LabeledStatement') return false;
  const runs = has(node, CALL) ? START : QUICK_START;
  if (type === 'WhileStatement') edits.open(start, `for (;;) { ${runs} `);
  else {
    const [head = ''] = /^(\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*;/.exec(edits.text.slice(init.end)) ?? [];
    edits.open(init.end + head.length, `;) { ${runs} for (;`);
  }
  edits.open(test.start, `${LEFT}-- > 0 && (`);
  edits.close(test.end, ')');
  // Above zero it has ended by itself.
  edits.close(end, `; if (${LEFT} >= 0) break; }`);
  return true;
}

/** Tells whether a node of a type stands within another. */
function has(outer: Node, type: RegExp): boolean {
  const inner: Node[] = [];
  walk(outer, node => inner.push(node));
  return inner.some(node => node !== outer && type.test(node.type));
}
