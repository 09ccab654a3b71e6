/**
 * The process that runs the cells, which `protocol/cells-process.ts` starts. This thread runs them; another one
 * links it to the process that speaks Jupyter's protocol.
 *
 * What each part saves is written beside it. It was measured without the part and with it in turn,
 * seven times or more, on two cores and Node 20; the least of each is given. With all of them the first
 * cell ends 1.8 s after the start, and the lesson, by "Run All", after 4.6 s, which take 7.0 s of
 * processor time.
 */

import './v8-flags';
import Module from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { Cells } from './cells/cells';
import { showChildren } from './cells/children';
import { runOf } from './cells/origin';
import { failedBy } from './cells/scripts';
import type { Compiled } from './compiler/checker';
import { firstImports, getLanguage, requestInterrupt } from './lesson';
import type { CompileRequest, FromCellProcess, ToCellProcess } from './link';
import { takeNote } from './notes';
import { Output } from './output-buffer';
import { resume, runInExecution } from './script/origin';
import { Interrupt, promptBy } from './script/run';
import { startThread } from './start-thread';
import { type Answer, type DisplayContent, PendingRequests, type Typed } from './worker-messages';

/** Characters that one cell may print; a page of more would no longer answer. */
const MOST = 20_000_000;

/** Milliseconds for what was said to go on its way. */
const PATIENCE = 1000;

const { port1: port, port2 } = new MessageChannel();
const { port1: typed, port2: typing } = new MessageChannel();
/** Becomes 1 once what was said is on its way, or the user has typed. */
const turn = new Int32Array(new SharedArrayBuffer(4));
/** Is 1 while the cells wait for another program, and 2 if they are to be broken off behind it. */
const waits = new Int32Array(new SharedArrayBuffer(4));
const data = { port: port2, typed: typing, turn, waits };
startThread('link-thread.js', data, [port2, typing], { maxYoungGenerationSizeMb: 4 });

// What cannot be written is an error of the cell that shows it.
const send = (message: FromCellProcess) => port.postMessage(JSON.stringify(message));
const compiling = new PendingRequests<CompileRequest, Compiled | undefined>(cell =>
  send({ type: 'compile', ...cell }),
);
const output = new Output(send, MOST);
captureOutput();
Object.assign(globalThis, { prompt: promptBy(askUser) });
showChildren(waits, flush);
const cells = new Cells(output, cell => compiling.ask(cell));

/** Sends all that the process prints, and what cells show, in their order. */
function captureOutput(): void {
  for (const name of ['stdout', 'stderr'] as const) process[name].write = writer(name);
  // digits shows by this function, and so does tslab's `display`, which finds it in its module.
  const show = (content: DisplayContent, update?: boolean) => output.show(content, update === true);
  Object.assign(globalThis, { [Symbol.for('digits.display')]: show });
  // Only the converter, which comes with it, needs TypeScript. With it the first cell ends after 2.4 s in place
  // of 1.8 s, and "Run All" after 5.6 s in place of 4.6 s.
  const converter = require.resolve('tslab/dist/converter');
  require.cache[converter] = Object.assign(new Module(converter), { loaded: true });
  const jupyter: { lastWriteDisplayData: typeof show } = require('tslab/dist/jupyter');
  jupyter.lastWriteDisplayData = show;
}

/** Asks, and waits as a page's `prompt` does. */
function askUser(prompt: string): Typed {
  // What was typed for a cell that was broken off.
  while (receiveMessageOnPort(typed));
  hold({ type: 'ask-user', prompt });
  return receiveMessageOnPort(typed)?.message;
}

function writer(name: 'stdout' | 'stderr'): typeof process.stdout.write {
  const decoder = new TextDecoder();
  return (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    output.write(name, text);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}

/** The cell that was asked for and has not been answered. */
let unanswered: number | undefined;

port.on('message', async (asked: Exclude<ToCellProcess, Typed>) => {
  switch (asked.type) {
    case 'interrupt':
      output.send({ type: 'interrupting' });
      // Work that registered for it stops by itself; other cells end here.
      if (!requestInterrupt()) cells.breakOff();
      return;
    case 'break-off':
      resume();
      output.send({ type: 'interrupting' });
      cells.breakOff(asked.byForce);
      // What was to answer may be gone as well; of two answers the first one counts.
      if (unanswered !== undefined) answer(unanswered, failedBy(new Interrupt(), 0));
      return;
    case 'compiled':
      return compiling.settle(asked.id, asked.compiled);
    case 'note':
      return takeNote(asked.event);
    case 'close':
      return process.exit();
    case 'execute':
      unanswered = asked.id;
      answer(asked.id, await runInExecution(asked.run, () => cells.answer(asked)));
  }
});

function answer(id: number, content: Answer): void {
  if (id === unanswered) unanswered = undefined;
  output.send({ type: 'answer', id, content, language: getLanguage() });
}

// A cell may end the process: what it has printed goes out.
process.on('exit', () => {
  send({ type: 'closed' });
  flush();
});

/** Has all that was said so far be on its way. */
function flush(): void {
  hold({ type: 'flush' }, PATIENCE);
}

/** Says something behind what was printed, and holds all that the thread does until its turn comes. */
function hold(message: FromCellProcess, milliseconds?: number): void {
  output.flush();
  Atomics.store(turn, 0, 0);
  send(message);
  Atomics.wait(turn, 0, 0, milliseconds);
}

// From a terminal: the process that has started this one hears it as well, and tells.
process.on('SIGINT', () => {});

// What nobody waits for is told of, and the kernel goes on.
const described = (error: unknown) => failedBy(error, 0).traceback.join('\n');
process.on('uncaughtException', error => {
  console.error(`Uncaught ${described(error)}`);
  resume();
});
process.on('unhandledRejection', (reason, promise) =>
  runInExecution(runOf(promise), () => console.error(`Uncaught (in promise) ${described(reason)}`)),
);

// Loads what the first cell will import, while the learner reads, or the compiler's thread does. An
// import that fails now fails again in its cell, where it can be read. Without it the first cell
// ends 2.1 s after the start; if the learner reads first, it takes 0.35 s in place of 0.08 s.
setImmediate(() => {
  for (const name of firstImports) {
    try {
      require(name);
    } catch {}
  }
  output.send({ type: 'ready' });
});
