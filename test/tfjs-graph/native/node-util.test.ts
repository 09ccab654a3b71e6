import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../../lib/command/machine/paths';

/** Loads a module in a Node that has lost two functions of `node:util`; prints the errors. */
const PROGRAM = `
const util = require('node:util');
delete util.isNullOrUndefined;
delete util.isArray;
require(process.argv[1]);
console.log(util.isNullOrUndefined(null), util.isNullOrUndefined(0), util.isArray([]));`;

describe('node:util', () => {
  it('has what TensorFlow.js calls, once the package or the lesson is loaded', () => {
    for (const name of ['tfjs-graph', 'digits']) {
      const options = { cwd: projectRoot, encoding: 'utf8' } as const;
      const args = ['--throw-deprecation', '-e', PROGRAM, name];
      equal(execFileSync(process.execPath, args, options), 'true false true\n', name);
    }
  });
});
