/**
 * Answers Jupyter's requests, by the cells or by itself, in a thread of its own: it hears ■, and that the kernel
 * is to end, while a cell computes; and it ends the kernel together with the process that has started it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type MessagePort, workerData } from 'node:worker_threads';
import { maskStrings } from '../errors/code';
import { indexOf, kernelInfo, LANGUAGE, withCursors } from '../jupyter';
import {
  type Answer,
  type FromInstalled,
  PendingRequests,
  type Question,
  type ServerData,
  type ToInstalled,
} from '../worker-messages';
import { type ConnectionInfo, readConnectionFile } from './connection-file';
import { ExecutionQueue } from './execution-queue';
import { Interrupter } from './interrupter';
import { log } from './log';
import { type Channel, type Content, type Request, Sockets } from './sockets';

/** Milliseconds that a console gets no answer whether a cell is whole. */
const LATE = 600;

/** Milliseconds until a kernel that is to end is ended. */
const PATIENCE = 1000;

/** Milliseconds between two looks whether the parent is there. */
const LOOK = 500;

const { port, closed, connectionFile } = workerData as ServerData;
const questions = new PendingRequests<Question, Answer>(tell);
const interrupter = new Interrupter(tell, () => executions.running);
const sockets = new Sockets(connection(), hear);
const executions = new ExecutionQueue(
  sockets,
  question => questions.ask(question),
  () => tell({ type: 'cancel' }),
);
port.on('message', pass);
watchParent();
sockets.open().then(
  () => {
    sockets.publish('status', { execution_state: 'starting' });
    // One request may go wrong, and the others are answered.
    process.on('uncaughtException', ({ stack }) => log(String(stack)));
  },
  error => {
    // A thread that ends with open ones ends the process by a signal.
    sockets.close();
    refuse(error);
  },
);

function connection(): ConnectionInfo {
  try {
    return readConnectionFile(connectionFile);
  } catch (error) {
    return refuse(error as Error);
  }
}

function refuse({ message }: Error): never {
  log(message);
  return process.exit(1);
}

/** Ends the kernel, also where its cells never look up. */
function end(): void {
  tell({ type: 'close' });
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE);
}

function close(): void {
  sockets.close();
  Atomics.store(closed, 0, 1);
  Atomics.notify(closed, 0);
  port.close();
  // Of this thread, which is all that the process waits for.
  process.exit();
}

function tell(message: ToInstalled): void {
  port.postMessage(message);
}

function hear(channel: Channel, request: Request): void {
  const { msg_type } = request.header;
  // There is nothing to read from: no cell asks its learner.
  if (channel === 'stdin') return;
  if (msg_type === 'execute_request') {
    if (typeof request.content.code === 'string') {
      tell({ type: 'prefetch', code: request.content.code });
    }
    executions.add(request);
    return;
  }
  void answer(channel, request);
}

async function answer(channel: Channel, request: Request): Promise<void> {
  const { msg_type } = request.header;
  const state = (execution_state: string, parent = request) =>
    sockets.publish('status', { execution_state }, parent);
  state('busy');
  // What cannot be answered is answered by what is wrong with it.
  const content = await contentFor(request).catch(
    ({ name: ename, message: evalue }: Error): Content => {
      return { status: 'error', ename, evalue, traceback: [] };
    },
  );
  if (content) {
    const type = msg_type.replace(/_request$/, '_reply');
    sockets.reply(channel, request, type, content);
  }
  state('idle');
  // Clients show the last state of all: a cell that runs keeps the kernel busy.
  if (executions.isRunning && executions.parent) state('busy', executions.parent);
  if (msg_type === 'shutdown_request') end();
}

