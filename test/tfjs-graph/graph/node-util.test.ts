import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';

const lib = join(projectRoot, 'lib');
const program = join(__dirname, 'node-util.cjs');
const printed = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });

describe('node:util', () => {
  it('keeps what TensorFlow.js calls, without a warning of Node’s', () => {
    const options = ['--throw-deprecation', '--require', 'tsx/cjs'];
    const module = join(lib, 'tfjs-graph', 'graph', 'node-util.ts');
    equal(printed(...options, program, module), 'true false true\n');
  });

  it('has it again where Node has removed it, once the package or the lesson is loaded', () => {
    for (const name of ['tfjs-graph', 'digits']) {
      equal(printed(program, name, 'removed'), 'true false true\n', name);
    }
  });
});
