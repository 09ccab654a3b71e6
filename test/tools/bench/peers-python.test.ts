import { deepEqual, match, ok } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requirePython } from '../../../lib/tools/bench/peers-python';
import { names } from '../../../lib/tools/bench/run';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { readEnvironment, requirements } from '../../../lib/tools/setup/packages/environment-yml';
import { distInfo, installedPackages } from '../../../lib/tools/setup/packages/installed';

describe("the peers' packages", () => {
  const machine = { name: 'linux-x64', native: true, tried: true, gpu: false };
  const named = (extras: Parameters<typeof requirements>[2]) =>
    requirements(readEnvironment(), machine, extras).map(({ name }) => name);

  it("stand in environment.yml, and are none of the lesson's", () => {
    for (const name of ['jax', 'torch']) {
      ok(named(['bench']).includes(name));
      ok(!named(['test', 'compiler']).includes(name));
    }
  });

  it('count as installed in whatever build of their release', () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-pip-'));
    for (const entry of ['torch-2.13.0+cpu', 'nvidia_nccl_cu12-2.1', 'a.b-1.0.post2']) {
      mkdirSync(join(folder, `${entry}.dist-info`));
    }
    const expected = [
      distInfo('a-b', '1.0.post2'),
      distInfo('nvidia-nccl-cu12', '2.1'),
      distInfo('torch', '2.13.0'),
    ];
    deepEqual([...installedPackages(folder)].sort(), expected);
    rmSync(folder, { recursive: true });
  });
});

describe("the peers' Python", () => {
  before(function () {
    if (process.platform === 'win32') this.skip(); // It runs no scripts by themselves.
  });

  const folder = mkdtempSync(join(tmpdir(), 'digits-python-'));
  const given = process.env.DIGITS_PYTHON;
  after(() => {
    if (given === undefined) delete process.env.DIGITS_PYTHON;
    else process.env.DIGITS_PYTHON = given;
    rmSync(folder, { recursive: true });
  });

  /** A program that says that it is this version of Python. */
  const pretend = (version: string) => {
    const executable = join(folder, `python-${version}`);
    const facts = { executable, version, packages: folder, venv: true, bits: 64 };
    writeFileSync(executable, `#!/bin/sh\necho '${JSON.stringify(facts)}'\n`, { mode: 0o755 });
    process.env.DIGITS_PYTHON = executable;
  };
  const nowhere = pythonEnvironment(join(folder, 'no-environment'));
  const refusal = () =>
    requirePython(nowhere).then(
      () => undefined,
      (error: { text: { en: string; zh: string } }) => error.text,
    );

  it('must be new enough for them, and the message says how to name one', async () => {
    pretend('3.10.14');
    const said = await refusal();
    match(said?.en ?? '', /need Python 3\.11 or newer, but 3\.10\.14 was found.*DIGITS_PYTHON=/);
    match(said?.zh ?? '', /需要 Python 3\.11 或更新的版本，找到的是 3\.10\.14/);
  });

  it('may be any that is', async () => {
    pretend('3.13.1');
    deepEqual(await refusal(), undefined);
  });
});

describe('the names that --only takes', () => {
  it('are all different', () => {
    deepEqual([...new Set(names())], names());
  });
});
