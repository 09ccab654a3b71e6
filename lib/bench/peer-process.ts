/** Drives a process with data and a model, for training an epoch per request. */
import type { Epoch } from './measurement';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables to set in addition to the present environment; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Working directory. Default: the current folder. */
  readonly cwd?: string;
}

interface Messages {
  readonly ready: object;
  readonly done: Epoch;
}

const MARK = '@bench ';

export type Peer = Awaited<ReturnType<typeof startPeer>>;

/** Starts a process. The protocol: requests are words, responses are lines of JSON. */
export async function startPeer({ program, args, env, cwd }: Command, problem: object) {
  const { execa } = await import('execa');
  const child = execa(program, args, {
    ...(cwd && { cwd }),
    env: { ...env, DIGITS_BENCH_PROBLEM: JSON.stringify(problem) },
    all: true,
    reject: false,
  });
  child.stdin.on('error', () => {}); // hear() notices the exit
  const lines = child.iterable();
  return {
    tell: (word: 'go') => child.stdin.write(`${word}\n`),
    kill: () => child.kill('SIGKILL'),

    /**
     * Waits for the next message, of the kind `event`. Throws an error with the last lines of the output if another
     * message comes, or the process exits.
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
