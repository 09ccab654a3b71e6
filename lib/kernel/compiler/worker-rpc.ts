import type { SourceMapPayload } from 'node:module';
import {
  MessageChannel,
  type MessagePort,
  type ResourceLimits,
  receiveMessageOnPort,
  type Worker,
} from 'node:worker_threads';
import type { Converter, ConvertResult, SideOutput } from 'tslab/dist/converter';
import type { CodeMetadata } from 'tslab/dist/metadata';
import type { Script } from '../script/script';
import { startThread } from '../start-thread';

export interface CompilerData {
  readonly port: MessagePort;
  /** How many calls have been answered, or {@link STOPPED}. */
  readonly answered: Int32Array;
  /** The packages that the first cell probably imports. */
  readonly imports: readonly string[];
}

/** A module beside the notebook, or a cell that is a module, with a map to its source. */
export interface SideModule extends SideOutput {
  readonly map: SourceMapPayload;
}

/** What a cell has become. From the script moves lead to TypeScript's output, and its map to the cell. */
export interface Converted extends ConvertResult {
  readonly map?: SourceMapPayload;
  readonly moves?: Script['moves'];
  /** The modules that it imports, if they are new or have changed. */
  sideOutputs?: SideModule[];
}

/** Whether a cell is whole, as a console asks before it runs a line. */
interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  readonly indent?: string;
}

/** The functions of the thread. */
export interface Functions extends Omit<Converter, 'close'> {
  convert(declared: string, code: string): Converted;
  completeness(code: string): Completeness;
  getCodeMetadata(code: string): CodeMetadata;
  /**
   * Reads a cell before its turn; undefined if it depends on what those before it do.
   *
   * @param declared what these declare; what the last one read does, unless given.
   */
  readAhead(code: string, declared?: string): Read | undefined;
  /** Takes back the cells that wait to be read ahead. */
  cancel(): void;
}

/** Tells whether a comment of a cell says that it is a module, or meant for a page. */
export const hasMark = (code: string): boolean => /@(module|browser)\b/.test(code);

/** A cell read before its turn. */
export interface Read {
  /** What was taken to be declared before it. */
  readonly declared: string;
  readonly converted: Converted;
}

export interface Call<Name extends keyof Functions = keyof Functions> {
  readonly name: Name;
  readonly args: Parameters<Functions[Name]>;
}

type Answer = { readonly value: unknown } | { readonly error: unknown };

/** A message is one of these, with the number of its call. */
export type Numbered<T> = T & { readonly number: number };

export const STOPPED = -1;

/** Milliseconds beyond which no cell takes to be read, not even the first one on a busy machine. */
const LONGEST = 180_000;

/** Milliseconds between two looks at whether the thread still lives. */
const LOOK = 250;

interface Pending {
  answer?: Answer;
}

/** Connects the thread of the cells to a thread of the compiler, from its start to its end. */
export class Connection {
  private readonly port;
  private readonly answered = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;
  private ended = false;
  private calls = 0;
  private readonly pending = new Map<number, Pending>();

  /** @param limits the memory beyond which the thread is ended. */
  constructor(imports: readonly string[], limits: ResourceLimits) {
    const { port1, port2 } = new MessageChannel();
    const workerData: CompilerData = { port: port2, answered: this.answered, imports };
    this.port = port1;
    // TypeScript keeps what it reads, so that a quarter of the usual room for new objects costs no time.
    const most = { maxYoungGenerationSizeMb: 12, ...limits };
    this.worker = startThread('compiler-thread.js', workerData, [port2], most);
    this.worker.unref();
    this.worker.on('exit', () => this.close());
    // The next call says what went wrong; an error that nobody hears of would end the process.
    this.worker.on('error', () => {});
  }

  /**
   * Tells whether the thread has not ended yet. Its `exit` is heard only while this thread is free;
   * its times can be read at any moment, and are below zero once it has ended, provided that this
   * thread has been free once since the other began.
   */
  get lives(): boolean {
    return !this.ended && this.worker.performance.eventLoopUtilization().idle >= 0;
  }

  /**
   * Calls a function of the thread and waits.
   *
   * @param longest milliseconds to wait.
   * @returns undefined if the thread ended before the answer, or time is up.
   */
  ask(call: Call, longest?: number): Answer | undefined {
    return this.wait(this.post(call), longest);
  }

  /** Calls a function of the thread, whose answer may be waited for later. */
  post(call: Call): Pending {
    const pending = {};
    const number = this.calls++;
    this.pending.set(number, pending);
    this.port.postMessage({ ...call, number } satisfies Numbered<Call>);
    return pending;
  }

  /** Waits for the answer to a call. See {@link ask}. */
  wait(pending: Pending, longest = LONGEST): Answer | undefined {
    const until = performance.now() + longest;
    for (;;) {
      const answered = Atomics.load(this.answered, 0);
      this.receive();
      if (pending.answer || answered === STOPPED) return pending.answer;
      if (Atomics.wait(this.answered, 0, answered, LOOK) !== 'timed-out') continue;
      if (!this.lives || performance.now() > until) return undefined;
    }
  }

  private receive(): void {
    for (let came = receiveMessageOnPort(this.port); came; came = receiveMessageOnPort(this.port)) {
      const { number, ...answer }: Numbered<Answer> = came.message;
      const pending = this.pending.get(number);
      if (pending) pending.answer = answer;
      this.pending.delete(number);
    }
  }

  close(): void {
    this.ended = true;
    Atomics.store(this.answered, 0, STOPPED);
    this.worker.terminate();
  }
}
