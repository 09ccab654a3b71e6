/** The description of a compiled addon. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';

/** Adds two numbers with an addon, and multiplies bytes by 70 columns, in a separate process. */
export function compute(addon: string): string {
  const tfjs = join(dirname(addon), '..', '..');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return execFileSync(process.execPath, [join(__dirname, 'compute.cjs'), tfjs], {
    env,
    encoding: 'utf8',
  }).trim();
}
