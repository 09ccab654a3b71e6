import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../../lib/tools/project/paths';

describe('shim', () => {
  it('keeps what TensorFlow.js calls, without a warning of Node’s', () => {
    const script = `const util = require('node:util');
      require('./lib/digits/device/shim.ts');
      console.log(util.isNullOrUndefined(null), util.isNullOrUndefined(0), util.isArray([]));`;
    const args = [
      '--throw-deprecation',
      '--require',
      './lib/digits/register.cjs',
      '--eval',
      script,
    ];
    const printed = execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' });
    equal(printed, 'true false true\n');
  });
});
