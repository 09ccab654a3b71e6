/** A kernel in a separate process, started by the kernel specification, with the learners' packages. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionInfo } from '../../lib/kernel/node/protocol/connection-file';
import { kernelSpec } from '../../lib/lab/setup/steps/kernel';
import { ownFolder } from '../own';
import { Client } from './client';

/** Returns the content of a connection file, with free ports. */
export async function connectionInfo(): Promise<ConnectionInfo> {
  const servers = Array.from({ length: 5 }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  const [shell_port = 0, control_port = 0, iopub_port = 0, stdin_port = 0, hb_port = 0] = ports;
  return {
    ...{ shell_port, control_port, iopub_port, stdin_port, hb_port },
    ...{ transport: 'tcp', ip: '127.0.0.1', key: randomUUID(), signature_scheme: 'hmac-sha256' },
  };
}

/** Makes a folder below the project, where the packages are found. */
export async function newFolder(): Promise<string> {
  const folder = ownFolder('kernel', randomUUID());
  await mkdir(folder, { recursive: true });
  return folder;
}

interface Given {
  readonly info?: ConnectionInfo;
  /** The working folder of the previous kernel. */
  readonly folder?: string;
  /** A script of the shell that starts `"$@"`, in place of this process. */
  readonly shell?: string;
}

export class Kernel {
  /** The kernel's output to the server's log. */
  log = '';
  /** The kernel's output on stdout. */
  stdout = '';
  /** Resolves to the exit code or the signal. */
  readonly ended: Promise<number | string>;
  private readonly clients: Client[] = [];

  private constructor(
    readonly process: ChildProcess,
    readonly info: ConnectionInfo,
    /** The working folder. */
    readonly folder: string,
  ) {
    process.stderr?.on('data', text => {
      this.log += text;
    });
    process.stdout?.on('data', text => {
      this.stdout += text;
    });
    this.ended = once(process, 'close').then(([code, signal]) => code ?? signal);
  }

  /** Starts a kernel without waiting. */
  static async launch(given: Given = {}): Promise<Kernel> {
    const info = given.info ?? (await connectionInfo());
    const folder = given.folder ?? (await newFolder());
    const file = join(folder, 'connection.json');
    await writeFile(file, JSON.stringify(info));
    const spec = JSON.parse(kernelSpec().replace('{connection_file}', file));
    const argv: string[] = spec.argv;
    const [program = '', ...args] = given.shell ? ['sh', '-c', given.shell, 'sh', ...argv] : argv;
    const parent = given.shell ? {} : { JPY_PARENT_PID: String(process.pid) };
    const alone = `--require ${JSON.stringify(join(__dirname, 'without-dev-packages.cjs'))}`;
    const env = { ...process.env, ...spec.env, ...parent, NODE_OPTIONS: alone };
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Kernel(child, info, folder);
  }

  /** Starts a kernel and a client, and waits for the kernel's answer. */
  static async start(given?: Given): Promise<{ kernel: Kernel; client: Client }> {
    const kernel = await Kernel.launch(given);
    return { kernel, client: await kernel.connect() };
  }

  /** Returns an additional client. */
  async connect(session?: string): Promise<Client> {
    const client = await Client.connect(this.info, session);
    this.clients.push(client);
    return client;
  }

  /** Waits for a number of log lines after a position, and returns the lines. */
  async logged(from: number, count: number): Promise<string[]> {
    for (let time = 0; ; time++) {
      const lines = this.log.slice(from).split('\n').filter(Boolean);
      if (lines.length >= count || time === 100) return lines;
      await wait(20);
    }
  }

  /** Kills the kernel, and removes the working folder. */
  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.close();
    this.process.kill('SIGKILL');
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Describes tests that share a kernel and a client. */
export function describeKernel(
  title: string,
  tests: (the: { readonly kernel: Kernel; readonly client: Client }) => void,
  prepare = '',
): void {
  describe(title, function () {
    this.retries(1);
    this.timeout(120_000);
    const the = {} as { kernel: Kernel; client: Client };
    before(async () => {
      Object.assign(the, await Kernel.start());
      await the.client.result(prepare);
    });
    after(() => the.kernel.stop());
    tests(the);
  });
}
