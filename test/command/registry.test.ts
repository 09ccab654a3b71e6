import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../lib/command/machine/paths';
import { commands } from '../../lib/command/registry.mjs';
import { Project } from '../lab/setup/support';
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

  it('work without the packages of teachers and of comparisons, which can be deleted', () => {
    const project = new Project();
    try {
      for (const name of ['class', 'bench']) {
        for (const folder of ['lib', 'node_modules'])
          rmSync(join(project.root, folder, name), { recursive: true });
      }
      const rest = Object.entries(commands).filter(
        ([, { module }]) => !/^(class|bench)/.test(module),
      );
      const script = `const { commands } = require('./lib/command/registry.mjs');
        for (const { module } of Object.values(commands)) require(module).main.call;
        console.log(Object.keys(commands).sort().join());`;
      const args = ['--require', 'tsx/cjs', '-e', script];
      const printed = execFileSync(process.execPath, args, { cwd: project.root, encoding: 'utf8' });
      deepEqual(printed.trim().split(','), rest.map(([name]) => name).sort());
    } finally {
      project.remove();
    }
  });
});
