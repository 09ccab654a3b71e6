/** The ops of the addon on the registers of other processors: the same tests in separate processes. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/command/machine/paths';

const OPTIONS =
  '--no-config --node-option import=tsx --require test/seed.ts --require test/record-always.ts --timeout 60000';

describe('the ops of the addon', () => {
  for (const registers of ['avx2', 'basic']) {
    it(`give the same where a processor has less: ${registers}`, async () => {
      const mocha = join(projectRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
      const files = ['*.test.ts', '../native/layers/*.ts'];
      const args = [mocha, ...OPTIONS.split(' '), ...files.map(file => join(__dirname, file))];
      const env = { ...process.env, DIGITS_REGISTERS: registers };
      const run = promisify(execFile)(process.execPath, args, { cwd: projectRoot, env });
      await run.catch(error => assert.fail(error.stdout));
    }).timeout(240_000);
  }
});
