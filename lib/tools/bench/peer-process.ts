/** Drives a peer: a process that holds its data and model, and trains an epoch when told to. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { type machineTime, watchMachine } from './load';

/** A program that is a peer, with its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables to set beside the present environment; undefined takes a name out of it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Arguments that stand behind the problem. */
  readonly more?: readonly string[];
}

/** An epoch: its seconds by the peer's clock, its loss, and whether others disturbed it. */
export interface Epoch {
  readonly seconds: number;
  readonly loss: number;
  readonly disturbed: boolean;
}

interface Messages {
  readonly ready: { readonly versions: Readonly<Record<string, string>> };
  /** `cpu` is the peer's own processor time, in seconds. */
  readonly done: { readonly seconds: number; readonly cpu: number; readonly loss: number };
  /** `peak` is the most memory that the process held, in bytes; `note` a remark for the report. */
  readonly end: { readonly peak: number; readonly note?: string };
  readonly ran: {
    readonly seconds: number;
    readonly kernel: number;
    readonly cpu: number;
    readonly peak: number | null;
  };
}

const MARK = '@bench ';

/** A peer has ended without doing what it was told. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
}

/** A process that reads single words and answers in lines of JSON. */
export class Peer {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private readonly last: string[] = [];
  private readonly closed: Promise<unknown>;
  versions: Readonly<Record<string, string>> = {};

  constructor({ program, args, env, more = [] }: Command, given: readonly string[] = []) {
    this.process = spawn(program, [...args, ...given, ...more], {
      env: { ...process.env, ...env },
    });
    this.process.on('error', error => this.note(error.message));
    this.process.stdin.on('error', () => {}); // its end shows at its output
    createInterface({ input: this.process.stderr }).on('line', line => this.note(line));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    const kill = () => this.kill();
    process.once('exit', kill);
    this.closed = new Promise<void>(settle => {
      this.process.once('close', () => {
        process.off('exit', kill);
        settle();
      });
    });
  }

  /**
   * Starts a peer and waits until it is ready.
   *
   * @throws PeerError if it ends instead; its last lines are in the message.
   */
  static async start(command: Command, problem: object): Promise<Peer> {
    const peer = new Peer(command, [JSON.stringify(problem)]);
    peer.versions = (await peer.hear('ready')).versions;
    return peer;
  }

  /** Trains an epoch, validation included. The first one includes what comes before it. */
  async epoch(readTime: typeof machineTime): Promise<Epoch> {
    const isDisturbed = watchMachine(readTime);
    this.tell('go');
    const { seconds, cpu, loss } = await this.hear('done');
    return { seconds, loss, disturbed: isDisturbed(cpu) };
  }

  async end(): Promise<Messages['end']> {
    this.tell('end');
    const said = await this.hear('end');
    this.kill();
    return said;
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /**
   * Waits for the next message, which must be of this kind.
   *
   * @throws PeerError if it is of another, or the peer ends.
   */
  async hear<Kind extends keyof Messages>(event: Kind): Promise<Messages[Kind]> {
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
      if (message.event === event) return message;
      throw new PeerError(`Expected "${event}" but it said ${JSON.stringify(message)}`);
    }
  }

  private tell(word: string): void {
    this.process.stdin.write(`${word}\n`);
  }

  private note(line: string): void {
    this.last.push(stripVTControlCharacters(line));
    if (this.last.length > 15) this.last.shift();
  }
}
