import { deepEqual } from 'node:assert/strict';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { brokenPackages } from '../../../lib/tools/setup/steps/packages';
import { put, temporaryFolder } from '../../folder';

describe('brokenPackages', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    record('one', ['one/a.py,sha256=x,4', '"one/b, c.py",sha256=x,4', 'one/a.pyc,,']);
    record('two', ['two/a.py,sha256=x,4', 'one/a.py,sha256=x,2']);
    put(
      folder,
      ['one/a.py', 'one/b, c.py', 'two/a.py'].map(file => [file, 'text'] as const),
    );
  });

  const record = (name: string, rows: string[]) =>
    put(join(folder, `${name}-1.0.dist-info`), [
      ['INSTALLER', 'pip\n'],
      ['RECORD', `${rows.join('\r\n')}\r\n`],
    ]);

  const faults: Record<string, [make: () => void, broken: string[]]> = {
    'none if all files are there; bytecode may be missing': [() => {}, []],
    'one with a file missing, also with a comma in its name': [
      () => rmSync(join(folder, 'one', 'b, c.py')),
      ['one'],
    ],
    'one with a file cut short': [() => truncateSync(join(folder, 'two', 'a.py'), 3), ['two']],
    'none if a file that two share has either’s size': [
      () => truncateSync(join(folder, 'one', 'a.py'), 2),
      [],
    ],
    'both if a file that they share is shorter': [
      () => truncateSync(join(folder, 'one', 'a.py'), 1),
      ['one', 'two'],
    ],
    'one whose install ended before INSTALLER was written': [
      () => rmSync(join(folder, 'two-1.0.dist-info', 'INSTALLER')),
      ['two'],
    ],
  };
  for (const [what, [make, broken]] of Object.entries(faults)) {
    it(`finds ${what}`, () => {
      make();
      deepEqual(
        brokenPackages(folder),
        broken.map(name => `${name}-1.0.dist-info`),
      );
    });
  }
});
