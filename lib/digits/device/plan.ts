import { existsSync } from 'node:fs';
import { find } from '@mapbox/node-pre-gyp';
import { type Text, text } from '../language';
import { ASKED, DEVICE_KINDS, type DeviceKind } from './device';
import { driverVersion, UNKNOWN } from './nvidia';

/** An engine and the reason for choosing it. */
export interface DevicePlan {
  readonly kind: DeviceKind;
  readonly why: Text;
}

/** What the choice of an engine depends on. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Whether TensorFlow.js's native addon has been compiled. */
  readonly addon: boolean;
  /** The version of the NVIDIA driver, `?` where it does not tell; undefined where there is none. */
  readonly driver?: string | undefined;
  /** `CUDA_VISIBLE_DEVICES`: an empty value or -1 hides every GPU. */
  readonly visible?: string | undefined;
}

/**
 * Reads a request for a device, such as the value of `DIGITS_DEVICE`.
 *
 * @throws RangeError for anything but `gpu`, `cpu`, `wasm` or nothing.
 */
export function parseDeviceKind(value: string | undefined): DeviceKind | undefined {
  if (value === undefined || value === '') return undefined;
  const kind = DEVICE_KINDS.find(known => known === value.toLowerCase());
  if (!kind) {
    throw new RangeError(
      text({
        zh: `设备应当是 ${DEVICE_KINDS.join('、')} 之一，收到的是 '${value}'。请改正 DIGITS_DEVICE，或者不设置它，由课程选用最快的设备。`,
        en:
          `Expected the device to be one of ${DEVICE_KINDS.join(', ')} but received '${value}'. ` +
          'Correct DIGITS_DEVICE, or unset it to use the fastest device.',
      }),
    );
  }
  return kind;
}

/**
 * Looks at this machine without loading an engine.
 *
 * @param root the folder that stands for `/`.
 */
export function inspectMachine(root = '/'): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    addon: existsSync(addonPath()),
    driver: driverVersion(root),
    visible: process.env.CUDA_VISIBLE_DEVICES,
  };
}

/**
 * Chooses GPU, then the native CPU engine, then WebAssembly.
 *
 * @param requested an engine to prefer; where it cannot run, the next best one is planned, and `why`
 * says so.
 */
export function planDevice(
  requested?: DeviceKind,
  machine: Machine = inspectMachine(),
): DevicePlan {
  if (requested === 'wasm') return { kind: 'wasm', why: ASKED };
  if (!machine.addon) return { kind: 'wasm', why: noAddon(machine) };
  if (requested === 'cpu') return { kind: 'cpu', why: ASKED };
  if (machine.driver === undefined) return { kind: 'cpu', why: NO_DRIVER };
  if (machine.visible !== undefined && /^\s*(-|$)/.test(machine.visible)) {
    return { kind: 'cpu', why: hidden(machine.visible) };
  }
  const version = machine.driver === UNKNOWN ? '' : ` ${machine.driver}`;
  return {
    kind: 'gpu',
    why: {
      zh: `找到了 NVIDIA 驱动${version}`,
      en: `the NVIDIA driver${version} was found`,
    },
  };
}

/** Finds the path at which `@tensorflow/tfjs-node-gpu` looks for its addon. */
export const addonPath = (): string =>
  find(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));

const NO_DRIVER: Text = { zh: '没有找到 NVIDIA 驱动', en: 'no NVIDIA driver was found' };

const hidden = (value: string): Text => ({
  zh: `CUDA_VISIBLE_DEVICES='${value}' 把 GPU 隐藏了；取消这个环境变量即可使用 GPU`,
  en: `CUDA_VISIBLE_DEVICES='${value}' hides the GPU; unset it to use the GPU`,
});

function noAddon({ platform, arch }: Machine): Text {
  if (platform === 'linux' && arch === 'x64') {
    return {
      zh: '原生引擎还没有安装；运行 npm run setup 即可安装',
      en: 'the native engine is not installed; `npm run setup` installs it',
    };
  }
  return {
    zh: `原生引擎不支持 ${platform} ${arch}，因此使用 WebAssembly`,
    en: `the native engine is not available for ${platform} ${arch}, so WebAssembly is used`,
  };
}
