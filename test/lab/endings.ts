/** Data for tests of a command's end: commands, moments, signals, and expected states. */
import { deepEqual, doesNotMatch, match } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../lib/command/processes/free-port';
import { Client } from '../kernel/client';
import { CTRL_C, NpmStart, type Receiver, type Surroundings } from './npm-start';
import { until } from './setup/support';

/** Milliseconds until all processes have ended: a limit for the user's wait, not a speed. */
export const FREE = 5_000;

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGKILL'] as const;
export const PARTS = ['npm', 'sh', 'node', 'program', 'group'] as const;

/**
 * Signals that end a process of a command. A shell ignores SIGINT while a command runs, and
 * JupyterLab leaves SIGINT to npm start.
 */
export const waysTo = (part: (typeof PARTS)[number]): Way[] =>
  SIGNALS.filter(signal => signal !== 'SIGINT' || !['npm', 'sh', 'program'].includes(part)).map(
    signal => [signal, part],
  );

/** A way to tell a command to end. */
export type Way = readonly [signal: NodeJS.Signals | typeof CTRL_C, to: Receiver];

export const draw = <T>(from: readonly T[]): T =>
  from[Math.floor(Math.random() * from.length)] as T;

const wordsOf = ([signal, to]: Way): string =>
  signal === CTRL_C ? 'Ctrl+C' : `${signal} to ${to}`;

export interface Command extends Pick<Surroundings, 'env' | 'under'> {
  /** The arguments of npm. */
  readonly command: readonly string[];
  readonly listens: boolean;
  /** The output that shows that the command has started its work. */
  readonly works: RegExp;
  /** Latest moment of the request to end, in milliseconds. */
  readonly within: number;
}

export const START: Command = {
  command: ['start', '--', '--lang', 'en', '--no-browser'],
  listens: true,
  works: /Ctrl\+C/,
  within: 4_000,
};

/** The commands of a suite. Their processes end with each test. */
export class Endings {
  private readonly started: NpmStart[] = [];
  private readonly ports: number[] = [];

  /** To be called in the suite. */
  constructor() {
    const { ports, started } = this;
    before(async function () {
      if (!existsSync('/proc/self/environ')) this.skip(); // by which what is left is found
      // Exclude processes of other tests: the test could not distinguish them from a command's leftovers.
      const first = 20_000 + (process.pid % 12_000);
      for (const index of [0, 1, 2]) ports[index] = await freePort(first + 10 * index);
    });
    afterEach(() => {
      for (const command of started.splice(0)) command.killAll();
    });
  }

  /** Starts a command, at one of three ports if it listens. */
  start(terminal: boolean, command = START, place = 0): NpmStart {
    const port = command.listens ? ['--port', String(this.ports[place])] : [];
    const opened = new NpmStart(port, { ...command, terminal });
    this.started.push(opened);
    return opened;
  }

  /** Starts a command on the given port, with the leftovers of a killed command, and waits for readiness. */
  async works(command = START, place = 0): Promise<void> {
    const opened = this.start(false, command, place);
    await until(() => command.works.test(opened.output) || opened.over);
    match(opened.output, command.works);
    if (command.listens) match(opened.output, RegExp(`:${this.ports[place]}\\b`));
    await this.ends(opened, ['SIGTERM', 'node']);
  }

  /** Ends a command, and checks that the command exits without a stack trace and leftovers. */
  async ends(opened: NpmStart, ...ways: readonly Way[]): Promise<void> {
    for (const [signal, to] of ways) {
      if (signal === CTRL_C) opened.type(CTRL_C);
      else await opened.signal(signal, to);
      if (ways.length > 1) await sleep(600);
    }
    const signalTime = performance.now();
    if ((await Promise.race([opened.ended, sleep(FREE, 'late')])) === 'late')
      throw new Error(`${await opened.leaves(0)} goes on.\n${opened.output}`);
    deepEqual(await opened.leaves(signalTime + FREE - performance.now()), []);
    // npm prints an error about a killed script, and our commands about a killed program.
    const words = ways.every(([signal]) => signal === CTRL_C) ? 'npm error|Error' : '^\\w*Error';
    const ourErrors = ways.some(([, to]) => to === 'program') ? '' : '|by itself|unexpected';
    doesNotMatch(opened.output, RegExp(`Traceback|^\\s+at |${words}${ourErrors}`, 'im'));
  }

  /**
   * Starts a command for each way, `abreast` at a time, and ends the command at a random moment; then it must work, each
   * time or in the end.
   */
  async endEach(ways: readonly Way[], { command = START, abreast = 3, each = false } = {}) {
    const moments = ways.map((_, i) => ((i + Math.random()) * command.within) / ways.length);
    const waiting = [...ways.entries()].sort(() => Math.random() - 0.5);
    const faults: string[] = [];
    const inTurn = async (place: number) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [index, way] = next;
        const moment = moments[index] ?? 0;
        const opened = this.start(way[0] === CTRL_C, command, place);
        try {
          await opened.begun();
          await sleep(moment);
          await this.ends(opened, way);
          if (each) await this.works(command, place);
        } catch (error) {
          faults.push(`${wordsOf(way)} after ${moment.toFixed(0)} ms: ${(error as Error).message}`);
        }
      }
      await this.works(command, place);
    };
    await Promise.all(Array.from({ length: abreast }, (_, index) => inTurn(index)));
    deepEqual(faults, []);
  }

  /** Starts an idle kernel and an endlessly computing kernel. */
  async occupy(opened: NpmStart): Promise<void> {
    await opened.startKernel();
    const file = await opened.connectionFile(await opened.startKernel());
    const client = await Client.connect(JSON.parse(readFileSync(file, 'utf8')));
    client.run("console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);");
    await until(() => client.published.some(({ type }) => type === 'stream'));
    client.close();
  }
}
