import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from './support';

/** A small disk of our own. */
export interface Disk {
  path: string;
  /** Lets nobody write to it any more, its owner and root included. */
  makeReadOnly(): Promise<void>;
  /** Gives it another size, in kB. */
  resize(kilobytes: number): Promise<void>;
  /** Takes it away, with all that is on it. */
  remove(): Promise<void>;
}

/** In a namespace of its own: needs no rights, and ends with the process that holds it. */
const NAMESPACE = ['--user', '--map-root-user', '--mount'];

/** Whether this machine lets us have a disk. */
export function hasDisks(): boolean {
  try {
    const mount = ['mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
    execFileSync('unshare', [...NAMESPACE, ...mount], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A disk of so many kB, in memory. */
export async function disk(kilobytes: number): Promise<Disk> {
  const folder = temporaryFolder();
  const holder = spawn('unshare', [...NAMESPACE, 'sh'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const mount = (options: string) => done(holder, `mount -t tmpfs -o ${options} tmpfs ${folder}`);
  await mount(`size=${kilobytes}k`);
  return {
    // The way into another process's namespace, open to its owner.
    path: join(`/proc/${holder.pid}/root`, folder),
    makeReadOnly: () => mount('remount,ro'),
    resize: size => mount(`remount,size=${size}k`),
    async remove() {
      holder.stdin?.end();
      await once(holder, 'exit');
    },
  };
}

/** Has the shell run a command to its end. */
async function done(shell: ChildProcess, command: string): Promise<void> {
  const [answer] = (await Promise.all([
    once(shell.stdout as NodeJS.ReadableStream, 'data'),
    shell.stdin?.write(`${command} && echo done || echo failed\n`),
  ])) as [[Buffer], unknown];
  if (`${answer}`.trim() !== 'done') throw new Error(`Expected to succeed: ${command}`);
}
