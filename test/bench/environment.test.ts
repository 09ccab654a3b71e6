import { deepEqual, ok } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { names } from '../../lib/bench/run';
import { readEnvironment, requirements } from '../../lib/setup/environment';
import { distInfo, installedPackages } from '../../lib/setup/pip';

describe("the peers' packages", () => {
  const machine = { name: 'linux-x64', native: true, gpu: false };
  const named = (extras: Parameters<typeof requirements>[2]) =>
    requirements(readEnvironment(), machine, extras).map(({ name }) => name);

  it("stand in environment.yml, and are none of the lesson's", () => {
    for (const name of ['jax', 'torch']) {
      ok(named(['bench']).includes(name));
      ok(!named(['venv', 'test', 'compiler']).includes(name));
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

describe('the names that --only takes', () => {
  it('are all different', () => {
    deepEqual([...new Set(names())], names());
  });
});
