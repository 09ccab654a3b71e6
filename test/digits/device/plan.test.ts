import assert from 'node:assert/strict';
import { type Machine, parseDeviceKind, planDevice } from '../../../lib/digits/device/plan';

const linux: Machine = { platform: 'linux', arch: 'x64', addon: true };
const gpu: Machine = { ...linux, driver: '550.54.15' };

describe('device plan', () => {
  it('prefers the GPU, then the native CPU engine, then WebAssembly', () => {
    assert.equal(planDevice(undefined, gpu).kind, 'gpu');
    assert.equal(planDevice(undefined, linux).kind, 'cpu');
    assert.equal(planDevice(undefined, { ...linux, addon: false }).kind, 'wasm');
  });

  it('says why', () => {
    assert.match(planDevice(undefined, gpu).why.en, /NVIDIA driver 550\.54\.15 was found/);
    assert.match(planDevice(undefined, linux).why.zh, /没有找到 NVIDIA 驱动/);
    assert.match(planDevice(undefined, { ...linux, addon: false }).why.en, /npm run setup/);
    const mac = { platform: 'darwin', arch: 'arm64', addon: false };
    assert.match(
      planDevice(undefined, mac).why.en,
      /not available for darwin arm64, so WebAssembly/,
    );
  });

  it('takes the device that was asked for', () => {
    assert.equal(planDevice('wasm', gpu).kind, 'wasm');
    assert.equal(planDevice('cpu', gpu).kind, 'cpu');
    assert.match(planDevice('cpu', gpu).why.en, /asked for/);
    assert.equal(planDevice('gpu', linux).kind, 'cpu', 'the next best');
    assert.match(planDevice('gpu', linux).why.en, /no NVIDIA driver/);
  });

  it('sees that CUDA_VISIBLE_DEVICES hides the GPU', () => {
    for (const visible of ['', ' ', '-1', '-1,0']) {
      const { why } = planDevice(undefined, { ...gpu, visible });
      assert.match(why.en, /CUDA_VISIBLE_DEVICES='.*' hides the GPU; unset it/);
    }
    for (const visible of ['0', '1,0', 'GPU-8932f937']) {
      assert.equal(planDevice(undefined, { ...gpu, visible }).kind, 'gpu', visible);
    }
  });

  it('reads a request, and refuses one that names no device', () => {
    assert.equal(parseDeviceKind(undefined), undefined);
    assert.equal(parseDeviceKind(''), undefined);
    assert.equal(parseDeviceKind('WASM'), 'wasm');
    assert.throws(
      () => parseDeviceKind('tpu'),
      /^RangeError: Expected the device to be one of gpu, cpu, wasm but received 'tpu'\. Correct DIGITS_DEVICE/,
    );
  });
});
