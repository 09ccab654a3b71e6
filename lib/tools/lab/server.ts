/** JupyterLab as a process that ends whenever it is told to. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { jupyterEnvironment } from '../project/jupyter';
import { projectRoot } from '../project/paths';
import { isResponding, waitForServer } from '../project/until-answers';

/** The milliseconds after which a server that was asked to end is killed. */
const PATIENCE = 3_500;

export class LabServer {
  readonly token = randomBytes(24).toString('hex');
  /** Its exit code, or the signal or error that ended it. */
  readonly ended: Promise<number | string>;
  private readonly process: ChildProcess;
  private readonly over = new AbortController();
  private readonly port: Promise<number>;
  private address = '';
  private isUp = false;
  /** Whether it was told to end. */
  told = false;

  /** @param command prints `digits-port 8888` as soon as it listens, at that port of 127.0.0.1. */
  constructor([program, ...args]: readonly string[]) {
    this.process = spawn(program ?? '', args, {
      cwd: projectRoot,
      env: { ...jupyterEnvironment(), DIGITS_LAB_TOKEN: this.token },
      // By pipes, since Windows hides the window of those alone that have nothing of ours.
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
        // Its last words may still come; a kernel that is left would hold the pipes for ever.
        await Promise.race([once(this.process, 'close'), sleep(500, undefined, { ref: false })]);
        for (const stream of [stdout, stderr]) stream?.destroy();
        settle(code ?? signal ?? 1);
      });
    });
    void this.ended.then(() => this.over.abort());
  }

  /** Waits until it answers. Returns its port unless it has ended, or has been told to, meanwhile. */
  async answers(): Promise<number | undefined> {
    const port = await Promise.race([this.port, this.ended.then(() => undefined)]);
    if (port) this.isUp = await waitForServer(this.at('/api/status'), this.over.signal);
    return this.isUp && !this.told ? port : undefined;
  }

  /** Tells it to end, with its kernels. Before it answers it has none, and is killed; so it is the second time. */
  end(): void {
    const asks = this.isUp && !this.told;
    this.told = true;
    // A signal would do on Linux and macOS, but on Windows leave the kernels behind.
    if (asks) void isResponding(this.at('/api/shutdown'), this.over.signal, 'POST');
    setTimeout(() => this.process.kill('SIGKILL'), asks ? PATIENCE : 0).unref();
  }

  private at(path: string): string {
    return `${this.address}${path}?token=${this.token}`;
  }
}
