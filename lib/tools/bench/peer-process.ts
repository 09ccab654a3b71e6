/** Drives a peer: a process that holds its data and model, and trains an epoch when told to. */

/** A program that is a peer. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables to set beside the present environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder to run in; defaults to the present one. */
  readonly cwd?: string;
}

/** An epoch: its seconds by the peer's clock, and its loss. */
export interface Epoch {
  readonly seconds: number;
  readonly loss: number;
}

interface Messages {
  readonly ready: object;
  readonly done: Epoch;
  /** `peak` is the most memory that the process held, in bytes. */
  readonly end: { readonly peak: number };
}

const MARK = '@bench ';

export type Peer = Awaited<ReturnType<typeof startPeer>>;

/** Starts a process that reads single words and answers in lines of JSON. */
export async function startPeer({ program, args, env, cwd }: Command, problem: object) {
  const { execa } = await import('execa');
  const child = execa(program, args, {
    ...(cwd && { cwd }),
    env: { ...env, DIGITS_BENCH_PROBLEM: JSON.stringify(problem) },
    all: true,
    reject: false,
  });
  child.stdin.on('error', () => {}); // its end shows at its output
  const lines = child.iterable();
  return {
    tell: (word: 'go' | 'end') => child.stdin.write(`${word}\n`),
    kill: () => child.kill('SIGKILL'),

    /**
     * Waits for the next message, which must be of this kind.
     *
     * @throws an error if it is of another, or the peer ends; its last lines are in the message.
     */
    async hear<Kind extends keyof Messages>(event: Kind): Promise<Messages[Kind]> {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) break;
        if (!value.startsWith(MARK)) continue;
        const message = JSON.parse(value.slice(MARK.length));
        if (message.event === event) return message;
        throw new Error(`Expected "${event}" but it said ${JSON.stringify(message)}`);
      }
      const { all, originalMessage = '' } = await child;
      const last = (all || originalMessage).split('\n').slice(-15);
      throw new Error(`Expected "${event}" but it ended.\n${last.join('\n')}`);
    },
  };
}
