/** What this machine can run. */
import { driverVersion } from 'digits/device/nvidia';
import { hasGlibc } from './platform.mjs';

export interface Machine {
  /** Such as `linux-x64`. */
  readonly name: string;
  /** Whether TensorFlow's native engine can be made here; elsewhere WebAssembly serves. */
  readonly native: boolean;
  /** Whether that was ever tried on such a machine. Where not, WebAssembly serves when it fails. */
  readonly tried: boolean;
  /** Whether it can use an NVIDIA driver. */
  readonly gpu: boolean;
}

/** The machines for which there is a wheel with TensorFlow's libraries, and whether they were tried. */
const WITH_LIBRARIES: Readonly<Record<string, boolean>> = {
  'linux-x64': true,
  'linux-arm64': false,
  'darwin-arm64': false,
};

/**
 * Returns the name of a machine, such as `linux-x64`. TensorFlow's wheels are built for Linux with glibc;
 * a Node that is built for musl, as on Alpine, cannot load them, and says so in the name.
 */
export const machineName = (
  platform: string = process.platform,
  arch: string = process.arch,
  musl = platform === 'linux' && !hasGlibc(),
): string => `${platform}-${arch}${musl ? ' (musl)' : ''}`;

/** Tells whether the user wants to do without the native engine. */
export const nativeLeftOut = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.DIGITS_NATIVE === '0';

/**
 * Looks at this machine. `DIGITS_NATIVE=0` leaves the native engine out; `DIGITS_GPU=0` or `1` overrides
 * the search for a driver.
 *
 * @param root the folder that stands for `/`.
 */
export function thisMachine(
  env: NodeJS.ProcessEnv = process.env,
  root = '/',
  platform: string = process.platform,
  arch: string = process.arch,
): Machine {
  const name = machineName(platform, arch);
  const tried = WITH_LIBRARIES[name] ?? false;
  const native = name in WITH_LIBRARIES && !nativeLeftOut(env);
  const found = driverVersion(root) !== undefined;
  const gpu = native && tried && (env.DIGITS_GPU ? env.DIGITS_GPU !== '0' : found);
  return { name, native, tried, gpu };
}
