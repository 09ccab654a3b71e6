/**
 * Runs as the compiler's thread: type-checks the cells, turns them into scripts, and answers what is asked at the
 * cursor, also while a cell computes. It reads the cells that wait while another one runs, each as if those before
 * it had run well. It gets ready while the kernel starts and the learner reads.
 */
import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { collectGrown } from '../collect-garbage';
import { firstImports } from '../lesson';
import { Checker, type Compiled } from './checker';
import type { CompilerData, CompilerMessage } from './compiler';
import { Declared, type Own } from './declared';
import { nodeHost } from './node-host';
import { cached, prune } from './read-cache';

const port = parentPort as MessagePort;

/** Milliseconds until TypeScript is loaded that cells from the cache did not need. */
const LATER = 5000;

/** A cell that waits, and once it is read, what it became; undefined if it depends on what those before it do. */
interface Waiting {
  readonly code: string;
  read?: { readonly own: Own; readonly context: string; readonly compiled: Compiled } | undefined;
}

const waiting: Waiting[] = [];
/** What the cells declare that have had their turn. */
const declared = new Declared();
/** The same up to the last one read; undefined if the next one has to wait for its turn. */
let ahead: Declared | undefined = new Declared();

let loaded: Checker | undefined;

/** Returns TypeScript, once a cell is not in the cache. */
function checker(): Checker {
  if (!loaded) {
    const ts: typeof import('typescript-api') = require('typescript-api');
    loaded = new Checker(ts, nodeHost(ts));
  }
  return loaded;
}

/** Compiles a cell in its turn. */
function compile(code: string): Compiled {
  // Those before it have had their turn.
  const at = waiting.findIndex(cell => cell.code === code);
  const read = waiting.splice(0, at + 1).at(-1)?.read;
  const { module, hasJsx, isForPage } = marksOf(code);
  if (module) return { diagnostics: checker().addModule(module, code, hasJsx), module };
  // As in tslab, nothing runs that is meant for a page.
  if (isForPage) return { diagnostics: [] };
  const isRight = read && read.context === declared.contextOf(code, read.own);
  if (!isRight) ahead = declared.copy();
  const compiled = isRight ? read.compiled : compileIn(ahead as Declared, code, namesIn(code));
  if (compiled.declaration) declared.add(compiled.declaration);
  return compiled;
}

/** Compiles a cell, behind which those that are read ahead are read. */
function compileIn(before: Declared, code: string, own: Own): Compiled {
  const make = () => checker().compile(before, code);
  const compiled = before.isVolatile(code, own)
    ? make()
    : cached(before.contextOf(code, own), make, ({ declaration }) => declaration !== undefined);
  if (compiled.declaration) before.add(compiled.declaration);
  else ahead = undefined;
  return compiled;
}

/** Lists what a cell declares, whatever comes before it. */
const namesIn = (code: string): Own => cached(`names ${code}`, () => checker().namesIn(code));

function readAhead(code: string): Waiting['read'] {
  const before = ahead;
  if (!before) return undefined;
  ahead = undefined;
  const own = namesIn(code);
  if (before.isVolatile(code, own)) return undefined;
  const context = before.contextOf(code, own);
  ahead = before;
  const compiled = compileIn(before, code, own);
  // A package may be there in its turn.
  return compiled.declaration && { own, context, compiled };
}

let isReading = false;

/** Reads the cells that wait, one at a time: in between it hears what is asked. */
function readNext(): void {
  const next = waiting.find(cell => !('read' in cell));
  isReading = next !== undefined;
  if (!next) return;
  try {
    next.read = undefined;
    next.read = readAhead(next.code);
  } catch {
    // It is thrown again in its turn.
  }
  collect();
  setImmediate(readNext);
}

/**
 * Collects garbage sooner than V8 would. Each cell is a new program, whose checker is garbage with the next one;
 * V8 would let a hundred megabytes of them gather. It takes 0.1 s, in which the thread reads no cell, each time.
 * Without it "Run All" takes 7.4 s of processor time in place of 8.3 s, and the kernel's peak is 750 MB in
 * place of 630 MB.
 */
function collect(): void {
  // While no cell waits, there is time for more.
  if (loaded) collectGrown(isReading ? 1.2 : 1.05);
}

function receive(asked: CompilerMessage): void {
  if (asked.type === 'prefetch') {
    waiting.push({ code: asked.code });
    if (!isReading) setImmediate(readNext);
    isReading = true;
  } else if (asked.type === 'cancel') {
    ahead = undefined;
    waiting.length = 0;
  } else {
    port.postMessage({ id: asked.id, answer: answer(asked) });
    collect();
  }
}

function answer(asked: Exclude<CompilerMessage, { type: 'prefetch' | 'cancel' }>): unknown {
  try {
    return asked.type === 'compile' ? compile(asked.code) : checker().answer(declared, asked);
  } catch (error) {
    // TypeScript's own fault, said of the cell or in place of an answer.
    const [start, messageText] = [{ offset: 0, line: 0, character: 0 }, String(error)];
    const diagnostics = [{ start, code: 9999, messageText }];
    return { diagnostics, status: 'error', ename: 'Error', evalue: messageText, traceback: [] };
  }
}

const COMMENTS = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/;
const DOC = /\/\*\*[\s\S]*?\*\//g;
const TAG = /^[\s/*]*@(module|jsx|node|browser)\b[ \t]*(\w*)[ \t]*(?:\*\/)?$/gm;

/** Reads what the comments before a cell's code say of it, as tslab does. */
function marksOf(code: string) {
  const [comments = ''] = COMMENTS.exec(code) ?? [];
  const docs = (comments.match(DOC) ?? []).join('\n');
  const tags = new Map(Array.from(docs.matchAll(TAG), ([, tag = '', text = '']) => [tag, text]));
  // A module, which others import by its name; one with JSX; a cell that is meant for a page.
  const [module, hasJsx, isForPage] = [tags.get('module'), tags.has('jsx'), tags.has('browser')];
  return { module, hasJsx, isForPage };
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

const given = workerData as CompilerData;
for (const each of given.declared) declared.add(each);
for (const code of given.modules) compile(code);
// Unless a cell waits already. A learner who changes a cell from the cache, or asks what a name is, waits for it.
const kept = prune();
const first = receiveMessageOnPort(port);
if (first) receive(first.message);
else if (kept === 0) warmUp();
setTimeout(warmUp, LATER);
port.on('message', receive);
