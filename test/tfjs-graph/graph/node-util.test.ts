import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';

/** Loads a module, perhaps in a Node that has lost two functions of `node:util`; prints what they say. */
const PROGRAM = `
const util = require('node:util');
const [, module, removed] = process.argv;
if (removed) {
  delete util.isNullOrUndefined;
  delete util.isArray;
}
require(module);
console.log(util.isNullOrUndefined(null), util.isNullOrUndefined(0), util.isArray([]));`;
const printed = (options: string[], ...args: string[]) =>
  execFileSync(process.execPath, [...options, '-e', PROGRAM, ...args], {
    cwd: projectRoot,
    encoding: 'utf8',
  });

describe('node:util', () => {
  it('keeps what TensorFlow.js calls, without a warning of Node’s', () => {
    const options = ['--throw-deprecation', '--require', 'tsx/cjs'];
    const module = join(projectRoot, 'lib', 'tfjs-graph', 'graph', 'node-util.ts');
    equal(printed(options, module), 'true false true\n');
  });

  it('has it again where Node has removed it, once the package or the lesson is loaded', () => {
    for (const name of ['tfjs-graph', 'digits']) {
      equal(printed([], name, 'removed'), 'true false true\n', name);
    }
  });
});
