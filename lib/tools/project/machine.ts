/** What this machine can run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { driverVersion } from 'digits/device/nvidia';

export interface Machine {
  /** Such as `linux-x64`. */
  readonly name: string;
  /** Whether TensorFlow's native engine runs here; elsewhere WebAssembly serves. */
  readonly native: boolean;
  /** Whether it can use an NVIDIA driver. */
  readonly gpu: boolean;
}

/**
 * Looks at this machine. `DIGITS_GPU=0` or `1` overrides the search for a driver.
 *
 * @param root the folder that stands for `/`.
 */
export function thisMachine(env: NodeJS.ProcessEnv = process.env, root = '/'): Machine {
  // TensorFlow's wheels are built for Linux with glibc; Alpine has musl.
  const musl = existsSync(join(root, 'etc', 'alpine-release'));
  const native = process.platform === 'linux' && process.arch === 'x64' && !musl;
  const found = driverVersion(root) !== undefined;
  const gpu = native && (env.DIGITS_GPU ? env.DIGITS_GPU !== '0' : found);
  return { name: `${process.platform}-${process.arch}${musl ? ' (musl)' : ''}`, native, gpu };
}
