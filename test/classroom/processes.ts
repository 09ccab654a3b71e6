/** The processes of a classroom, by what Linux tells of them. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The processes whose command line holds `words`. */
export function processesWith(words: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => commandOf(pid).includes(words));
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // It has ended.
  }
}

/** The processes of the kernel of this id that are left so many milliseconds from now. */
export async function kernelsLeft(kernel: string, within: number): Promise<number[]> {
  const left = () => processesWith(`kernel-${kernel}`);
  const deadline = Date.now() + within;
  while (left().length > 0 && Date.now() < deadline) await sleep(50);
  return left();
}

/** The memory of a process in MB, what it shares divided among those who share it. */
export const memoryOf = (pid: number): number => rolledUp(pid, 'Pss');

/** The same among so many processes of its kind: its files in memory divided among all of them. */
export const memoryAmong = (pid: number, many: number): number =>
  rolledUp(pid, 'Anonymous') + (rolledUp(pid, 'Rss') - rolledUp(pid, 'Anonymous')) / many;

function rolledUp(pid: number, name: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}

/** The processor's time that a process has taken, in seconds. */
export function cpuTimeOf(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.join().split(' ').slice(11, 13).map(Number) as [number, number];
  return (user + system) / 100;
}

/** The addresses at which processes listen, as Linux writes them: `0100007F` is 127.0.0.1. */
export function listeningAt(pids: readonly number[]): string[] {
  const own = new Set(pids.flatMap(socketsOf));
  return ['tcp', 'tcp6'].flatMap(kind =>
    readFileSync(`/proc/net/${kind}`, 'utf8')
      .split('\n')
      .slice(1)
      .map(line => line.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && own.has(inode ?? ''))
      .map(([, address = '']) => address.split(':')[0] ?? ''),
  );
}

function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap(name => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${name}`))?.[1] ?? [];
    } catch {
      return []; // Closed meanwhile.
    }
  });
}
