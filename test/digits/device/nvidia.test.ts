import { equal, match } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { driverVersion, gpuName, gpuOfSmi, UNKNOWN } from '../../../lib/digits/device/nvidia';
import { inspectMachine, planDevice } from '../../../lib/digits/device/plan';
import { thisMachine } from '../../../lib/tools/project/machine';

describe('NVIDIA’s driver', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'digits-nvidia-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  function put(path: string, text: string) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  const inWsl = () => put('usr/lib/wsl/lib/libcuda.so.1', '');
  const version = (line: string) =>
    put('proc/driver/nvidia/version', `NVRM version: ${line}\nGCC version:  gcc 12.3.0 (Debian)\n`);

  it('is missing where nothing tells of one', () => {
    equal(driverVersion(root), undefined);
    equal(thisMachine({}, root).gpu, false);
  });

  it('tells its version, be its module closed or open, if it is known', () => {
    const open = 'NVIDIA UNIX Open Kernel Module for x86_64  570.86.15  Release Build  (dvs@U22)';
    for (const [line, told] of [
      ['NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024', '550.54.15'],
      [open, '570.86.15'],
      ['something new', UNKNOWN],
    ] as const) {
      version(line);
      equal(driverVersion(root), told);
    }
  });

  it('is there in WSL, for set-up and for the lesson alike', function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    inWsl();
    equal(driverVersion(root), UNKNOWN);
    equal(thisMachine({}, root).gpu, true);
    const machine = { ...inspectMachine(root), addon: true, visible: undefined };
    const { kind, why } = planDevice(undefined, machine);
    equal(kind, 'gpu');
    match(why.en, /^the NVIDIA driver was found$/);
    match(why.zh, /^找到了 NVIDIA 驱动$/);
  });

  it('names its first GPU', async () => {
    put('proc/driver/nvidia/gpus/0000:04:00.0/information', 'Model: \t\t NVIDIA T4\nIRQ: 9\n');
    equal(await gpuName(root), 'NVIDIA T4');
  });
});

describe('nvidia-smi', () => {
  const folder = mkdtempSync(join(tmpdir(), 'digits-smi-'));
  after(() => rmSync(folder, { recursive: true }));
  /** Makes a program that stands in for `nvidia-smi`. */
  const saying = (script: string) => {
    const file = join(folder, `smi-${script.length}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };

  it('names the first card', async function () {
    if (process.platform === 'win32') this.skip(); // It runs no scripts by themselves.
    const smi = `[ "$*" = "--query-gpu=name --format=csv,noheader" ] && printf 'NVIDIA A10G\\nNVIDIA T4\\n'`;
    equal(await gpuOfSmi(saying(smi)), 'NVIDIA A10G');
  });

  it('finds none without the program, or where it fails or names none', async () => {
    equal(await gpuOfSmi(join(folder, 'nowhere')), undefined);
    equal(await gpuOfSmi(saying('echo "No devices were found"; exit 6')), undefined);
    equal(await gpuOfSmi(saying('true')), undefined);
  });
});
