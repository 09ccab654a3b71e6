/** `npm start` by npm in a separate terminal, like a user's. */
import { equal } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot, pythonEnvironment } from '../../lib/command/machine/paths';
import { onPath } from '../../lib/command/machine/platform.mjs';
import { commandOf, gather, isOf, processesWith } from '../processes';
import { until } from './setup/support';

/** Runs a command in a separate terminal with keys from stdin; ends with the command's exit code. */
const TERMINAL =
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

export const CTRL_C = '\x03';

export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly terminal?: boolean;
  /** A command to run npm with. */
  readonly under?: readonly string[];
  /** The arguments of npm in place of `start`. */
  readonly command?: readonly string[];
}

export const RECEIVERS = {
  npm: /^(\S*node \S*)?npm (start|run) /,
  /** Stands between npm and the script. */
  sh: /^sh -c /,
  node: /^\S*node (\S+ )*lib\/command\/bootstrap\.mjs /,
  /** The program that the script starts: JupyterLab, JupyterHub, or a runner of notebooks. */
  program: /\/(serve|execute)\.py|-m jupyterhub --config/,
};

/** Who gets a signal. */
export type Receiver = keyof typeof RECEIVERS | 'group' | 'terminal';

export class NpmStart {
  /** A variable that child processes inherit, for the search of processes. */
  readonly mark = randomUUID();
  private readonly top: ChildProcess;
  over = false;
  private readonly readOutput: () => string;
  /** The exit code. */
  readonly ended: Promise<number | null>;

  /**
   * @param terminal whether a terminal exists; otherwise the command has a separate process group, like a service.
   */
  constructor(
    args: readonly string[],
    {
      env = {},
      terminal = true,
      command = ['start', '--', '--lang', 'en'],
      under = [],
    }: Surroundings = {},
  ) {
    const npm = [...under, onPath(['npm']) ?? 'npm', ...command, ...args];
    const python = pythonEnvironment().program('python');
    const [program, ...rest] = terminal ? [python, '-I', '-c', TERMINAL, ...npm] : npm;
    const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, SSH_TTY, ...inherited } = process.env;
    this.top = spawn(program ?? '', rest, {
      cwd: projectRoot,
      env: { ...inherited, LANG: 'C.UTF-8', ...env, DIGITS_TEST_MARK: this.mark },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.readOutput = gather(this.top);
    this.top.stdin?.on('error', () => {}); // it has ended
    this.ended = once(this.top, 'close').then(([code]) => {
      this.over = true;
      return code;
    });
  }

  get output(): string {
    return this.readOutput();
  }

  type(keys: string): void {
    this.top.stdin?.write(keys);
  }

  /** Sends a signal to a process after its start, or to npm's process group. */
  async signal(signal: NodeJS.Signals, receiver: Receiver): Promise<void> {
    const { pid = 0 } = this.top;
    if (receiver === 'group') process.kill(-pid, signal);
    else if (receiver === 'terminal') process.kill(pid, signal);
    else await until(() => this.over || this.signalPart(RECEIVERS[receiver], signal) > 0);
  }

  /** Sends a signal to processes with a matching command; returns the count. */
  signalPart(command: RegExp, signal: NodeJS.Signals): number {
    const pids = this.left().filter(pid => command.test(commandOf(pid)));
    for (const pid of pids) kill(pid, signal);
    return pids.length;
  }

  /** Waits until npm runs: who types earlier speaks to nobody. */
  begun(): Promise<void> {
    return until(() => this.left().some(pid => /^[^ ]*(npm|node) /.test(commandOf(pid))));
  }

  /** The path of a kernel's connection file, an argument of the process. */
  async connectionFile(kernel: string): Promise<string> {
    const inside = RegExp(`\\S+kernel\\S*${kernel}\\.json`);
    for (;;) {
      const paths = this.left().flatMap(pid => inside.exec(commandOf(pid)) ?? []);
      if (paths[0]) return paths[0];
      await sleep(50);
    }
  }

  async ready(): Promise<URL> {
    await until(() => this.over || /Ctrl\+C/.test(this.output));
    const address = /http:\S+\?token=\S+/.exec(this.output)?.[0];
    if (!address) throw new Error(this.output);
    return new URL(address);
  }

  /** Sends a request with the token to JupyterLab. */
  async ask(path: string, method = 'GET', body?: string): Promise<Response> {
    const url = await this.ready();
    const headers = { Authorization: `token ${url.searchParams.get('token')}` };
    return fetch(new URL(path, url), { method, headers, ...(body && { body }) });
  }

  /** Starts a kernel; returns the id. */
  async startKernel(): Promise<string> {
    const answer = await this.ask('/api/kernels', 'POST', '{"name":"tslab"}');
    equal(answer.status, 201);
    return (await answer.json()).id;
  }

  /** The running processes of the command. */
  left(): number[] {
    return processesWith('').filter(pid => isOf(pid, this.mark));
  }

  /**
   * Waits until all processes have ended, up to a time in milliseconds; returns the commands of remaining processes.
   */
  async leaves(within: number): Promise<string[]> {
    const deadline = performance.now() + within;
    while (performance.now() < deadline && this.left().length > 0) await sleep(50);
    return this.left().map(pid => commandOf(pid).slice(0, 200));
  }

  killAll(): void {
    for (const pid of this.left()) kill(pid, 'SIGKILL');
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {} // it has ended
}
