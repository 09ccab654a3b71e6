/** What a test of the end of a command needs: commands, moments and signals, and what must then be so. */
import { deepEqual, doesNotMatch } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../lib/tools/project/free-port';
import { Client } from '../../kernel/client';
import { ownPort } from '../../own';
import { until } from '../setup/support';
import { CTRL_C, NpmStart, type Receiver } from './npm-start';

/** The milliseconds within which all of it is gone: a promise to who waits for it, not a speed. */
export const FREE = 6_000;

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGKILL'] as const;
export const PARTS = ['npm', 'sh', 'node', 'group'] as const;

/** Ways by which one of them is told to end. A shell keeps a SIGINT to itself for as long as its command runs. */
export const waysTo = (part: (typeof PARTS)[number]): Way[] =>
  SIGNALS.filter(signal => signal !== 'SIGINT' || part === 'node' || part === 'group').map(
    signal => [signal, part],
  );

/** A way to tell a command to end. */
export type Way = readonly [signal: NodeJS.Signals | typeof CTRL_C, to: Receiver];

export const draw = <T>(from: readonly T[]): T =>
  from[Math.floor(Math.random() * from.length)] as T;

const wordsOf = ([signal, to]: Way): string =>
  signal === CTRL_C ? 'Ctrl+C' : `${signal} to ${to}`;

/** The commands of a suite, whose processes end with each test. */
export class Endings {
  private readonly started: NpmStart[] = [];
  private port = 0;

  /** Call it in the suite. */
  constructor() {
    const suite = this;
    before(async function () {
      if (!existsSync('/proc/self/environ')) this.skip(); // by which what is left is found
      suite.port = await ownPort();
    });
    afterEach(() => {
      for (const each of this.started.splice(0)) each.killAll();
    });
  }

  /** Starts `npm start`, at a place among the ports. */
  async start(terminal: boolean, place = 0, env?: NodeJS.ProcessEnv): Promise<NpmStart> {
    return this.keep(new NpmStart(['--no-browser', ...(await this.at(place))], { terminal, env }));
  }

  /** Starts another command without a terminal. */
  run(...command: string[]): NpmStart {
    return this.keep(new NpmStart([], { terminal: false, command: ['run', ...command] }));
  }

  /** Returns the option for a port that is free. */
  at = async (place = 0) => ['--port', String(await freePort(this.port + 10 * place))];

  private keep(opened: NpmStart): NpmStart {
    this.started.push(opened);
    return opened;
  }

  /** Tells it to end, and sees to it that it does, without a word of ours, and that nothing is left. */
  async ends(opened: NpmStart, ...ways: readonly Way[]): Promise<void> {
    for (const [signal, to] of ways) {
      if (signal === CTRL_C) opened.type(CTRL_C);
      else await opened.signal(signal, to);
      if (ways.length > 1) await sleep(600);
    }
    if ((await Promise.race([opened.ended, sleep(FREE, 'late')])) === 'late')
      throw new Error(`It goes on.\n${opened.output}`);
    deepEqual(await opened.leaves(FREE), []);
    // npm itself complains of a script that was killed.
    const words = ways.every(([signal]) => signal === CTRL_C) ? 'npm error|Error' : '^\\w*Error';
    doesNotMatch(opened.output, RegExp(`Traceback|^\\s+at |by itself|unexpected|${words}`, 'im'));
  }

  /** Starts it once for each way, three at a time, and ends it at a moment of its first three seconds. */
  async endEach(ways: readonly Way[]): Promise<void> {
    const moments = ways.map((_, i) => ((i + Math.random()) * 3_000) / ways.length);
    const waiting = [...ways.entries()];
    const faults: string[] = [];
    const inTurn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [place, way] = next;
        const moment = moments[place] ?? 0;
        const opened = await this.start(way[0] === CTRL_C, place);
        await opened.begun();
        await sleep(moment);
        await this.ends(opened, way).catch((error: Error) =>
          faults.push(`${wordsOf(way)} after ${moment.toFixed(0)} ms: ${error.message}`),
        );
      }
    };
    await Promise.all([inTurn(), inTurn(), inTurn()]);
    deepEqual(faults, []);
  }

  /** Lets a kernel of it wait and another one compute without end. */
  async occupy(opened: NpmStart): Promise<void> {
    const url = await opened.ready();
    const headers = { Authorization: `token ${url.searchParams.get('token')}` };
    const kernel = async () => {
      const init = { headers, method: 'POST', body: '{"name": "tslab"}' };
      return (await (await fetch(new URL('/api/kernels', url), init)).json()).id as string;
    };
    await kernel();
    const file = await opened.connectionFile(await kernel());
    const client = await Client.connect(JSON.parse(readFileSync(file, 'utf8')));
    client.run("console.log('begun'); await new Promise(done => setTimeout(done, 300)); for (;;);");
    await until(() => client.published.some(({ type }) => type === 'stream'));
    client.close();
  }
}
