/** What a compiled addon says of itself. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Tells whether an addon has a folder as one of its own strings, as the RUNPATH of an ELF file is. */
export const names = (addon: string, folder: string): boolean =>
  readFileSync(addon).includes(`\0${folder}\0`);

/** Adds two numbers with an addon, and multiplies bytes by 70 columns, in a process of its own. */
export function compute(addon: string): string {
  const tfjs = join(dirname(addon), '..', '..');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return execFileSync(process.execPath, [join(__dirname, 'compute.cjs'), tfjs], {
    env,
    encoding: 'utf8',
  }).trim();
}
