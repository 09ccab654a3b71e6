import { equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { thisMachine } from '../../../lib/command/machine/machine';
import { driverVersion, gpuName } from '../../../lib/digits/device/nvidia';
import { planDevice } from '../../../lib/digits/device/plan';
import { put, temporaryFolder } from '../../folder';

describe('NVIDIA’s driver', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder();
  });

  it('tells its version, be its module closed or open, if it is known', () => {
    equal(driverVersion(root), undefined);
    const open = 'NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build  (dvs@U22)';
    for (const [line, told] of [
      ['NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024', '550.54.15'],
      [open, '570.86.15'],
      ['something new', ''],
    ] as const) {
      put(root, [
        ['proc/driver/nvidia/version', `NVRM version: ${line}\nGCC version:  gcc 12.3.0\n`],
      ]);
      equal(driverVersion(root), told);
    }
  });

  it('is there in WSL, for set-up and for the lesson alike', function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    equal(thisMachine({}, root).gpu, false);
    put(root, [['usr/lib/wsl/lib/libcuda.so.1', '']]);
    equal(driverVersion(root), '');
    equal(thisMachine({}, root).gpu, true);
    const machine = { platform: 'linux', arch: 'x64', addon: true, driver: '' };
    const { kind, why } = planDevice(undefined, machine);
    equal(kind, 'gpu');
    match(why, /^the NVIDIA driver was found$/);
  });
});

it('nvidia-smi names the first card; none without the program, or if it fails', async function () {
  if (process.platform === 'win32') this.skip(); // It runs no scripts by themselves.
  const folder = temporaryFolder();
  /** Asks a program that stands in for `nvidia-smi`. */
  const answer = (script: string) => {
    const file = join(folder, `smi-${script.length}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return gpuName(file);
  };
  equal(await answer("printf 'NVIDIA A10G\\nNVIDIA T4\\n'"), 'NVIDIA A10G');
  equal(await answer('echo "No devices were found"; exit 6'), undefined);
  equal(await gpuName(join(folder, 'nowhere')), undefined);
});
