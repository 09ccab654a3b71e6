import { deepEqual, equal } from 'node:assert/strict';
import { machineName } from '../../../lib/tfjs-graph/addon/libraries';
import { thisMachine } from '../../../lib/tools/project/machine';
import { put, temporaryFolder } from '../../folder';

describe('a machine', () => {
  const root = temporaryFolder();

  const machine = (platform: string, arch: string, env: NodeJS.ProcessEnv = {}) =>
    thisMachine(env, root, platform, arch);

  it('has the native engine where TensorFlow’s libraries are made for it', () => {
    for (const [platform, arch, native, tried] of [
      ['linux', 'x64', true, true],
      ['linux', 'arm64', true, false],
      ['darwin', 'arm64', true, false],
      ['darwin', 'x64', false, false],
      ['win32', 'x64', false, false],
    ] as const) {
      const name = `${platform}-${arch}`;
      deepEqual(machine(platform, arch), { name, native, tried, gpu: false });
    }
  });

  it('goes without it where that is asked for', () => {
    const without = machine('linux', 'x64', { DIGITS_NATIVE: '0', DIGITS_GPU: '1' });
    deepEqual([without.native, without.gpu], [false, false]);
  });

  it('has a GPU where there is a driver, or where that is said', () => {
    equal(machine('linux', 'x64', { DIGITS_GPU: '1' }).gpu, true);
    equal(machine('win32', 'x64', { DIGITS_GPU: '1' }).gpu, false);
    put(root, [['proc/driver/nvidia/version', 'NVRM version: 550.54']]);
    equal(machine('linux', 'x64').gpu, true);
    equal(machine('linux', 'x64', { DIGITS_GPU: '0' }).gpu, false);
  });

  it('says in its name that its Node is built for musl', () => {
    equal(machineName('linux', 'x64', true), 'linux-x64 (musl)');
    equal(machineName('linux', 'x64', false), 'linux-x64');
  });
});
