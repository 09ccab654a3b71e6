/** What a compiled addon says of itself. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';

/** The RUNPATH of an ELF file for x64: entry 29 of its dynamic section, in the string table. */
export function runPath(file: string): string {
  const elf = readFileSync(file);
  const at = (offset: number) => Number(elf.readBigUInt64LE(offset));
  const sections = Array.from({ length: elf.readUInt16LE(60) }, (_, i) => {
    const header = at(40) + i * elf.readUInt16LE(58);
    return {
      type: elf.readUInt32LE(header + 4),
      offset: at(header + 24),
      size: at(header + 32),
      link: elf.readUInt32LE(header + 40),
    };
  });
  const dynamic = sections.find(({ type }) => type === 6);
  if (!dynamic) return '';
  const strings = itemAt(sections, dynamic.link).offset;
  for (let entry = dynamic.offset; entry < dynamic.offset + dynamic.size; entry += 16) {
    if (at(entry) !== 29) continue;
    const start = strings + at(entry + 8);
    return elf.toString('utf8', start, elf.indexOf(0, start));
  }
  return '';
}

/** Adds two numbers with an addon, and multiplies bytes by 70 columns, in a process of its own. */
export function compute(addon: string): string {
  const tfjs = join(dirname(addon), '..', '..');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return execFileSync(process.execPath, [join(__dirname, 'compute.cjs'), tfjs], {
    env,
    encoding: 'utf8',
  }).trim();
}
