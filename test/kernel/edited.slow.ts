// run: alone
/** A running kernel loads an edit in lib/. Alone, because all kernels of the project would load the edit. */
import { deepEqual, match } from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { describeKernel } from './kernel';

const digits = (file: string) => join(projectRoot, 'lib', 'digits', file);

describeKernel('an edit in lib/', the => {
  it('is seen by the next cell that imports something, and by no other', async () => {
    const added = digits('added-by-a-test.ts');
    const importing = "import * as digits from 'digits'; console.log(digits.divide === divide);";
    try {
      const outputBefore = await the.client.printed(
        "import * as digits from 'digits'; const divide = digits.divide;",
        importing,
      );
      writeFileSync(added, 'export {};\n');
      const after = await the.client.printed('console.log(digits.divide === divide);', importing);
      deepEqual([...outputBefore, ...after], ['', 'true\n', 'true\n', 'false\n']);
    } finally {
      rmSync(added, { force: true });
    }
  });

  it('is seen by an old cell, though what it became before the edit is kept', async () => {
    const index = digits('index.ts');
    const original = readFileSync(index, 'utf8');
    const edit = (value: string) =>
      writeFileSync(index, `${original}export const addedByATest = ${value};\n`);
    const cell = "import { addedByATest } from 'digits'; console.log(addedByATest.length);";
    try {
      edit("'text'");
      deepEqual(await the.client.printed(cell, cell, cell), ['4\n', '4\n', '4\n']);
      edit('7');
      const [wrong = ''] = await the.client.printed(cell);
      match(wrong, /TypeScriptError: Property 'length' does not exist on type '?(7|number)/);
      edit('[1, 2]');
      deepEqual(await the.client.printed(cell, cell), ['2\n', '2\n']);
    } finally {
      writeFileSync(index, original);
    }
  });
});
