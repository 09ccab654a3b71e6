/**
 * The protocol server, started by `main.cjs`. It handles Jupyter's requests, and starts a subprocess for the
 * cells. So the server handles interrupts while a cell computes, and survives a crash of the subprocess. The
 * server exits with the parent process.
 */
import '../v8-flags';
import type { Language } from 'digits/language';
import { kernelInfo, LANGUAGE } from '../../cell/jupyter';
import { tables } from '../../cell/language';
import { Queue } from '../../cell/queue';
import { failure, RequestHandler } from '../../cell/request-handler';
import { type Answer, type Execute, PendingRequests } from '../../cell/worker-messages';
import { Compiler } from '../compiler/compiler';
import type { CompileRequest, FromCellProcess, ToCellProcess } from '../link';
import { readConnectionFile } from './connection-file';
import { Interrupter } from './interrupter';
import { log, type SocketRequest, Sockets } from './sockets';
import { type ExitReason, spawnCellProcess } from './spawn-cell-process';

/** Milliseconds until a kernel that should exit is killed. */
const SHUTDOWN_TIMEOUT_MS = 1000;

/** Milliseconds between two checks of the parent process. */
const PARENT_POLL_MS = 500;

let compiler = new Compiler();
let cells = startCells();
let language: Language = process.env.DIGITS_LANGUAGE === 'zh' ? 'zh' : 'en';
let isOpen = false;
let isEnding = false;

process.on('uncaughtException', ({ message, stack }) => {
  log(isOpen ? String(stack) : message);
  // A failed request must not stop the server.
  if (!isOpen) process.exit(1);
});
const sendToCells = (message: ToCellProcess) => cells.send(message);
const executions = new PendingRequests<Execute, Answer>(sendToCells);
const interrupter = new Interrupter(sendToCells, () => cells.queue.running);
const sockets = new Sockets(readConnectionFile(process.argv[2] ?? ''), request => {
  const { header, content } = request;
  if (header.msg_type === 'execute_request') compiler.prefetch(String(content.code ?? ''));
  void requestHandler.handleRequest(request);
});
const requestHandler = new RequestHandler<SocketRequest>({
  send: (type, content, parent, channel) => sockets.send(type, content, parent, channel),
  sendToCells(message) {
    if (message.type === 'execute') return void cells.queue.add(message);
    if (message.type === 'note') return sendToCells(message);
    cells.queue.drop();
    compiler.cancel();
  },
  askCompiler: question => compiler.ask(question),
  sendInput: sendToCells,
  handlers: {
    kernel_info: () => kernelInfo(`TypeScript ${LANGUAGE.version}`),
    interrupt() {
      interrupt();
      return { status: 'ok' };
    },
    shutdown({ restart }) {
      setImmediate(shutDown);
      return { status: 'ok', restart: restart === true };
    },
  },
});
watchParent();
// Ctrl+C in a terminal also reaches the cell process, which ignores the signal.
process.on('SIGINT', interrupt);
process.on('SIGTERM', shutDown);
void sockets.open().then(() => {
  isOpen = true;
  sockets.send('status', { execution_state: 'starting' });
});

function startCells() {
  const queue = new Queue(
    cell => executions.ask(cell),
    message => requestHandler.handleCellMessage(message),
  );
  return { queue, ...spawnCellProcess(handleCellMessage, handleCellExit) };
}

/** Replaces an ended cell process, unless it failed to start. */
function handleCellExit(reason: ExitReason, code: number): void {
  if (isEnding) exit(0);
  log(`The process of the cells has ended (${reason}, ${code}).`);
  requestHandler.abortAll(failure('KernelEnded', tables[language].ended[reason]));
  // Jupyter restarts the kernel if the cells cannot start.
  if (!interrupter.isReady) return void setTimeout(() => exit(code), SHUTDOWN_TIMEOUT_MS);
  interrupter.isReady = false;
  compiler.stop();
  compiler = new Compiler();
  cells = startCells();
}

async function compile({ id, code, isStale }: CompileRequest & { id: number }): Promise<void> {
  const requester = cells;
  // A package has changed, so compiled-ahead cells are stale as well.
  if (isStale) compiler.stop();
  requester.send({ type: 'compiled', id, compiled: await compiler.compile(code) });
}

function exit(code: number): never {
  sockets.close();
  return process.exit(code);
}

/** Interrupts the cells, like the ■ button. */
function interrupt(): void {
  // Queued cells do not run, even if the running cell succeeds.
  cells.queue.drop();
  void interrupter.interrupt();
  requestHandler.sendInput({ type: 'no-input', why: 'interrupted' });
}

/** Shuts down the kernel, even with blocked cells. */
function shutDown(): void {
  isEnding = true;
  sendToCells({ type: 'close' });
  setTimeout(() => cells.kill(), SHUTDOWN_TIMEOUT_MS);
}

function handleCellMessage(message: FromCellProcess): void {
  if (message.type === 'ready') interrupter.isReady = true;
  else if (message.type === 'compile') void compile(message);
  else if (message.type === 'executed') {
    ({ language } = message);
    executions.settle(message.id, message.content);
  } else if (message.type === 'interrupting') interrupter.isFree = true;
  else if (message.type !== 'flush') requestHandler.handleCellMessage(message);
}

/** Exits with the parent process. Without `JPY_PARENT_PID`, the kernel outlives the parent. */
function watchParent(): void {
  const { ppid, env } = process;
  if (!env.JPY_PARENT_PID) return;
  // On Windows, the variable contains a handle.
  const parent = process.platform === 'win32' ? ppid : Number(env.JPY_PARENT_PID);
  setInterval(() => {
    // After the parent's end, Linux and macOS change `ppid`. Windows keeps the old value.
    if (process.ppid !== ppid) return shutDown();
    try {
      process.kill(parent, 0);
    } catch (error) {
      // With EPERM, the parent is alive and belongs to another user.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') shutDown();
    }
  }, PARENT_POLL_MS).unref();
}
