/** Processes in Linux's `/proc`. */
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The processes with `words` in the command line. */
export function processesWith(words: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => commandOf(pid).includes(words));
}

export const commandOf = (pid: number): string => fieldOf(pid, 'cmdline').replaceAll('\0', ' ');

/** Returns whether the environment of a process contains these words, such as a folder. */
export const isOf = (pid: number, words: string): boolean =>
  fieldOf(pid, 'environ').includes(words);

/** Returns the status of a process, or `undefined` after the end. */
function fieldOf(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

/** The processes of the kernel of this id that are left so many milliseconds from now. */
export async function kernelsLeft(kernel: string, within: number): Promise<number[]> {
  const orphans = () => processesWith(`kernel-${kernel}`);
  const deadline = Date.now() + within;
  while (orphans().length > 0 && Date.now() < deadline) await sleep(50);
  return orphans();
}

/** Collects the output of a child, stdout and stderr interleaved; returns the output so far. */
export function gather({ stdout, stderr }: ChildProcess): () => string {
  let output = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', text => {
      output += text;
    });
  }
  return () => output;
}

/** A process and all descendants. */
export function familyOf(pid: number): number[] {
  const started = fieldOf(pid, `task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...started.flatMap(familyOf)];
}

/** The proportional memory (PSS) of a process in MB; NaN after the end. */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /^Pss:\s+(\d+) kB/m.exec(fieldOf(pid, 'smaps_rollup')) ?? [];
  return (Number(kilobytes) * 1024) / 1e6;
}

/**
 * The allowed growth of memory from the second run to the end of a long stay: the engine compiles frequent code
 * again, and allocators keep free memory. A leak of the lesson's data in each of ten runs would double the memory.
 */
export const NOISE = 1.15;

/** The memory of processes in MB, after a garbage collection, when the memory no longer shrinks. */
export async function settledMemory(
  letGo: () => Promise<unknown>,
  pids: () => readonly number[],
): Promise<number> {
  let [least, since] = [Number.POSITIVE_INFINITY, 0];
  for (; since < 5; since++) {
    await letGo();
    await sleep(1_000);
    const memory = pids().reduce((sum, pid) => sum + (memoryOf(pid) || 0), 0);
    if (memory < 0.995 * least) since = 0;
    least = Math.min(least, memory);
  }
  return least;
}

/** Open resources of processes: the number of processes, files, sockets, pipes and watches. */
export function heldBy(pids: readonly number[]): Record<string, number> {
  const open = pids.flatMap(openOf);
  const count = (words: string) => open.filter(target => target.includes(words)).length;
  return {
    processes: pids.length,
    'open files': open.length,
    sockets: count('socket:'),
    watchers: count('inotify'),
  };
}

/** Connections that a browser may keep open for a while, or not. */
const KEPT_ALIVE = 4;

/** Describes growth. Growth of memory, counts of thousands, and connections must exceed the noise. */
export const grown = (
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): string[] =>
  Object.entries(after).flatMap(([name, now]) => {
    const then = before[name] ?? 0;
    const most = /(MB|thousands)$/.test(name)
      ? NOISE * then
      : then + (/^open files|^sockets/.test(name) ? KEPT_ALIVE : 0);
    return now > most ? `${name}: ${then.toFixed(0)} → ${now.toFixed(0)}` : [];
  });

/** The addresses at which processes listen, as Linux writes them: `0100007F:22B8` is 127.0.0.1:8888. */
export function listeningAt(pids: readonly number[]): string[] {
  const sockets = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap(kind =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(inode ?? ''))
      .map(([, address = '']) => address),
  );
}

const socketsOf = (pid: number): string[] =>
  openOf(pid).flatMap(target => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);

/** Open files of a process; empty after the end. */
function openOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).flatMap(name => {
      try {
        return readlinkSync(`${folder}/${name}`);
      } catch {
        return []; // Closed meanwhile.
      }
    });
  } catch {
    return []; // It has ended.
  }
}
