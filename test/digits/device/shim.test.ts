import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';

const digits = join(projectRoot, 'lib', 'digits');
const program = join(__dirname, 'shimmed.cjs');
const printed = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });

describe('shim', () => {
  it('keeps what TensorFlow.js calls, without a warning of Node’s', () => {
    const options = ['--throw-deprecation', '--require', join(digits, 'register.cjs')];
    equal(printed(...options, program, join(digits, 'device', 'shim.ts')), 'true false true\n');
  });

  it('restores it where Node has removed it', () => {
    equal(printed(program, 'digits', 'removed'), 'true false true\n');
  });
});
