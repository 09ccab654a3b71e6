import type { ResourceLimits } from 'node:worker_threads';
import { text } from 'digits/language';
import type { ConverterOptions } from 'tslab/dist/converter';
import type { Answer, Call, Functions } from './call';
import { Connection } from './connection';

/** Milliseconds to wait for a new thread, whose end cannot be seen meanwhile. */
const PATIENCE = 30_000;

/** Runs TypeScript in a thread of its own, so that the cells' thread is free while it gets ready. */
export class Compiler {
  private connection: Connection;
  private closed = false;
  /** The calls that a new thread has to be told of, by the name of their module. */
  private readonly modules = new Map<unknown, Call>();

  constructor(
    private readonly options: ConverterOptions,
    private readonly imports: readonly string[],
    private readonly limits: ResourceLimits = {},
    private readonly patience = PATIENCE,
  ) {
    this.connection = this.connect();
  }

  /**
   * Calls a function of the thread and waits for it, since tslab's converter is not asynchronous.
   * A thread that has ended is started anew; one that ends meanwhile is called once more, since
   * nothing depends on how often a cell is read.
   *
   * @throws whatever the function throws; Error where the thread ends both times.
   */
  call<Name extends keyof Functions>(
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): ReturnType<Functions[Name]> {
    if (this.closed) throw new Error(CLOSED());
    if (!this.connection.lives) this.restart();
    const answer = this.connection.ask({ name, args }) ?? this.askAnew({ name, args });
    if (name === 'addModule') this.modules.set(args[0], { name, args });
    if ('error' in answer) throw answer.error;
    return answer.value as ReturnType<Functions[Name]>;
  }

  /**
   * Calls a function of the thread without waiting for it; no new thread is started for it.
   *
   * @returns a function that waits, and returns undefined where the function threw or the thread ended.
   */
  post<Name extends keyof Functions>(
    name: Name,
    ...args: Parameters<Functions[Name]>
  ): () => ReturnType<Functions[Name]> | undefined {
    const { connection } = this;
    const pending = connection.post({ name, args });
    return () => {
      const answer = connection.wait(pending);
      if (!answer || 'error' in answer) return undefined;
      return answer.value as ReturnType<Functions[Name]>;
    };
  }

  private askAnew(call: Call): Answer {
    this.restart();
    const answer = this.connection.ask(call, this.patience);
    if (answer) return answer;
    this.restart();
    throw new Error(ENDED());
  }

  /** Ends the thread; a call from then on throws. */
  close(): void {
    this.closed = true;
    this.connection.close();
  }

  private connect(): Connection {
    return new Connection(this.options, this.imports, this.limits);
  }

  private restart(): void {
    this.connection.close();
    this.connection = this.connect();
    for (const call of this.modules.values()) this.connection.ask(call);
  }
}

const CLOSED = () =>
  text({
    zh: 'TypeScript 编译器已停止运行。请重启内核，再运行一次全部单元格。',
    en: 'The TypeScript compiler has stopped. Restart the kernel and run the cells again.',
  });

const ENDED = () =>
  text({
    zh: 'TypeScript 编译器在读这个单元格时意外停止，已重新启动；变量都还在。请再运行一次这个单元格；如果又停止，请把它拆成几个。',
    en: 'The TypeScript compiler stopped while reading this cell and has been restarted; all variables are still there. Run the cell again; if it stops again, split the cell.',
  });