async function contentFor(request: Request): Promise<Content | undefined> {
  const { header, content } = request;
  const type = header.msg_type;
  const code = String(content.code ?? '');
  const cursor = indexOf(code, Number(content.cursor_pos ?? code.length));
  switch (type) {
    case 'kernel_info_request':
      return kernelInfo(`TypeScript ${LANGUAGE.version}`);
    case 'complete_request':
      return ask({ type: 'complete', code, cursor }).then(answer => withCursors(code, answer));
    case 'inspect_request':
      return ask({ type: 'inspect', code, cursor });
    case 'is_complete_request':
      return Promise.race([
        ask({ type: 'is-complete', code }),
        delay(LATE).then(() => guessCompleteness(code)),
      ]);
    case 'history_request':
      return { status: 'ok', history: executions.history.find(content) };
    case 'comm_info_request':
      return { status: 'ok', comms: {} };
    case 'interrupt_request':
      interrupter.interrupt();
      return { status: 'ok' };
    case 'shutdown_request':
      return { status: 'ok', restart: content.restart === true };
    // No cell speaks to the page by them: one that is opened is closed.
    case 'comm_open':
      sockets.publish('comm_close', { comm_id: content.comm_id, data: {} }, request);
      return undefined;
    case 'comm_msg':
    case 'comm_close':
      return undefined;
    default:
      // What nobody waits for is noted alone.
      log(`A message of the type ${type} came, which this kernel does not know.`);
      if (!type.endsWith('_request')) return undefined;
      throw new TypeError(`Expected a request that this kernel knows, but received ${type}`);
  }
}

/** The compiler's thread, which answers while a cell computes; undefined if it has ended. */
let compiler: PendingRequests<Question, Answer | undefined> | undefined;

function connect(line: MessagePort): void {
  const asked: typeof compiler = new PendingRequests(message => line.postMessage(message));
  line.on('message', ({ id, content }) => asked.settle(id, content));
  line.on('close', () => {
    if (compiler === asked) compiler = undefined;
    asked.settleAll(undefined);
  });
  compiler = asked;
}

/** Asks the compiler; if its thread has ended, the cells' thread starts another one. */
const ask = async (question: Question): Promise<Answer> =>
  (await compiler?.ask(question)) ?? questions.ask(question);

function pass(said: FromInstalled): void {
  if (said.type === 'closed') close();
  else if (said.type === 'compiler') connect(said.port);
  else if (said.type === 'ready') interrupter.isReady = true;
  else if (said.type === 'answer') questions.settle(said.id, said.content);
  else if (said.type === 'interrupting') interrupter.heard();
  else if (said.type === 'result') executions.showResult(said.content);
  else if (said.type === 'stream') show('stream', { name: said.name, text: said.text });
  else if (said.type === 'display') {
    show(said.update ? 'update_display_data' : 'display_data', { ...said.content });
  }
}

function show(type: string, content: Content): void {
  sockets.publish(type, content, executions.parent);
}

/**
 * Tells by its brackets whether a cell looks whole, if TypeScript has no time to say: while the kernel
 * starts, or a cell computes. A console waits for a second, and then asks no more.
 */
function guessCompleteness(code: string) {
  const signs = maskStrings(code);
  const count = (pattern: RegExp) => signs.match(pattern)?.length ?? 0;
  const isOpen = count(/[([{]/g) > count(/[)\]}]/g) || count(/`/g) % 2 > 0;
  return isOpen ? { status: 'incomplete', indent: '' } : { status: 'complete' };
}

/**
 * Ends the kernel once the process is gone that has started it. A kernel that is to outlive it is started
 * without `JPY_PARENT_PID`.
 */
function watchParent(): void {
  const { ppid: parent, env } = process;
  if (!env.JPY_PARENT_PID) return;
  // On Windows it is the number of a handle.
  const named = process.platform === 'win32' ? parent : Number(env.JPY_PARENT_PID);
  setInterval(() => {
    // Where a parent has ended, Linux and macOS name another one; Windows goes on to name it.
    if (process.ppid !== parent || !lives(named)) end();
  }, LOOK).unref();
}

function lives(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    // It lives, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
