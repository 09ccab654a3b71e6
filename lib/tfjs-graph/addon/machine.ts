import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The machines for which there is a wheel with TensorFlow's libraries, and whether they were tried. */
export const WITH_LIBRARIES: Readonly<Record<string, boolean>> = {
  'linux-x64': true,
  'linux-arm64': false,
  'darwin-arm64': false,
};

/**
 * Returns the name of a machine, such as `linux-x64`. TensorFlow's wheels are built for Linux with glibc;
 * Alpine has musl, and says so in its name.
 *
 * @param root the folder that stands for `/`.
 */
export function machineName(
  root = '/',
  platform: string = process.platform,
  arch: string = process.arch,
): string {
  const musl = existsSync(join(root, 'etc', 'alpine-release'));
  return `${platform}-${arch}${musl ? ' (musl)' : ''}`;
}
