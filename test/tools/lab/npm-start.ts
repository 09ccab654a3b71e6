/** `npm start` as a user has it: by npm, in a terminal of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { onPath } from '../../../lib/tools/project/platform.mjs';
import { until } from '../setup/support';

/** Runs a command in a terminal of its own, whose keys come by stdin; ends with the command's exit code. */
const TERMINAL =
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

export const CTRL_C = '\x03';

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly terminal?: boolean;
}

export class NpmStart {
  /** All that it starts inherits this, by which they are found. */
  private readonly mark = randomUUID();
  private readonly top: ChildProcess;
  output = '';
  /** The exit code. */
  readonly ended: Promise<number | null>;

  /** @param terminal whether it has one; else it stands in a group of its own, as a service does. */
  constructor(args: readonly string[], { env = {}, terminal = true }: Surroundings = {}) {
    const npm = [onPath(['npm']) ?? 'npm', 'start', '--', '--lang', 'en', ...args];
    const python = pythonEnvironment().program('python');
    const [program, ...rest] = terminal ? [python, '-I', '-c', TERMINAL, ...npm] : npm;
    const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, SSH_TTY, ...inherited } = process.env;
    this.top = spawn(program ?? '', rest, {
      cwd: projectRoot,
      env: { ...inherited, LANG: 'C.UTF-8', ...env, DIGITS_TEST_MARK: this.mark },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    this.top.stderr?.setEncoding('utf8').on('data', text => {
      this.output += text;
    });
    this.top.stdin?.on('error', () => {}); // it has ended
    this.top.stdout?.setEncoding('utf8').on('data', text => {
      this.output += text;
    });
    this.ended = once(this.top, 'close').then(([code]) => code);
  }

  type(keys: string): void {
    this.top.stdin?.write(keys);
  }

  /** Sends a signal to the terminal's window or, where it has none, to npm. */
  signal(signal: NodeJS.Signals): void {
    this.top.kill(signal);
  }

  /** Kills those of its processes whose command is like this. */
  killPart(command: RegExp): void {
    for (const pid of this.left()) if (command.test(commandOf(pid))) process.kill(pid, 'SIGKILL');
  }

  /** Waits until npm runs: who types earlier speaks to nobody. */
  begun(): Promise<void> {
    return until(() => this.left().some(pid => /^[^ ]*(npm|node) /.test(commandOf(pid))));
  }

  async ready(): Promise<URL> {
    let over = false;
    void this.ended.then(() => {
      over = true;
    });
    await until(() => over || /Ctrl\+C ends/.test(this.output));
    const address = /http:\S+\?token=\S+/.exec(this.output)?.[0];
    if (!address) throw new Error(this.output);
    return new URL(address);
  }

  /** The processes that it has started, and that have not ended. */
  left(): number[] {
    return readdirSync('/proc')
      .map(Number)
      .filter(pid => pid !== this.top.pid && environmentOf(pid).includes(this.mark));
  }

  /** Waits until nothing is left of it, for so many milliseconds at most; returns what is left, by its commands. */
  async leaves(within: number): Promise<string[]> {
    const deadline = performance.now() + within;
    while (performance.now() < deadline && this.left().length > 0) await sleep(50);
    return this.left().map(pid => commandOf(pid).slice(0, 200));
  }

  killAll(): void {
    for (const pid of [...this.left(), this.top.pid ?? 0]) {
      try {
        if (pid) process.kill(pid, 'SIGKILL');
      } catch {} // it has ended
    }
  }
}

const environmentOf = (pid: number) => contentOf(pid, 'environ');
const commandOf = (pid: number) => contentOf(pid, 'cmdline').replaceAll('\0', ' ').trim();

function contentOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it has ended, or is no process
  }
}
