/** Temporary folders that clean themselves up. Mocha loads this before the tests. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** Makes an empty folder among temporary ones, free of symlinks; it is removed when its file of tests has run. */
export function temporaryFolder(place = tmpdir()): string {
  const folder = mkdtempSync(join(realpathSync(place), 'digits-test-'));
  made.push(folder);
  return folder;
}

export const mochaHooks: Mocha.RootHookObject = {
  afterAll: () => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  },
};
