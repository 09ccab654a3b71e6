import assert from 'node:assert/strict';
import type { DeviceKind } from '../../../lib/digits/device/device';
import { type Machine, parseDeviceKind, planDevice } from '../../../lib/digits/device/plan';
import { planThreads } from '../../../lib/digits/device/threads';
import { readData } from '../../texts';

type Setting = string | null;
const { devices, threads, bad } = readData<{
  readonly devices: [asked: DeviceKind | null, Partial<Machine>, DeviceKind, why: string][];
  readonly threads: [own: Setting, operation: Setting, cores: number, ...expected: number[]][];
  readonly bad: readonly string[];
}>('digits/device/plans.yml');

describe('device plan', () => {
  it('prefers the GPU, then the native CPU engine, then WebAssembly, and says why', () => {
    for (const [asked, machine, kind, why] of devices) {
      const linux = { platform: 'linux', arch: 'x64', addon: true };
      const plan = planDevice(asked ?? undefined, { ...linux, ...machine });
      assert.equal(plan.kind, kind);
      assert.match(plan.why.en, new RegExp(why));
    }
  });

  it('reads a request, and refuses one that names no device', () => {
    assert.equal(parseDeviceKind(''), undefined);
    assert.equal(parseDeviceKind('WASM'), 'wasm');
    assert.throws(
      () => parseDeviceKind('tpu'),
      /^RangeError: Expected the device to be one of gpu, cpu, wasm but received 'tpu'\. Correct DIGITS_DEVICE/,
    );
  });
});

describe('the threads', () => {
  it('are shared out: what each operation gets, times what runs at once, is no more than all', () => {
    for (const [own, operation, cores, ...expected] of threads) {
      const env = { ...(own !== null && { DIGITS_THREADS: own }) };
      const set = { ...env, ...(operation && { TF_NUM_INTRAOP_THREADS: operation }) };
      const { all, perOperation, parts } = planThreads(set, cores);
      assert.deepEqual([all, perOperation, parts], expected, `${own} ${operation} ${cores}`);
    }
  });

  it('must be a whole number within bounds', () => {
    for (const value of bad) {
      assert.throws(() => planThreads({ DIGITS_THREADS: value }, 2), {
        name: 'RangeError',
        message: `Expected DIGITS_THREADS to be a whole number from 1 to 1024 but received '${value}'. Correct it, or unset it to use all cores.`,
      });
    }
  });
});
