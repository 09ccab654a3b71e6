import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';

describe('the commands', () => {
  it('start with the packages that learners have, and without TensorFlow.js, which takes seconds', () => {
    const cli = join(projectRoot, 'lib', 'tools', 'cli.ts');
    const script = `require(${JSON.stringify(cli)});
      console.log(Object.keys(require.cache).filter(path => /tfjs-core/.test(path)).length)`;
    const hidden = join(projectRoot, 'test', 'kernel', 'without-dev-packages.cjs');
    const args = ['--require', hidden, '--import', 'tsx', '-e', script];
    const options = {
      cwd: projectRoot,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    };
    const printed = execFileSync(process.execPath, args, options as { encoding: 'utf8' });
    equal(printed, '0\n');
  });
});
