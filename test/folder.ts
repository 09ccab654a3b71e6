/** Temporary folders that clean themselves up. Mocha loads this before the tests. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

// Calls in tests do not belong in a learner's record.
process.env.DIGITS_RECORD ??= 'off';

const folders: string[] = [];

/** Makes an empty folder among temporary ones, free of symlinks, and removes the folder after the test file. */
export function temporaryFolder(place = tmpdir()): string {
  const folder = mkdtempSync(join(realpathSync(place), 'digits-test-'));
  folders.push(folder);
  return folder;
}

/** Writes files into a folder, and the folders that they stand in. */
export function put(folder: string, files: Iterable<readonly [string, Uint8Array | string]>): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

export const mochaHooks: Mocha.RootHookObject = {
  afterAll: () => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  },
};
