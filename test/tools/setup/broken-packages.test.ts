import { deepEqual } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokenPackages } from '../../../lib/tools/setup/packages/installed';

describe('brokenPackages', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'digits-record-'));
    put('one', ['one/a.py,sha256=x,4', '"one/b, c.py",sha256=x,4', 'one/a.pyc,,']);
    put('two', ['two/a.py,sha256=x,4', 'one/a.py,sha256=x,2']);
    for (const file of ['one/a.py', 'one/b, c.py', 'two/a.py']) write(file, 'text');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(file: string, text: string) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function put(name: string, rows: string[]) {
    write(`${name}-1.0.dist-info/INSTALLER`, 'pip\n');
    write(`${name}-1.0.dist-info/RECORD`, `${rows.join('\r\n')}\r\n`);
  }

  it('finds none where all files are there; bytecode may be missing', () => {
    deepEqual(brokenPackages(folder), []);
  });

  it('finds a package with a file missing, also one with a comma in its name', () => {
    rmSync(join(folder, 'one', 'b, c.py'));
    deepEqual(brokenPackages(folder), ['one-1.0.dist-info']);
  });

  it('finds a package with a file cut short', () => {
    truncateSync(join(folder, 'two', 'a.py'), 3);
    deepEqual(brokenPackages(folder), ['two-1.0.dist-info']);
  });

  it('lets a file that two packages share have either’s size', () => {
    truncateSync(join(folder, 'one', 'a.py'), 2);
    deepEqual(brokenPackages(folder), []);
    truncateSync(join(folder, 'one', 'a.py'), 1);
    deepEqual(brokenPackages(folder), ['one-1.0.dist-info', 'two-1.0.dist-info']);
  });

  for (const file of ['INSTALLER', 'RECORD']) {
    it(`finds a package whose install ended before ${file} was written`, () => {
      rmSync(join(folder, 'two-1.0.dist-info', file));
      deepEqual(brokenPackages(folder), ['two-1.0.dist-info']);
    });
  }
});
