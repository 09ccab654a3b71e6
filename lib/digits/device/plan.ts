import { existsSync } from 'node:fs';
import { find } from '@mapbox/node-pre-gyp';
import { messages } from '../language';
import { DEVICE_KINDS, type Device, type DeviceKind } from './device';
import { driverVersion } from './nvidia';

/** An engine and the reason for choosing it. */
export type DevicePlan = Pick<Device, 'kind' | 'why'>;

/** Facts for the choice of an engine. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly addon: boolean;
  /** Version of the NVIDIA driver, empty if unknown; undefined without a driver. */
  readonly driver?: string | undefined;
  /** `CUDA_VISIBLE_DEVICES`: an empty value or -1 hides every GPU. */
  readonly visible?: string | undefined;
}

/** Parses a requested device, such as the value of `DIGITS_DEVICE`. Throws a RangeError for unknown names. */
export function parseDeviceKind(value: string | undefined): DeviceKind | undefined {
  if (value === undefined || value === '') return undefined;
  const kind = DEVICE_KINDS.find(candidate => candidate === value.toLowerCase());
  if (!kind) {
    throw new RangeError(messages().device.noSuchDevice(DEVICE_KINDS, value));
  }
  return kind;
}

/** Inspects this machine without loading an engine. */
function inspectMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    addon: existsSync(addonPath()),
    driver: driverVersion(),
    visible: process.env.CUDA_VISIBLE_DEVICES,
  };
}

/**
 * Chooses the GPU, else the native CPU engine, else WebAssembly.
 *
 * @param requested the preferred engine; if unavailable, the next best engine is planned, and `why` gives the
 * reason.
 */
export function planDevice(
  requested?: DeviceKind,
  machine: Machine = inspectMachine(),
): DevicePlan {
  const { why } = messages().device;
  if (requested === 'wasm') return { kind: 'wasm', why: why.asked };
  if (!machine.addon) {
    const system = `${machine.platform} ${machine.arch}`;
    const isSupported = system === 'linux x64';
    return { kind: 'wasm', why: isSupported ? why.noAddon : why.noAddonHere(system) };
  }
  if (requested === 'cpu') return { kind: 'cpu', why: why.asked };
  const { driver, visible } = machine;
  if (driver === undefined) return { kind: 'cpu', why: why.noDriver };
  if (visible !== undefined && /^\s*(-|$)/.test(visible)) {
    return { kind: 'cpu', why: why.hidden(visible) };
  }
  const version = driver && ` ${driver}`;
  return { kind: 'gpu', why: why.driverFound(version) };
}

/** Returns the path of the addon for `@tensorflow/tfjs-node-gpu`. */
export const addonPath = (): string =>
  find(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
