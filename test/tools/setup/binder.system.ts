import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { readEnvironment } from '../../../lib/tools/setup/packages/environment-yml';
import { kernelFile } from '../../../lib/tools/setup/steps/kernel';
import { Project, withoutNative } from './support';

const { node, ESBUILD_BINARY_PATH } = withoutNative;

describe('Binder', () => {
  it('builds its image from environment.yml and postBuild', () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-binder-'));
    for (const name of ['environment.yml', 'postBuild', 'package.json']) {
      cpSync(join(projectRoot, name), join(folder, name));
    }
    try {
      const python = pythonEnvironment();
      const { stdout, stderr } = spawnSync(
        python.program('python'),
        [
          '-m',
          'repo2docker',
          '--no-build',
          '--debug',
          '--user-id',
          '1000',
          '--user-name',
          'jovyan',
          folder,
        ],
        { encoding: 'utf8' },
      );
      const dockerfile = stdout + stderr;
      match(dockerfile, /env update -p \$\{NB_PYTHON_PREFIX\} --file "?environment\.yml"?/);
      match(dockerfile, /RUN (chmod \+x postBuild|\.\/postBuild)/);
      match(dockerfile, /\.\/postBuild/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('can run postBuild', () => {
    accessSync(join(projectRoot, 'postBuild'), constants.X_OK);
  });

  it('has everything set up by postBuild in its own environment, and no caches left', async () => {
    const project = new Project();
    try {
      project.python('python3', { version: '3.12.7' });
      await project.run('setup', [], withoutNative);
      const NB_PYTHON_PREFIX = join(project.root, 'notebook');
      renameSync(project.venv, NB_PYTHON_PREFIX);
      cpSync(join(projectRoot, 'postBuild'), join(project.root, 'postBuild'));
      rmSync(kernelFile(NB_PYTHON_PREFIX));
      const npm = dirname(execFileSync('which', ['npm'], { encoding: 'utf8' }));
      const PATH = [dirname(process.execPath), npm, process.env.PATH].join(delimiter);
      const HOME = join(project.root, 'home');
      const TMPDIR = join(project.root, 'temporary');
      for (const folder of [HOME, TMPDIR]) mkdirSync(folder);
      const output = execFileSync('bash', ['postBuild'], {
        cwd: project.root,
        env: {
          PATH,
          HOME,
          TMPDIR,
          LANG: 'C.UTF-8',
          NB_PYTHON_PREFIX,
          NODE_OPTIONS: node,
          ESBUILD_BINARY_PATH,
        },
        encoding: 'utf8',
      });
      match(
        output,
        /✔ TypeScript kernel: .*notebook\/share\/jupyter\/kernels\/tslab\/kernel\.json/,
      );
      match(output, /Ready\./);
      deepEqual([readdirSync(HOME), readdirSync(TMPDIR)], [[], []]);
      for (const name of ['uv', 'uv-cache']) {
        equal(existsSync(join(project.root, 'build', 'setup', name)), false, name);
      }
    } finally {
      project.remove();
    }
  });

  it('finds no .binder or binder folder, which would hide environment.yml', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: projectRoot, encoding: 'utf8' }).split(
      '\n',
    );
    deepEqual(
      tracked.filter(file => /^\.?binder\//.test(file)),
      [],
    );
    equal(readEnvironment().name, 'digits');
  });
});
