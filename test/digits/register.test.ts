import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';

const digits = join(projectRoot, 'lib', 'digits');

/** What a program prints as JSON, in a process that starts with `lib/digits/register.cjs`. */
function registered(program: string, ...args: string[]): unknown {
  const start = ['--require', join(digits, 'register.cjs'), join(__dirname, 'registered', program)];
  return JSON.parse(execFileSync(process.execPath, [...start, ...args], { encoding: 'utf8' }));
}

describe('register.cjs', () => {
  it('loads TypeScript with its source map, and a package without', () => {
    deepEqual(registered('load.cjs', '@tensorflow/tfjs', join(digits, 'format.ts')), [
      ['object', false],
      ['object', true],
    ]);
  });

  it('loads packages of ES modules too', () => {
    deepEqual(registered('load.cjs', 'execa'), [['object', false]]);
  });

  it('names lines of TypeScript after a package has failed', () => {
    equal(registered('fail.cjs'), true);
  });
});
