/**
 * Runs as the compiler's thread: type-checks the cells, turns them into scripts, and answers what is asked at the
 * cursor, also while a cell computes. It gets ready while the learner reads.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { collectGrown } from '../collect-garbage';
import { firstImports } from '../lesson';
import { toScript } from '../script/script';
import { BESIDE, type Checked, type Checker, type Compiled } from './checker';
import type { CompilerData, CompilerMessage, ToCompiler } from './compiler';
import { Declared } from './declared';
import { nodeChecker } from './node-host';
import { cached, prune } from './read-cache';

const port = parentPort as MessagePort;

/** Milliseconds until TypeScript is loaded: unless a cell waits already, and if the cells may be in the cache. */
const [SOON, LATER] = [20, 5000];

/** The cells that wait and were not read yet. */
const waiting: string[] = [];
/** What the cells declare that have had their turn. */
const declared = new Declared();
/** The same, and what those declare that were read ahead; undefined if the next one has to wait for its turn. */
let ahead: Declared | undefined;
/** The ids of those that were read ahead. */
const read: string[] = [];

let loaded: Checker | undefined;

/** Returns TypeScript, once a cell is not in the cache. */
function checker(): Checker {
  loaded ??= nodeChecker();
  return loaded;
}

/** Compiles a cell in its turn. */
function compile(code: string): Compiled {
  // Those before it have had their turn.
  waiting.splice(0, waiting.indexOf(code) + 1);
  const compiled = compileIn(declared, code);
  const { id } = compiled.declaration ?? {};
  // Otherwise what was read behind it was read wrongly.
  if (!id || id !== read.shift()) startAnew();
  return compiled;
}

/** Reads ahead from where the cells are. */
function startAnew(): void {
  read.length = 0;
  ahead = declared.copy();
}

function compileIn(before: Declared, code: string): Compiled {
  // Whatever comes before it, by its code alone.
  const own = cached(`names ${code}`, () => checker().namesIn(code));
  const make = () => script(before, checker().compile(before, code));
  const compiled = BESIDE.test(code)
    ? make()
    : cached(before.contextOf(code, own), make, ({ declaration }) => declaration !== undefined);
  if (compiled.declaration) before.add(compiled.declaration);
  return compiled;
}

/** Makes a script of TypeScript's JavaScript. */
function script(before: Declared, { javaScript, ...rest }: Checked): Compiled {
  if (javaScript === undefined) return rest;
  const { code: output, moves } = toScript(javaScript, {
    isKnown: name => checker().isValue(before, name, rest.declaration?.uses),
    // TypeScript has checked the cell.
    isConstant: () => false,
    isGlobal: () => true,
  });
  return { ...rest, output, moves };
}

let isReading = false;

/** Reads the cells that wait, as if those before them had run well: one at a time, in between it hears what is asked. */
function readNext(): void {
  const before = ahead;
  const code = before && waiting.shift();
  isReading = code !== undefined;
  if (!before || code === undefined) return;
  // Until its turn, unless it can be read. A package may be there by then.
  ahead = undefined;
  try {
    if (BESIDE.test(code)) return;
    const { declaration } = compileIn(before, code);
    if (!declaration) return;
    read.push(declaration.id);
    ahead = before;
  } catch {
    // It is thrown again in its turn.
  } finally {
    collect();
    setImmediate(readNext);
  }
}

/**
 * Collects garbage sooner than V8 would: the checker of each cell is garbage with the next one. Without it "Run
 * All" takes 7.4 s of processor time in place of 8.3 s, and the kernel's peak is 750 MB in place of 630 MB.
 */
function collect(): void {
  // While no cell waits, there is time for more.
  if (loaded) collectGrown(isReading ? 1.2 : 1.05);
}

function receive(asked: CompilerMessage): void {
  if (asked.type === 'prefetch') {
    waiting.push(asked.code);
  } else if (asked.type === 'cancel') {
    waiting.length = 0;
    startAnew();
  } else {
    port.postMessage({ id: asked.id, answer: answer(asked) });
    collect();
  }
  if (!isReading) setImmediate(readNext);
  isReading = true;
}

function answer(asked: ToCompiler): unknown {
  try {
    return asked.type === 'compile' ? compile(asked.code) : checker().answer(declared, asked);
  } catch (error) {
    // TypeScript's own fault, said of the cell or in place of an answer.
    const [start, messageText] = [{ offset: 0, line: 0, character: 0 }, String(error)];
    const diagnostics = [{ start, code: 9999, messageText }];
    return { diagnostics, status: 'error', ename: 'Error', evalue: messageText, traceback: [] };
  }
}

/**
 * Reads the declarations of the packages that the first cell will import. Without it, if the learner reads
 * first, the first cell takes 0.84 s in place of 0.08 s.
 */
function warmUp(): void {
  if (loaded) return;
  const code = firstImports.map(name => `import '${name}';`).join('\n');
  checker().compile(new Declared(), code);
}

for (const each of workerData as CompilerData) declared.add(each);
startAnew();
// A learner who changes a cell from the cache, or asks what a name is, waits for it.
setTimeout(warmUp, prune() === 0 ? SOON : LATER);
port.on('message', receive);
