import { equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../../lib/tools/project/paths';
import { Project, withoutNative } from './support';

describe('npm run doctor', () => {
  let project: Project;
  afterEach(() => project?.remove());

  it('finds everything that is needed after set-up, and exits with 0', () => {
    const script = join(projectRoot, 'lib', 'tools', 'bootstrap.mjs');
    const { status, stdout } = spawnSync(process.execPath, [script, 'doctor', '--lang', 'en'], {
      encoding: 'utf8',
    });
    equal(stdout.includes('✖'), false, stdout);
    equal(status, 0);
    for (const title of [
      'Node: ',
      'npm packages: ',
      'Python: 3.1',
      'Python environment: ',
      'Python packages',
      'TypeScript kernel: ',
      'MNIST data: ',
    ]) {
      match(stdout, new RegExp(`^✔ ${title}`, 'm'));
    }
    if (process.platform === 'linux' && process.arch === 'x64') {
      match(stdout, /^✔ TensorFlow’s libraries: .*tensorflow$/m);
      match(stdout, /^✔ Native engine: .*tfjs_binding\.node$/m);
    }
  });

  it('names each thing that is missing with its cure, and exits with 1', async () => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✔ Python: 3\.12\.7/m);
    for (const title of ['Python environment', 'Python packages', 'TypeScript kernel']) {
      match(output, new RegExp(`^✖ ${title}.*\\n {2}→ npm run setup$`, 'm'));
    }
  });

  it('tells how to get a Python where there is none', async () => {
    project = new Project();
    match(
      (await project.run('doctor')).output,
      /^✖ Python\n {2}→ No Python was found\. Install Python/m,
    );
  });

  it('finds a library that does not load', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    mkdirSync(dirname(project.addon), { recursive: true });
    writeFileSync(project.addon, 'no library');
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✖ Native engine: Loading the native engine failed\.[\s\S]*→ npm run setup$/m);
  });

  it('wants no native engine where there is none to be had', async () => {
    project = new Project();
    project.python('python3', { version: '3.12.7' });
    await project.run('setup', [], withoutNative);
    const { code, output } = await project.run('doctor', ['--lang', 'zh'], withoutNative);
    equal(code, 0, output);
    match(output, /^– 原生引擎：linux-riscv64\n {2}→ 此平台没有原生引擎，使用 WebAssembly 引擎$/m);
  });

  it('says that the npm packages are missing before anything can be loaded', async () => {
    project = new Project({ withPackages: false });
    const { code, output } = await project.run('doctor');
    equal(code, 1);
    match(output, /^✔ Node .*\n✖ npm packages: missing or incomplete\n {2}→ npm run setup$/m);
  });
});
