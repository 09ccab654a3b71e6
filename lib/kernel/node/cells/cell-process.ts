/**
 * Entry point of the cell process, started by `node/protocol/spawn-cell-process.ts`. The main thread runs the cells. A
 * second thread exchanges messages with the protocol server.
 *
 * Each optimization below states the saving, measured by alternating runs with and without the optimization, at
 * least seven times, on two cores and Node 20; the minimum counts. With all optimizations the first cell ends
 * 1.8 s after the start, and "Run All" of the lesson takes 4.6 s (7.0 s of processor time).
 */

import '../v8-flags';
import Module from 'node:module';
import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { failedWith } from '../../cell/errors/failed';
import { CellRunner } from '../../cell/execution/cell-runner';
import { Output } from '../../cell/execution/output-buffer';
import { firstImports, getLanguage, requestInterrupt } from '../../cell/lesson';
import { takeNote } from '../../cell/notes';
import { resume, runInExecution } from '../../cell/script/origin';
import { createPrompt, Interrupt } from '../../cell/script/run';
import {
  type Answer,
  type DisplayContent,
  type Input,
  PendingRequests,
} from '../../cell/worker-messages';
import type { Compiled } from '../../typescript/checker';
import type { CompileRequest, FromCellProcess, ToCellProcess } from '../link';
import { startThread } from '../start-thread';
import { captureSubprocessOutput } from './children';
import { createEvaluator } from './evaluate';
import { evictPartialModules } from './modules';
import { executionOf } from './origin';

/** Output limit per cell, in characters. A page with more output would freeze. */
const MAX_PRINTED_CHARACTERS = 20_000_000;

/** Milliseconds to wait until pending messages are sent. */
const FLUSH_TIMEOUT_MS = 1000;

const { port1: port, port2 } = new MessageChannel();
const { port1: inputs, port2: inputPort } = new MessageChannel();
/** Set to 1 when pending messages are sent, or when the user's input has arrived. */
const wakeSignal = new Int32Array(new SharedArrayBuffer(4));
/** 1 while the cells wait for a subprocess; 2 if they must be interrupted after the subprocess. */
const waitState = new Int32Array(new SharedArrayBuffer(4));
const data = { port: port2, inputs: inputPort, wakeSignal, waitState };
startThread('link-thread.js', data, [port2, inputPort], { maxYoungGenerationSizeMb: 4 });

// A message that cannot be serialized is an error of the current cell.
const send = (message: FromCellProcess) => port.postMessage(JSON.stringify(message));
const compiling = new PendingRequests<CompileRequest, Compiled | undefined>(cell =>
  send({ type: 'compile', ...cell }),
);
const output = new Output(send, MAX_PRINTED_CHARACTERS);
captureOutput();
Object.assign(globalThis, { prompt: createPrompt(askUser) });
captureSubprocessOutput(waitState, flush);
const evaluate = createEvaluator(cell => compiling.ask(cell));
const cells = new CellRunner(output, evaluate);

/** Sends printed text and displayed content in order. */
function captureOutput(): void {
  for (const name of ['stdout', 'stderr'] as const) process[name].write = createWriter(name);
  // `digits` shows figures with this function. tslab's `display` finds the function in tslab's module.
  const show = (content: DisplayContent, update?: boolean) => output.show(content, update === true);
  Object.assign(globalThis, { [Symbol.for('digits.display')]: show });
  // tslab's converter loads TypeScript, and only the converter needs TypeScript. An empty module replaces the
  // converter. With the converter, the first cell ends after 2.4 s instead of 1.8 s, and "Run All" after 5.6 s
  // instead of 4.6 s.
  const converter = require.resolve('tslab/dist/converter');
  require.cache[converter] = Object.assign(new Module(converter), { loaded: true });
  const jupyter: { lastWriteDisplayData: typeof show } = require('tslab/dist/jupyter');
  jupyter.lastWriteDisplayData = show;
}

/** Requests input and blocks, like a page's `prompt`. */
function askUser(prompt: string): Input {
  // Discard input for an interrupted cell.
  while (receiveMessageOnPort(inputs));
  sendAndBlock({ type: 'ask-user', prompt });
  return receiveMessageOnPort(inputs)?.message;
}

function createWriter(name: 'stdout' | 'stderr'): typeof process.stdout.write {
  const decoder = new TextDecoder();
  return (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    output.write(name, text);
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}

/** Id of the cell without an answer. */
let pendingId: number | undefined;

port.on('message', async (message: Exclude<ToCellProcess, Input>) => {
  switch (message.type) {
    case 'interrupt':
      output.send({ type: 'interrupting' });
      // Work with an interrupt handler stops by itself; other cells end here.
      if (!requestInterrupt()) interruptCell();
      return;
    case 'break-off':
      resume();
      output.send({ type: 'interrupting' });
      interruptCell(message.byForce);
      // The code that should answer may be terminated as well. Only the first answer counts.
      if (pendingId !== undefined) answer(pendingId, failedWith(new Interrupt(), 0));
      return;
    case 'compiled':
      return compiling.settle(message.id, message.compiled);
    case 'note':
      return takeNote(message.event);
    case 'close':
      return process.exit();
    case 'execute':
      pendingId = message.id;
      answer(message.id, await runInExecution(message.run, () => cells.execute(message)));
  }
});

function interruptCell(isTerminated = false): void {
  evictPartialModules();
  cells.interrupt(isTerminated);
}

function answer(id: number, content: Answer): void {
  if (id === pendingId) pendingId = undefined;
  output.flush();
  send({ type: 'executed', id, content, language: getLanguage() });
}

// Flush the output of a cell that ends the process.
process.on('exit', () => {
  send({ type: 'closed' });
  flush();
});

/** Blocks until pending messages are sent. */
function flush(): void {
  sendAndBlock({ type: 'flush' }, FLUSH_TIMEOUT_MS);
}

/** Sends a message after the buffered output, and blocks this thread until `wakeSignal` is set. */
function sendAndBlock(message: FromCellProcess, milliseconds?: number): void {
  output.flush();
  Atomics.store(wakeSignal, 0, 0);
  send(message);
  Atomics.wait(wakeSignal, 0, 0, milliseconds);
}

// Ctrl+C in a terminal also reaches the protocol server, and the server sends an interrupt.
process.on('SIGINT', () => {});

// Report uncaught errors and keep the kernel alive.
const describeError = (error: unknown) => failedWith(error, 0).traceback.join('\n');
process.on('uncaughtException', error => {
  console.error(`Uncaught ${describeError(error)}`);
  resume();
});
process.on('unhandledRejection', (reason, promise) => {
  // A cell may handle rejections.
  if (process.listenerCount('unhandledRejection') > 1) return;
  runInExecution(executionOf(promise), () =>
    console.error(`Uncaught (in promise) ${describeError(reason)}`),
  );
});

// Preload the imports of the first cell while the learner reads, or while the compiler starts. A failing import
// fails again in the cell, with a visible error. Without the preload, the first cell ends 2.1 s after the
// start, or takes 0.35 s instead of 0.08 s if the learner reads first.
setImmediate(() => {
  for (const name of firstImports) {
    try {
      require(name);
    } catch {}
  }
  output.send({ type: 'ready' });
});
