import assert from 'node:assert/strict';
import type { DeviceKind } from '../../../lib/digits/device/device';
import {
  type Machine,
  parseDeviceKind,
  planDevice,
  planThreads,
} from '../../../lib/digits/device/plan';
import { readData } from '../../texts';

const { devices, bad } = readData<{
  readonly devices: [asked: DeviceKind | null, Partial<Machine>, DeviceKind, why: string][];
  readonly bad: readonly string[];
}>('digits/device/plans.yml');

describe('device plan', () => {
  it('prefers the GPU, then the native CPU engine, then WebAssembly, and says why', () => {
    for (const [asked, machine, kind, why] of devices) {
      const linux = { platform: 'linux', arch: 'x64', addon: true };
      const plan = planDevice(asked ?? undefined, { ...linux, ...machine });
      assert.equal(plan.kind, kind);
      assert.match(plan.why, new RegExp(why));
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
  it('are as many as DIGITS_THREADS says, or one a core', () => {
    for (const value of [undefined, '']) assert.equal(planThreads(value, 16), 16);
    assert.equal(planThreads('4', 16), 4);
  });

  it('must be a whole number within bounds', () => {
    for (const value of bad) {
      assert.throws(() => planThreads(value, 2), {
        name: 'RangeError',
        message: `Expected DIGITS_THREADS to be a whole number from 1 to 1024 but received '${value}'. Correct it, or unset it to use all cores.`,
      });
    }
  });
});
