import { deepEqual } from 'node:assert/strict';
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brokenPackages } from '../../../lib/tools/setup/steps/packages';
import { temporaryFolder } from '../../folder';

describe('brokenPackages', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    put('one', ['one/a.py,sha256=x,4', '"one/b, c.py",sha256=x,4', 'one/a.pyc,,']);
    put('two', ['two/a.py,sha256=x,4', 'one/a.py,sha256=x,2']);
    for (const file of ['one/a.py', 'one/b, c.py', 'two/a.py']) write(file, 'text');
  });

  function write(file: string, text: string) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function put(name: string, rows: string[]) {
    write(`${name}-1.0.dist-info/INSTALLER`, 'pip\n');
    write(`${name}-1.0.dist-info/RECORD`, `${rows.join('\r\n')}\r\n`);
  }

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
