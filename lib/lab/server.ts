/** Runs JupyterLab in a subprocess and shuts it down. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from 'command/machine/paths';
import { isUp, waitForServer } from 'command/processes/wait-for-server';
import { jupyterEnvironment } from './jupyter/jupyter';

/** Milliseconds from the shutdown request to SIGKILL. */
const SHUTDOWN_TIMEOUT = 3_500;

export class LabServer {
  readonly token = randomBytes(24).toString('hex');
  /** The exit code, or the signal or error that ended the process. */
  readonly ended: Promise<number | string>;
  private readonly process: ChildProcess;
  private readonly exit = new AbortController();
  private readonly port: Promise<number>;
  private address = '';
  private isUp = false;
  isEnding = false;

  /** @param command prints `digits-port 8888` when listening on that port of 127.0.0.1 */
  constructor([program, ...args]: readonly string[]) {
    this.process = spawn(program ?? '', args, {
      cwd: projectRoot,
      env: { ...jupyterEnvironment(), DIGITS_LAB_TOKEN: this.token },
      // Use pipes: Windows hides the console window only of processes without inherited streams.
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const { stdout, stderr } = this.process;
    stderr?.on('data', chunk => process.stderr.write(chunk));
    this.port = new Promise(settle => {
      stdout?.on('data', chunk => {
        const line = this.address ? null : /^digits-port (\d+)\r?\n/m.exec(chunk);
        if (!line) return process.stdout.write(chunk);
        this.address = `http://127.0.0.1:${line[1]}`;
        settle(Number(line[1]));
        return process.stdout.write(String(chunk).replace(line[0], ''));
      });
    });
    this.ended = new Promise(settle => {
      this.process.once('error', error => settle(error.message));
      this.process.once('exit', async (code, signal) => {
        // Wait for remaining output, but not forever: an orphaned kernel keeps the pipes open.
        await Promise.race([once(this.process, 'close'), sleep(500, undefined, { ref: false })]);
        for (const stream of [stdout, stderr]) stream?.destroy();
        settle(code ?? signal ?? 1);
      });
    });
    void this.ended.then(() => this.exit.abort());
  }

  /** Waits until the server responds. Returns the port, or `undefined` after an exit or a shutdown request. */
  async waitUntilUp(): Promise<number | undefined> {
    const port = await Promise.race([this.port, this.ended.then(() => undefined)]);
    if (port) this.isUp = await waitForServer(this.url('/api/status'), this.exit.signal);
    return this.isUp && !this.isEnding ? port : undefined;
  }

  /** Shuts the server and its kernels down, or kills it if not up yet or at the second request. */
  shutDown(): void {
    const isGraceful = this.isUp && !this.isEnding;
    this.isEnding = true;
    // Request the shutdown by HTTP, because on Windows a signal leaves the kernels running.
    if (isGraceful) void isUp(this.url('/api/shutdown'), this.exit.signal, 'POST');
    setTimeout(() => this.process.kill('SIGKILL'), isGraceful ? SHUTDOWN_TIMEOUT : 0).unref();
  }

  private url(path: string): string {
    return `${this.address}${path}?token=${this.token}`;
  }
}
