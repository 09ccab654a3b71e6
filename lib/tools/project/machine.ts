/** What this machine can run. */
import { existsSync, readFileSync } from 'node:fs';

export interface Machine {
  /** Such as `linux-x64`. */
  readonly name: string;
  /** Whether TensorFlow's native engine is to be had; elsewhere WebAssembly serves. */
  readonly native: boolean;
  /** Whether an NVIDIA driver is there. */
  readonly gpu: boolean;
}

const driver = '/proc/driver/nvidia/version';
const wslDriver = '/usr/lib/wsl/lib/libcuda.so.1';

/** The machine at hand. `DIGITS_GPU=0` or `1` overrides the search for a driver. */
export function thisMachine(env: NodeJS.ProcessEnv = process.env): Machine {
  // TensorFlow's wheels are built for Linux with glibc; Alpine has musl.
  const musl = existsSync('/etc/alpine-release');
  const native = process.platform === 'linux' && process.arch === 'x64' && !musl;
  const found = existsSync(driver) || existsSync(wslDriver);
  const gpu = native && (env.DIGITS_GPU ? env.DIGITS_GPU !== '0' : found);
  return { name: `${process.platform}-${process.arch}${musl ? ' (musl)' : ''}`, native, gpu };
}

/** The NVIDIA driver's version, such as `570.86.15`, where it can be read. */
export function driverVersion(): string | undefined {
  try {
    return /Kernel Module\D+([\d.]+)/.exec(readFileSync(driver, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
