/** Answers Jupyter's requests, by the cells or by itself. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { maskStrings } from '../errors/code';
import { indexOf, kernelInfo, LANGUAGE, withCursors } from '../jupyter';
import {
  type FromInstalled,
  PendingRequests,
  type Question,
  type ServerData,
  type ToInstalled,
} from '../worker-messages';
import type { ConnectionInfo } from './connection-file';
import { ExecutionQueue } from './execution-queue';
import { History } from './history';
import { Interrupter } from './interrupter';
import { log } from './log';
import type { Content, Request } from './message';
import { type Channel, Sockets } from './sockets';

/** Milliseconds that a console gets no answer whether a cell is whole. */
const LATE = 600;

/** Milliseconds until a kernel that is to end is ended. */
const PATIENCE = 1000;

export class ProtocolServer {
  private readonly sockets: Sockets;
  private readonly port: MessagePort;
  private readonly closed: Int32Array;
  private readonly info = kernelInfo(`TypeScript ${LANGUAGE.version}`);
  private readonly questions = new PendingRequests(message => this.tell(message));
  private readonly history = new History();
  private readonly interrupter = new Interrupter(
    message => this.tell(message),
    () => this.executions.running,
  );
  private readonly executions: ExecutionQueue;

  constructor({ port, closed }: ServerData, connection: ConnectionInfo) {
    this.port = port;
    this.closed = closed;
    this.sockets = new Sockets(connection, (channel, request) => this.hear(channel, request));
    this.executions = new ExecutionQueue({
      ...{ sockets: this.sockets, history: this.history },
      ask: question => this.questions.ask(question),
      cancel: () => this.tell({ type: 'cancel' }),
    });
    port.on('message', (said: FromInstalled) => this.pass(said));
  }

  /** @throws Error if a port is taken. */
  async open(): Promise<void> {
    try {
      await this.sockets.open();
    } catch (error) {
      // A thread that ends with open ones ends the process by a signal.
      this.sockets.close();
      throw error;
    }
    this.sockets.publish('status', { execution_state: 'starting' });
  }

  /** Ends the kernel, also where its cells never look up. */
  end(): void {
    this.tell({ type: 'close' });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), PATIENCE);
  }

  private close(): void {
    this.sockets.close();
    Atomics.store(this.closed, 0, 1);
    Atomics.notify(this.closed, 0);
    this.port.close();
    // Of this thread, which is all that the process waits for.
    process.exit();
  }

  private tell(message: ToInstalled): void {
    this.port.postMessage(message);
  }

  private hear(channel: Channel, request: Request): void {
    const { msg_type } = request.header;
    // There is nothing to read from: no cell asks its learner.
    if (channel === 'stdin') return;
    if (msg_type === 'execute_request') {
      if (typeof request.content.code === 'string') {
        this.tell({ type: 'prefetch', code: request.content.code });
      }
      this.executions.add(request);
      return;
    }
    void this.answer(channel, request);
  }

  private async answer(channel: Channel, request: Request): Promise<void> {
    const { msg_type } = request.header;
    const state = (execution_state: string, parent = request) =>
      this.sockets.publish('status', { execution_state }, parent);
    state('busy');
    // What cannot be answered is answered by what is wrong with it.
    const content = await this.contentFor(request).catch(
      ({ name: ename, message: evalue }: Error): Content => {
        return { status: 'error', ename, evalue, traceback: [] };
      },
    );
    if (content) {
      const type = msg_type.replace(/_request$/, '_reply');
      this.sockets.reply(channel, request, type, content);
    }
    state('idle');
    // Clients show the last state of all: a cell that runs keeps the kernel busy.
    if (this.executions.isRunning && this.executions.parent) state('busy', this.executions.parent);
    if (msg_type === 'shutdown_request') this.end();
  }

  private async contentFor(request: Request): Promise<Content | undefined> {
    const { header, content } = request;
    const type = header.msg_type;
    const code = String(content.code ?? '');
    const cursor = indexOf(code, Number(content.cursor_pos ?? code.length));
    const ask = (question: Question) => this.questions.ask(question);
    switch (type) {
      case 'kernel_info_request':
        return this.info;
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
        return { status: 'ok', history: this.history.find(content) };
      case 'comm_info_request':
        return { status: 'ok', comms: {} };
      case 'interrupt_request':
        this.interrupter.interrupt();
        return { status: 'ok' };
      case 'shutdown_request':
        return { status: 'ok', restart: content.restart === true };
      // No cell speaks to the page by them: one that is opened is closed.
      case 'comm_open':
        this.sockets.publish('comm_close', { comm_id: content.comm_id, data: {} }, request);
        return undefined;
      case 'comm_msg':
      case 'comm_close':
        return undefined;
      default:
        log(`A message of the type ${type} was left unanswered, which this kernel does not know.`);
        return undefined;
    }
  }

  private pass(said: FromInstalled): void {
    if (said.type === 'closed') this.close();
    else if (said.type === 'ready') this.interrupter.isReady = true;
    else if (said.type === 'answer') this.questions.settle(said.id, said.content);
    else if (said.type === 'interrupting') this.interrupter.heard();
    else if (said.type === 'result') this.executions.showResult(said.content);
    else if (said.type === 'stream') this.show('stream', { name: said.name, text: said.text });
    else if (said.type === 'display') {
      this.show(said.update ? 'update_display_data' : 'display_data', { ...said.content });
    }
  }

  private show(type: string, content: Content): void {
    this.sockets.publish(type, content, this.executions.parent);
  }
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
