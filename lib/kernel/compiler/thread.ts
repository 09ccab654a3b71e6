/**
 * Runs as the compiler's thread: type-checks the cells, turns them into scripts, and answers what is asked at the
 * cursor, also while a cell computes. It gets ready while the kernel starts and the learner reads.
 */
import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import type { AtCursor } from '../worker-messages';
import { Checker, type Compiled } from './checker';
import { Declared, type Own } from './declared';
import { forceGc } from './force-gc';
import { nodeHost } from './node-host';
import { find, keep, prune } from './read-cache';
import type { Call, CompilerData, Functions, Read } from './worker-rpc';

const port = parentPort as MessagePort;
const { imports, port: front } = workerData as CompilerData;

/** Milliseconds until TypeScript is loaded that cells from the cache did not need. */
const LATER = 5000;

type Asked = Call & { readonly id: number };

/** Cells to be read while nothing else is asked. */
const waiting: Asked[] = [];
/** What the cells declare that have run. */
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

const functions: Functions = {
  compile(code) {
    ahead = declared.copy();
    return compileIn(ahead, code);
  },
  declare: declaration => declared.add(declaration),
  addModule: (...args) => checker().addModule(...args),
  readAhead,
  cancel() {
    ahead = undefined;
    for (const call of waiting.splice(0)) reply(call);
  },
  answer: question => checker().answer(declared, question),
};

/** Compiles a cell, behind which those that are read ahead are read. */
function compileIn(before: Declared, code: string, own = namesIn(code)): Compiled {
  const compiled = read(before, code, own);
  if (compiled.declaration) before.add(compiled.declaration);
  else ahead = undefined;
  return compiled;
}

/** Lists what a cell declares, whatever comes before it. */
function namesIn(code: string): Own {
  const what = `names ${code}`;
  const kept = find<Own>(what);
  if (kept) return kept;
  const own = checker().namesIn(code);
  keep(what, own);
  return own;
}

function read(before: Declared, code: string, own: Own): Compiled {
  if (before.isVolatile(code, own)) return checker().compile(before, code);
  const context = before.contextOf(code, own);
  const kept = find<Compiled>(context);
  if (kept) return kept;
  const compiled = checker().compile(before, code);
  if (compiled.declaration) keep(context, compiled);
  return compiled;
}

function readAhead(code: string): Read | undefined {
  const before = ahead;
  ahead = undefined;
  if (!before) return undefined;
  const own = namesIn(code);
  if (before.isVolatile(code, own)) return undefined;
  const context = before.contextOf(code, own);
  ahead = before;
  const compiled = compileIn(before, code, own);
  // A package may be there in its turn.
  return compiled.declaration && { own, context, compiled };
}

/**
 * Reads the declarations of the packages that the first cell will import. Without it, if the learner reads
 * first, the first cell takes 0.84 s in place of 0.08 s.
 */
function warmUp(): void {
  if (loaded) return;
  const code = imports.map(name => `import '${name}';`).join('\n');
  checker().compile(new Declared(), code);
}

// Unless a cell waits already. A learner who changes a cell from the cache, or asks what a name is, waits for it.
const kept = prune();
const first = receiveMessageOnPort(port);
if (first) receive(first.message);
else if (kept === 0) warmUp();
setTimeout(warmUp, LATER);
port.on('message', receive);
front.on('message', ({ id, ...question }: AtCursor & { id: number }) => {
  front.postMessage({ id, content: functions.answer(question) });
});

function receive(call: Asked): void {
  if (call.name !== 'readAhead') reply(call);
  else if (waiting.push(call) === 1) setImmediate(readNext);
}

function readNext(): void {
  const call = waiting.shift();
  if (!call) return;
  reply(call);
  if (waiting.length > 0) setImmediate(readNext);
}

function reply({ id, name, args }: Asked): void {
  try {
    port.postMessage({ id, value: Reflect.apply(functions[name], undefined, args) });
  } catch (error) {
    port.postMessage({ id, error });
  }
  // While no cell waits, there is time for more.
  if (loaded) forceGc(waiting.length > 0 ? 1.2 : 1.05);
}
