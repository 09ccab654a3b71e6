import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { commands } from '../../lib/command/registry.mjs';
import { readText } from '../texts';

describe('the commands', () => {
  it('are the scripts of package.json', () => {
    const { scripts } = JSON.parse(readText('package.json'));
    deepEqual(Object.keys(commands).sort(), Object.keys(scripts).sort());
  });

  it('start with the packages that learners have, and without TensorFlow.js, which takes seconds', () => {
    const learners = Object.values(commands).filter(({ dev }) => !dev);
    const script = `for (const module of ${JSON.stringify(learners.map(({ module }) => module))}) require(module);
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
