/** An edit in lib/, which a running kernel sees. Alone, since all kernels of the project would. */
import { deepEqual } from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { Kernel } from './kernel';

describe('an edit in lib/', function () {
  this.timeout(120_000);
  this.retries(1);

  it('is seen by the next cell that imports something, and by no other', async () => {
    const { kernel, client } = await Kernel.start();
    const added = join(projectRoot, 'lib', 'digits', 'added-by-a-test.ts');
    const importing = "import * as digits from 'digits'; console.log(digits.fit === known);";
    try {
      const before = await client.printed(
        "import * as digits from 'digits'; const known = digits.fit;",
        importing,
      );
      writeFileSync(added, 'export {};\n');
      const after = await client.printed('console.log(digits.fit === known);', importing);
      deepEqual([...before, ...after], ['', 'true\n', 'true\n', 'false\n']);
    } finally {
      rmSync(added, { force: true });
      await kernel.stop();
    }
  });
});
