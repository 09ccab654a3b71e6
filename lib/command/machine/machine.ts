/** Detects the capabilities of this machine. */
import { driverVersion } from 'digits/device/nvidia';
import { hasGlibc } from './platform.mjs';

export interface Machine {
  /** Platform and architecture, such as `linux-x64`. */
  readonly name: string;
  /** Whether TensorFlow's native engine can be compiled here. The fallback is WebAssembly. */
  readonly native: boolean;
  /** Whether this platform is tested. Elsewhere, a failed step falls back to WebAssembly. */
  readonly tried: boolean;
  /** Whether an NVIDIA driver is usable. */
  readonly gpu: boolean;
}

/** Platforms with a wheel of TensorFlow's libraries. The value is true for tested platforms. */
const WHEEL_PLATFORMS: Readonly<Record<string, boolean>> = {
  'linux-x64': true,
  'linux-arm64': false,
  'darwin-arm64': false,
};

/** Returns a machine's name, such as `linux-x64` or, without the glibc that TensorFlow needs, `linux-x64 (musl)`. */
export const machineName = (
  platform: string = process.platform,
  arch: string = process.arch,
  isMusl = platform === 'linux' && !hasGlibc(),
): string => `${platform}-${arch}${isMusl ? ' (musl)' : ''}`;

export const isNativeDisabled = (env: NodeJS.ProcessEnv = process.env): boolean =>
  env.DIGITS_NATIVE === '0';

/**
 * Detects this machine. `DIGITS_NATIVE=0` disables the native engine. `DIGITS_GPU=0` or `1` overrides driver
 * detection.
 *
 * @param root the file system's root, replaceable in tests
 */
export function thisMachine(
  env: NodeJS.ProcessEnv = process.env,
  root = '/',
  platform: string = process.platform,
  arch: string = process.arch,
): Machine {
  const name = machineName(platform, arch);
  const tried = WHEEL_PLATFORMS[name] ?? false;
  const native = name in WHEEL_PLATFORMS && !isNativeDisabled(env);
  const hasDriver = driverVersion(root) !== undefined;
  const gpu = native && tried && (env.DIGITS_GPU ? env.DIGITS_GPU !== '0' : hasDriver);
  return { name, native, tried, gpu };
}
