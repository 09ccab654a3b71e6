/** What this machine can run. */
import { driverVersion } from 'digits/device/nvidia';
import { machineName, WITH_LIBRARIES } from 'tfjs-graph/addon/libraries';

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
