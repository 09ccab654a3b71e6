import assert from 'node:assert/strict';
import type { DeviceKind } from '../../../lib/digits/device/device';
import { type Machine, parseDeviceKind, planDevice } from '../../../lib/digits/device/plan';

const linux: Machine = { platform: 'linux', arch: 'x64', addon: true };
const gpu: Machine = { ...linux, driver: '550.54.15' };
const mac: Machine = { platform: 'darwin', arch: 'arm64', addon: false };
const hidden = /CUDA_VISIBLE_DEVICES='.*' hides the GPU; unset it/;

const PLANS: [asked: DeviceKind | undefined, machine: Machine, kind: DeviceKind, why: RegExp][] = [
  [undefined, gpu, 'gpu', /NVIDIA driver 550\.54\.15 was found/],
  [undefined, linux, 'cpu', /no NVIDIA driver/],
  [undefined, { ...linux, addon: false }, 'wasm', /npm run setup/],
  [undefined, mac, 'wasm', /not available for darwin arm64, so WebAssembly/],
  ['wasm', gpu, 'wasm', /asked for/],
  ['cpu', gpu, 'cpu', /asked for/],
  ['gpu', linux, 'cpu', /no NVIDIA driver/],
  [undefined, { ...gpu, visible: ' ' }, 'cpu', hidden],
  [undefined, { ...gpu, visible: '-1,0' }, 'cpu', hidden],
  [undefined, { ...gpu, visible: '1,0' }, 'gpu', /was found/],
];

describe('device plan', () => {
  it('prefers the GPU, then the native CPU engine, then WebAssembly, and says why', () => {
    for (const [asked, machine, kind, why] of PLANS) {
      const plan = planDevice(asked, machine);
      assert.equal(plan.kind, kind);
      assert.match(plan.why.en, why);
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
