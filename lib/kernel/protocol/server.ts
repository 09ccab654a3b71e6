/**
 * The kernel, which `main.cjs` starts: answers Jupyter's requests, by the cells or by itself. The cells run in a
 * process of their own, so that it hears ■ while they compute, and answers even if that process ends; and it
 * ends the kernel together with the process that has started it.
 */
import '../v8-flags';
import type { Language } from 'digits/language';
import { Compiler } from '../compiler/compiler';
import { Front, failure } from '../front';
import { kernelInfo, LANGUAGE } from '../jupyter';
import { tables } from '../language';
import type { CompileRequest, FromCellProcess, ToCellProcess } from '../link';
import { Queue } from '../queue';
import { type Answer, type Execute, PendingRequests } from '../worker-messages';
import { type ExitReason, spawnCellProcess } from './cells-process';
import { readConnectionFile } from './connection-file';
import { Interrupter } from './interrupter';
import { log, type SocketRequest, Sockets } from './sockets';

/** Milliseconds until a kernel that is to end is ended. */
const PATIENCE = 1000;

/** Milliseconds between two looks whether the parent is there. */
const LOOK = 500;

let compiler = new Compiler();
let cells = newCells();
let language: Language = process.env.DIGITS_LANGUAGE === 'zh' ? 'zh' : 'en';
let isOpen = false;
let isEnding = false;

process.on('uncaughtException', ({ message, stack }) => {
  log(isOpen ? String(stack) : message);
  // One request may go wrong, and the others are answered.
  if (!isOpen) process.exit(1);
});
const tell = (message: ToCellProcess) => cells.send(message);
const questions = new PendingRequests<Execute, Answer>(tell);
const interrupter = new Interrupter(tell, () => cells.queue.running);
const sockets = new Sockets(readConnectionFile(process.argv[2] ?? ''), request => {
  const { header, content } = request;
  if (header.msg_type === 'execute_request') compiler.prefetch(String(content.code ?? ''));
  void front.hear(request);
});
const front = new Front<SocketRequest>({
  send: (type, content, parent, channel) => sockets.send(type, content, parent, channel),
  tell(message) {
    if (message.type === 'execute') return void cells.queue.add(message);
    if (message.type === 'note') return tell(message);
    cells.queue.drop();
    compiler.cancel();
  },
  ask: question => compiler.answer(question),
  type: tell,
  answers: {
    kernel_info: () => kernelInfo(`TypeScript ${LANGUAGE.version}`),
    interrupt() {
      interrupt();
      return { status: 'ok' };
    },
    shutdown({ restart }) {
      setImmediate(end);
      return { status: 'ok', restart: restart === true };
    },
  },
});
watchParent();
// From a terminal, whose Ctrl+C the cells get as well, and leave to this process.
process.on('SIGINT', interrupt);
process.on('SIGTERM', end);
void sockets.open().then(() => {
  isOpen = true;
  sockets.send('status', { execution_state: 'starting' });
});

function newCells() {
  const queue = new Queue(
    cell => questions.ask(cell),
    said => front.hearCells(said),
  );
  return { queue, ...spawnCellProcess(hear, afterEnd) };
}

/** Goes on with new cells where the old ones have ended, unless they cannot begin. */
function afterEnd(how: ExitReason, code: number): void {
  if (isEnding) leave(0);
  log(`The process of the cells has ended (${how}, ${code}).`);
  front.end(failure('KernelEnded', tables[language].ended[how]));
  // Jupyter starts a kernel anew whose cells cannot begin.
  if (!interrupter.isReady) return void setTimeout(() => leave(code), PATIENCE);
  interrupter.isReady = false;
  compiler.end();
  compiler = new Compiler();
  cells = newCells();
}

async function compile({ id, code, isStale }: CompileRequest & { id: number }): Promise<void> {
  const asking = cells;
  // Also what was read ahead: a package has changed.
  if (isStale) compiler.end();
  asking.send({ type: 'compiled', id, compiled: await compiler.compile(code) });
}

function leave(code: number): never {
  sockets.close();
  return process.exit(code);
}

/** Interrupts, as ■ does. */
function interrupt(): void {
  // What waits does not run, even if the cell that runs ends well.
  cells.queue.drop();
  void interrupter.interrupt();
  front.type({ type: 'no-input', why: 'interrupted' });
}

/** Ends the kernel, also where its cells never look up. */
function end(): void {
  isEnding = true;
  tell({ type: 'close' });
  setTimeout(() => cells.kill(), PATIENCE);
}

function hear(said: FromCellProcess): void {
  if (said.type === 'ready') interrupter.isReady = true;
  else if (said.type === 'compile') void compile(said);
  else if (said.type === 'answer') {
    language = said.language ?? language;
    questions.settle(said.id, said.content);
  } else if (said.type === 'interrupting') interrupter.isFree = true;
  else if (said.type !== 'flush') front.hearCells(said);
}

/**
 * Ends the kernel once the process is gone that has started it. A kernel that is to outlive it is started
 * without `JPY_PARENT_PID`.
 */
function watchParent(): void {
  const { ppid, env } = process;
  if (!env.JPY_PARENT_PID) return;
  // On Windows it is the number of a handle.
  const parent = process.platform === 'win32' ? ppid : Number(env.JPY_PARENT_PID);
  setInterval(() => {
    // Where a parent has ended, Linux and macOS name another one; Windows goes on to name it.
    if (process.ppid !== ppid) return end();
    try {
      process.kill(parent, 0);
    } catch (error) {
      // Otherwise it lives, and belongs to someone else.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') end();
    }
  }, LOOK).unref();
}
