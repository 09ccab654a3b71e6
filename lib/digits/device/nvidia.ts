/** NVIDIA's driver and GPU, as they show from outside: neither is loaded. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Returns the version of the NVIDIA driver, such as `570.86.15`; undefined if there is no driver.
 * It is empty if the driver does not tell, as in WSL: that of Windows leaves a library
 * there, and no file of its own in `/proc`.
 *
 * @param root the folder that stands for `/`.
 */
export function driverVersion(root = '/'): string | undefined {
  try {
    const text = readFileSync(join(root, 'proc', 'driver', 'nvidia', 'version'), 'utf8');
    return /^NVRM version:.*?\s(\d+(?:\.\d+)+)\s/m.exec(text)?.[1] ?? '';
  } catch {
    const inWsl = existsSync(join(root, 'usr', 'lib', 'wsl', 'lib', 'libcuda.so.1'));
    return inWsl ? '' : undefined;
  }
}

/**
 * Asks `nvidia-smi` for the model of the first GPU that this process may use, such as `NVIDIA T4`;
 * undefined where there is none. In a container the driver's own files name the host's GPUs as well.
 */
export async function gpuName(program = 'nvidia-smi'): Promise<string | undefined> {
  const question = ['--query-gpu=name', '--format=csv,noheader'];
  try {
    const { stdout } = await promisify(execFile)(program, question, { timeout: 30_000 });
    return stdout.split('\n', 1)[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
