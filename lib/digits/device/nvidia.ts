/** Detects NVIDIA's driver and GPU without loading either. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Returns the version of the NVIDIA driver, such as `570.86.15`; undefined without a driver. The version is
 * empty if unknown, as in WSL: Windows' driver provides a library but no file in `/proc`.
 *
 * @param root the folder used as `/`.
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
 * Returns the model of the first GPU available to this process from `nvidia-smi`, such as `NVIDIA T4`;
 * undefined without a GPU. The driver's own files would also list the host's GPUs in a container.
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
