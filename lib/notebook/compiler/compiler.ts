import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ConverterOptions } from 'tslab/dist/converter';
import { text } from '../../language';
import { type Answer, type Call, type CompilerData, State } from './call';

/** Milliseconds that no cell takes to be read, even the first one on a busy machine. */
const LONGEST = 180_000;

/** TypeScript in a thread of its own, so that the cells' thread is free while it gets ready. */
export class Compiler {
  private readonly port;
  private readonly state = new Int32Array(new SharedArrayBuffer(4));
  private readonly worker: Worker;

  constructor(options: ConverterOptions, imports: readonly string[]) {
    const { port1, port2 } = new MessageChannel();
    const workerData: CompilerData = { port: port2, state: this.state, options, imports };
    this.port = port1;
    // By a line of code: to find a file, a loader given by --import may wait for this thread, which
    // waits for the other one.
    this.worker = new Worker(`require(${JSON.stringify(join(__dirname, 'thread.ts'))})`, {
      eval: true,
      workerData,
      transferList: [port2],
      execArgv: ['--require', require.resolve('../../register.cjs')],
      // What TypeScript reads, it keeps: half the usual room for new objects costs no time, and
      // spares each learner 30 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    this.worker.unref();
  }

  /**
   * Calls a function of the thread and waits for it, since tslab's converter is not asynchronous.
   *
   * @throws whatever the function throws; Error where the thread has ended.
   */
  call(name: string, ...args: unknown[]): unknown {
    const { state, port } = this;
    Atomics.compareExchange(state, 0, State.ANSWERED, State.ASKED);
    port.postMessage({ name, args } satisfies Call);
    Atomics.wait(state, 0, State.ASKED, LONGEST);
    const answer: Answer | undefined = receiveMessageOnPort(port)?.message;
    if (!answer) {
      Atomics.store(state, 0, State.STOPPED);
      throw new Error(STOPPED());
    }
    if ('error' in answer) throw answer.error;
    return answer.value;
  }

  /** Ends the thread; a call from then on throws. */
  close(): void {
    Atomics.store(this.state, 0, State.STOPPED);
    this.worker.terminate();
  }
}

const STOPPED = () =>
  text({
    zh: 'TypeScript 编译器已停止运行。请重启内核，再运行一次全部单元格。',
    en: 'The TypeScript compiler has stopped. Restart the kernel and run the cells again.',
  });
