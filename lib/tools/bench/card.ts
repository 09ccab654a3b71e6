/** The NVIDIA card that rows may train on. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The name of the first card, such as `NVIDIA T4`; undefined where `nvidia-smi` names none. */
export async function findCard(program = 'nvidia-smi'): Promise<string | undefined> {
  const question = ['--query-gpu=name', '--format=csv,noheader'];
  try {
    const { stdout } = await promisify(execFile)(program, question, { timeout: 30_000 });
    return stdout.split('\n', 1)[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
