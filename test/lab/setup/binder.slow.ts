import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { projectRoot } from '../../../lib/command/machine/paths';
import { kernelFile } from '../../../lib/lab/setup/steps/kernel';
import { Project, withoutNative } from './support';

describe('Binder', () => {
  it('finds postBuild, which sets up everything in its own environment, and leaves no caches', async () => {
    // Binder would take these folders before the files at the top.
    for (const name of ['binder', '.binder']) equal(existsSync(join(projectRoot, name)), false);
    accessSync(join(projectRoot, 'postBuild'), constants.X_OK);
    const project = new Project();
    try {
      project.python('python3', { version: '3.12.7' });
      await project.run('setup', [], withoutNative);
      const NB_PYTHON_PREFIX = join(project.root, 'notebook');
      renameSync(project.venv, NB_PYTHON_PREFIX);
      cpSync(join(projectRoot, 'postBuild'), join(project.root, 'postBuild'));
      rmSync(kernelFile(NB_PYTHON_PREFIX));
      const npm = dirname(execFileSync('which', ['npm'], { encoding: 'utf8' }));
      const [HOME, TMPDIR] = [join(project.root, 'home'), join(project.root, 'temporary')];
      for (const folder of [HOME, TMPDIR]) mkdirSync(folder);
      const { node: NODE_OPTIONS, ...settings } = withoutNative;
      const output = execFileSync('bash', ['postBuild'], {
        cwd: project.root,
        env: {
          ...{ ...settings, HOME, TMPDIR, NB_PYTHON_PREFIX, NODE_OPTIONS, LANG: 'C.UTF-8' },
          PATH: [dirname(process.execPath), npm, process.env.PATH].join(delimiter),
        },
        encoding: 'utf8',
      });
      match(
        output,
        /✔ TypeScript kernel: .*notebook\/share\/jupyter\/kernels\/tslab\/kernel\.json/,
      );
      match(output, /Ready\./);
      deepEqual([readdirSync(HOME), readdirSync(TMPDIR)], [[], []]);
      equal(existsSync(join(project.root, 'build', 'setup', 'uv')), false);
    } finally {
      project.remove();
    }
  });
});
