import { existsSync } from 'node:fs';
import { find } from '@mapbox/node-pre-gyp';
import { messages } from '../language';
import { DEVICE_KINDS, type Device, type DeviceKind } from './device';
import { driverVersion } from './nvidia';

/** An engine and the reason for choosing it. */
export type DevicePlan = Pick<Device, 'kind' | 'why'>;

/** The facts on which the choice of an engine depends. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly addon: boolean;
  /** The version of the NVIDIA driver, empty if it does not tell; undefined if there is none. */
  readonly driver?: string | undefined;
  /** `CUDA_VISIBLE_DEVICES`: an empty value or -1 hides every GPU. */
  readonly visible?: string | undefined;
}

/** Reads a request for a device, such as the value of `DIGITS_DEVICE`, or refuses it. */
export function parseDeviceKind(value: string | undefined): DeviceKind | undefined {
  if (value === undefined || value === '') return undefined;
  const kind = DEVICE_KINDS.find(known => known === value.toLowerCase());
  if (!kind) {
    throw new RangeError(messages().device.noSuchDevice(DEVICE_KINDS, value));
  }
  return kind;
}

/** Looks at this machine without loading an engine. */
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
 * Chooses GPU, then the native CPU engine, then WebAssembly.
 *
 * @param requested an engine to prefer; if it cannot run, the next best one is planned, and `why`
 * says so.
 */
export function planDevice(
  requested?: DeviceKind,
  machine: Machine = inspectMachine(),
): DevicePlan {
  const { why } = messages().device;
  if (requested === 'wasm') return { kind: 'wasm', why: why.asked };
  if (!machine.addon) {
    const place = `${machine.platform} ${machine.arch}`;
    const isSupported = place === 'linux x64';
    return { kind: 'wasm', why: isSupported ? why.noAddon : why.noAddonHere(place) };
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

/** Finds the path at which `@tensorflow/tfjs-node-gpu` looks for its addon. */
export const addonPath = (): string =>
  find(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
