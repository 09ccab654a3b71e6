/** A peer at work: a process that holds its data and model, and trains an epoch when told to. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { foreignTime, isDisturbed, machineTime } from './load';

/** The lesson's training: Flatten, Dense relu, Dense 10 softmax; Adam; the last fifth validates. */
export interface Problem {
  /** Files of the pixels and of the labels, a byte each, 60 000 samples. */
  readonly images: string;
  readonly labels: string;
  /** Samples to use, validation included. */
  readonly samples: number;
  /** Units of the hidden layer. */
  readonly units: number;
  /** Samples a step. */
  readonly batch: number;
}

/** A program that is a peer, with its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables to set beside the present environment; undefined takes a name out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Arguments that stand behind the problem. */
  readonly more?: readonly string[];
}

/** Means over the epoch, under the names of Keras. */
export interface Logs {
  readonly loss: number;
  readonly accuracy: number;
  readonly val_loss: number;
  readonly val_accuracy: number;
}

/** An epoch as the peer saw it; `cpu` is its own processor time, in seconds. */
export interface Done {
  readonly event: 'done';
  readonly seconds: number;
  readonly cpu: number;
  readonly logs: Logs;
}

/** An epoch as the benchmark saw it. */
export interface Measured {
  readonly seconds: number;
  /** Processor time of the peer, in seconds. */
  readonly cpu: number;
  /** Processor time of others meanwhile, in seconds. */
  readonly foreign: number;
  readonly disturbed: boolean;
  readonly logs: Logs;
}

interface Ready {
  readonly event: 'ready';
  readonly versions: Readonly<Record<string, string>>;
}

interface End {
  readonly event: 'end';
  /** The most memory that the process held, in bytes. */
  readonly peak: number;
  /** What a reader should know of how it trained. */
  readonly note?: string;
}

const MARK = '@bench ';

/** A peer has ended without doing what it was told. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

export class Worker {
  readonly versions: Readonly<Record<string, string>>;
  private constructor(
    private readonly child: Child,
    { versions }: Ready,
    private readonly readTime: typeof machineTime,
  ) {
    this.versions = versions;
  }

  /**
   * Starts a peer and waits until it is ready.
   *
   * @throws PeerError where it ends instead; its last lines are in the message.
   */
  static async start(command: Command, problem: object, readTime = machineTime): Promise<Worker> {
    const child = new Child(command, [JSON.stringify(problem)]);
    return new Worker(child, await child.hear<Ready>('ready'), readTime);
  }

  /** Trains an epoch, validation included. The first one includes what comes before it. */
  async epoch(): Promise<Measured> {
    const before = this.readTime();
    const own = process.cpuUsage();
    this.child.tell('go');
    const { seconds, cpu, logs } = await this.child.hear<Done>('done');
    const { user, system } = process.cpuUsage(own);
    const foreign = foreignTime(before, this.readTime(), cpu + (user + system) / 1e6);
    return { seconds, cpu, foreign, disturbed: isDisturbed(foreign, seconds), logs };
  }

  /** Ends the peer and returns what it says then. */
  async end(): Promise<Pick<End, 'peak' | 'note'>> {
    this.child.tell('end');
    const { peak, note } = await this.child.hear<End>('end');
    this.child.kill();
    return { peak, ...(note ? { note } : {}) };
  }

  kill(): void {
    this.child.kill();
  }
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process that is told words and answers in lines of JSON. */
export class Child {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly last: string[] = [];
  private readonly closed: Promise<unknown>;

  constructor({ program, args, env, more = [] }: Command, given: readonly string[]) {
    this.process = spawn(program, [...args, ...given, ...more], {
      env: { ...process.env, ...env },
    });
    this.process.on('error', error => this.note(error.message));
    this.process.stdin.on('error', () => {}); // its end shows at its output
    createInterface({ input: this.process.stderr }).on('line', line => this.note(line));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    running.add(this.process);
    this.closed = new Promise<void>(settle => {
      this.process.once('close', () => {
        running.delete(this.process);
        settle();
      });
    });
  }

  private note(line: string): void {
    this.last.push(stripVTControlCharacters(line));
    if (this.last.length > 15) this.last.shift();
  }

  tell(word: string): void {
    this.process.stdin.write(`${word}\n`);
  }

  /**
   * Waits for the next message, which must be of this kind.
   *
   * @throws PeerError where it is of another, or the peer ends.
   */
  async hear<Message extends { event: string }>(event: Message['event']): Promise<Message> {
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) {
        await this.closed; // its last words may still be on their way
        throw new PeerError(`Expected "${event}" but it ended.\n${this.last.join('\n')}`);
      }
      if (!value.startsWith(MARK)) {
        this.note(value);
        continue;
      }
      const message = JSON.parse(value.slice(MARK.length));
      if (message.event !== event) {
        throw new PeerError(`Expected "${event}" but it said ${JSON.stringify(message)}`);
      }
      return message;
    }
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}
