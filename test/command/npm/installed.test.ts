import { deepEqual } from 'node:assert/strict';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { brokenPackages } from '../../../lib/lab/setup/steps/packages';
import { put, temporaryFolder } from '../../folder';
import { readData } from '../../texts';

interface Fault {
  readonly remove?: string;
  readonly cut?: readonly [file: string, size: number];
  readonly broken: readonly string[];
}

describe('brokenPackages', () => {
  const rows = {
    one: ['one/a.py,sha256=x,4', '"one/b, c.py",sha256=x,4', 'one/a.pyc,,'],
    two: ['two/a.py,sha256=x,4', 'one/a.py,sha256=x,2'],
  };
  const infoOf = (name: string) => `${name}-1.0.dist-info`;
  const faults = readData<Readonly<Record<string, Fault>>>('command/npm/installed.yml');
  for (const [what, { remove, cut, broken }] of Object.entries(faults)) {
    it(`finds ${what}`, () => {
      const folder = temporaryFolder();
      for (const file of ['one/a.py', 'one/b, c.py', 'two/a.py']) put(folder, [[file, 'text']]);
      for (const [name, files] of Object.entries(rows)) {
        put(join(folder, infoOf(name)), [
          ['INSTALLER', 'pip\n'],
          ['RECORD', `${files.join('\r\n')}\r\n`],
        ]);
      }
      if (remove) rmSync(join(folder, remove));
      if (cut) truncateSync(join(folder, cut[0]), cut[1]);
      deepEqual(brokenPackages(folder), broken.map(infoOf));
    });
  }
});
