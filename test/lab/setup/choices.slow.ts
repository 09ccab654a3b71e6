/** Decisions of set-up: the Python, the engine, and the reuse of installed parts. */
import { equal, match } from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { disguise, Project, withoutNative } from './support';

describe('set-up', () => {
  let project: Project;
  beforeEach(() => {
    project = new Project();
  });
  afterEach(() => project.remove());

  const native = process.platform === 'linux' && process.arch === 'x64';
  const libraries = () => project.installs().filter(line => / tensorflow(-cpu)?==/.test(line));
  const installs = () => project.installs().filter(line => line.includes('jupyterlab=='));

  /** Sets up; returns the output. */
  const setUp = (env: Record<string, string> = withoutNative, ...args: string[]) =>
    project.succeeds('setup', args, env);

  it('takes the first Python that fits and runs; DIGITS_PYTHON before it', async () => {
    project.python('python3', { version: '3.9.1' });
    project.python('python', { version: '3.13.1', bits: 32 });
    project.python('python3.12', { version: '3.12.9' });
    project.program('python3.12', 'process.exit(127)'); // such as a shim of pyenv
    project.python('python3.11', { version: '3.11.4' });
    match(await setUp(), /✔ Python environment: Python 3\.11\.4/);

    rmSync(project.venv, { recursive: true });
    const DIGITS_PYTHON = project.python('other', { version: '3.10.2' });
    match(await setUp({ ...withoutNative, DIGITS_PYTHON }), /environment: Python 3\.10\.2/);
  });

  describe('with a Python', () => {
    beforeEach(() => project.python('python3', { version: '3.12.7' }));

    it('adds the tools of the tests to what is there, and keeps them', async () => {
      await setUp();
      mkdirSync(join(project.root, 'test'));
      await project.run('test', [], withoutNative);
      match(installs().at(-1) ?? '', /notebook==/);
      const countBefore = installs().length;
      await setUp();
      await project.run('test', [], withoutNative);
      equal(installs().length, countBefore);
    });

    it('leaves TensorFlow out if it is told to, and says by what; the doctor wants none', async () => {
      const env = { DIGITS_NATIVE: '0' };
      match(await setUp(env), /^DIGITS_NATIVE=0 is set, so the native engine is left out: /m);
      equal(libraries().length, 0);
      for (const [variables, line] of [
        [env, /^– TensorFlow\.js’s native engine: .*DIGITS_NATIVE=0.*\n {2}→ /m],
        [withoutNative, /^– TensorFlow\.js’s native engine: linux-mips\n {2}→ /m],
      ] as const) {
        match(await project.succeeds('doctor', [], variables), line);
      }
    });

    it('lets WebAssembly serve if an untried machine fails, and tries again when it is told to', async function () {
      if (!native) this.skip();
      const arm = { ...withoutNative, node: disguise({ arch: 'arm64' }) };
      match(await setUp(arm), /native engine: failed on this machine, so WebAssembly is used \(/);
      match(itemAt(libraries(), 0), / tensorflow==[\d.]+$/);
      const reason = join(project.root, 'build', 'setup', 'no-native-engine.txt');
      match(readFileSync(reason, 'utf8'), /Compiling the native engine failed/);
      match(await project.succeeds('doctor', [], arm), /^– .*native engine: .*no-native-engine/m);
      match(await setUp(arm), /native engine: failed on this machine/);
    });

    it('takes TensorFlow with CUDA if there is a driver, in place of the one without', async function () {
      if (!native) this.skip();
      await project.run('setup', [], { DIGITS_GPU: '0' }); // stops at the addon: the wheel is not real
      match(itemAt(libraries(), 0), / --require-hashes --no-build .* tensorflow-cpu==[\d.]+$/);
      await project.run('setup', [], { DIGITS_GPU: '1' });
      match(itemAt(libraries(), 1), / tensorflow==[\d.]+ (nvidia-[\w-]+==[\d.]+ ?)+$/);
      await project.run('setup', [], { DIGITS_GPU: '1' });
      equal(libraries().length, 2);
    });
  });
});
