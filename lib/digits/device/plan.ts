import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { find } from '@mapbox/node-pre-gyp';
import { messages } from '../language';
import { DEVICE_KINDS, type Device, type DeviceKind } from './device';
import { driverVersion } from './nvidia';

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
): Pick<Device, 'kind' | 'why'> {
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

export const addonPath = (): string =>
  find(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));

/** Enough for any machine. From about 30,000 threads, the system runs out and TensorFlow ends the process. */
const MOST_THREADS = 1024;

/**
 * Returns the number of inter-op threads of the native engine. Each thread computes a separate operation, or
 * one of as many shards of a large product.
 *
 * @param cores default if `DIGITS_THREADS` is not set.
 * @throws RangeError if `DIGITS_THREADS` is not an integer from 1 to 1024.
 */
export function planThreads(
  value = process.env.DIGITS_THREADS,
  cores = availableParallelism(),
): number {
  if (value === undefined || value === '') return cores;
  const count = Number(value);
  if (Number.isInteger(count) && count > 0 && count <= MOST_THREADS) return count;
  throw new RangeError(messages().device.noThreads(MOST_THREADS, value));
}
