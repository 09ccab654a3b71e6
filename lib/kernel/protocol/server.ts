/**
 * The kernel, which `main.cjs` starts: answers Jupyter's requests, by the cells or by itself. The cells run in a
 * process of their own, so that it hears ■ while they compute, and answers even if that process ends; and it
 * ends the kernel together with the process that has started it.
 */
import '../v8-flags';
import { setTimeout as delay } from 'node:timers/promises';
import type { Language } from 'digits/language';
import { Compiler } from '../compiler/compiler';
import { maskStrings } from '../errors/code';
import { failed } from '../errors/failed';
import { indexOf, kernelInfo, LANGUAGE, withCursors } from '../jupyter';
import { tables } from '../language';
import type { FromInstalled, ToCompile, ToInstalled } from '../link';
import { type Answer, PendingRequests, type Question } from '../worker-messages';
import { type End, startCells } from './cells-process';
import { readConnectionFile } from './connection-file';
import { ExecutionQueue } from './execution-queue';
import { Interrupter } from './interrupter';
import { type Channel, type Content, log, type Request, Sockets } from './sockets';

/** Milliseconds that a console gets no answer whether a cell is whole. */
const LATE = 600;

/** Milliseconds until a kernel that is to end is ended. */
const PATIENCE = 1000;

/** Milliseconds between two looks whether the parent is there. */
const LOOK = 500;

/** Jupyter starts a kernel anew that fails more often. */
const MOST_FAILURES = 3;

let compiler = new Compiler();
let cells = newCells();
let language: Language = process.env.DIGITS_LANGUAGE === 'zh' ? 'zh' : 'en';
let isOpen = false;
let isEnding = false;
/** How often the cells have ended before they began. */
let failures = 0;

process.on('uncaughtException', ({ message, stack }) => {
  log(isOpen ? String(stack) : message);
  // One request may go wrong, and the others are answered.
  if (!isOpen) process.exit(1);
});
const questions = new PendingRequests<Question, Answer>(tell);
const interrupter = new Interrupter(tell, () => executions.running);
const sockets = new Sockets(readConnectionFile(process.argv[2] ?? ''), hear);
const executions = new ExecutionQueue(
  sockets,
  question => questions.ask(question),
  () => compiler.cancel(),
);
watchParent();
// From a terminal, whose Ctrl+C the cells get as well, and leave to this process.
process.on('SIGINT', interrupt);
process.on('SIGTERM', end);
void sockets.open().then(() => {
  isOpen = true;
  sockets.publish('status', { execution_state: 'starting' });
});

function newCells() {
  return startCells(pass, (name, text) => show('stream', { name, text }), afterEnd);
}

/** Goes on with new cells where the old ones have ended, unless they cannot begin. */
function afterEnd(how: End, code: number): void {
  if (isEnding) leave(0);
  log(`The process of the cells has ended (${how}, ${code}).`);
  const [name, message] = ['KernelEnded', tables[language].ended[how]];
  if (!executions.running) executions.notice = message;
  questions.settleAll(failed({ name, message, frames: [] }));
  failures += 1;
  if (failures > MOST_FAILURES) {
    setTimeout(() => leave(code), PATIENCE);
    return;
  }
  interrupter.isReady = false;
  asksUser = false;
  compiler.end();
  compiler = new Compiler();
  cells = newCells();
}

async function compile({ id, code, isStale }: ToCompile & { id: number }): Promise<void> {
  const asking = cells;
  // Also what was read ahead: a package has changed.
  if (isStale) compiler.end();
  asking.send({ type: 'compiled', id, compiled: await compiler.compile(code) });
}

function leave(code: number): never {
  sockets.close();
  return process.exit(code);
}

/** Whether the cell that runs waits for what its user types. */
let asksUser = false;

/** Asks the user of the client that runs the cell: no other one would show it. */
function askUser(prompt: string): void {
  asksUser = true;
  const { running } = executions;
  if (running && running.content.allow_stdin !== false) {
    sockets.reply('stdin', running, 'input_request', { prompt, password: false });
  } else tellInput({ type: 'no-input', why: 'unattended' });
}

function tellInput(typed: ToInstalled): void {
  if (asksUser) tell(typed);
  asksUser = false;
}

/** Interrupts, as ■ does. */
function interrupt(): void {
  interrupter.interrupt();
  tellInput({ type: 'no-input', why: 'interrupted' });
}

/** Ends the kernel, also where its cells never look up. */
function end(): void {
  isEnding = true;
  tell({ type: 'close' });
  setTimeout(() => cells.kill(), PATIENCE);
}

function tell(message: ToInstalled): void {
  cells.send(message);
}

function hear(channel: Channel, request: Request): void {
  const { msg_type } = request.header;
  if (channel === 'stdin') {
    if (msg_type === 'input_reply') tellInput({ type: 'input', text: `${request.content.value}` });
    return;
  }
  if (msg_type === 'execute_request') {
    if (typeof request.content.code === 'string') {
      compiler.prefetch(request.content.code);
    }
    void executions.add(request);
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
      return withCursors(code, await compiler.answer({ type: 'complete', code, cursor }));
    case 'inspect_request':
      return compiler.answer({ type: 'inspect', code, cursor });
    case 'is_complete_request':
      return Promise.race([
        compiler.answer({ type: 'is-complete', code }),
        delay(LATE).then(() => guessCompleteness(code)),
      ]);
    case 'history_request':
      return { status: 'ok', history: history(content) };
    case 'comm_info_request':
      return { status: 'ok', comms: {} };
    case 'interrupt_request':
      interrupt();
      return { status: 'ok' };
    case 'shutdown_request':
      return { status: 'ok', restart: content.restart === true };
    case 'comm_open':
      // No cell speaks to the page by them: one that is opened is closed.
      sockets.publish('comm_close', { comm_id: content.comm_id, data: {} }, request);
      return undefined;
    default:
      if (/^comm_/.test(type)) return undefined;
      // What nobody waits for is noted alone.
      log(`A message of the type ${type} came, which this kernel does not know.`);
      if (!type.endsWith('_request')) return undefined;
      throw new TypeError(`Expected a request that this kernel knows, but received ${type}`);
  }
}

/** Lists session, number and code of the last cells; what came of them is not kept. */
function history({ n, output }: Content) {
  const last = executions.history.slice(-(Number(n) || Number.POSITIVE_INFINITY));
  return last.map(([count, code]) => [1, count, output === true ? [code, null] : code]);
}

function pass(said: FromInstalled): void {
  if (said.type === 'ready') {
    interrupter.isReady = true;
    failures = 0;
  } else if (said.type === 'compile') void compile(said);
  else if (said.type === 'ask-user') askUser(said.prompt);
  else if (said.type === 'language') language = said.language;
  else if (said.type === 'answer') questions.settle(said.id, said.content);
  else if (said.type === 'interrupting') interrupter.heard();
  else if (said.type === 'result') executions.showResult(said.content);
  else if (said.type === 'stream') show('stream', { name: said.name, text: said.text }, said.run);
  else if (said.type === 'display') {
    show(said.update ? 'update_display_data' : 'display_data', { ...said.content }, said.run);
  }
}

function show(type: string, content: Content, run?: number): void {
  sockets.publish(type, content, executions.parentOf(run));
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
