import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Writes a file so that no reader, in this process or another, ever sees a part of it.
 * Removes parts of the same file that a killed process left.
 */
export async function writeAtomic(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeLeft(folder, name).catch(() => {});
  const temporary = join(folder, `${partOf(name)}${process.pid}.${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, bytes, { flag: 'wx' });
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Begins the name of an unfinished part; it names the machine, since a shared folder has others' too. */
const partOf = (name: string) => `.${name}.${hostname()}.`;

async function removeLeft(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(partOf(name)) || !entry.endsWith('.tmp')) continue;
    if (isAlive(Number.parseInt(entry.slice(partOf(name).length), 10))) continue;
    await rm(join(folder, entry), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
