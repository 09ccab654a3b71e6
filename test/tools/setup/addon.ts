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
  const script = `
    const util = require('node:util');
    util.isNullOrUndefined ??= value => value == null;
    util.isArray ??= Array.isArray;
    const tf = require(process.argv[1]);
    const { binding } = tf.backend();
    const bytes = binding.createTensor([1, 3], binding.TF_UINT8, Uint8Array.of(2, 0, 4));
    const ones = binding.createTensor([3, 70], binding.TF_FLOAT, new Float32Array(210).fill(1));
    const [masks] = binding.executeOp('ByteMasks', [], [bytes], 1);
    const [{ id }] = binding.executeOp('ByteMatMul', [], [bytes, masks.id, ones], 1);
    const product = new Set(binding.tensorDataSync(id));
    console.log(tf.getBackend(), tf.add(1, 2).dataSync()[0], ...product);`;
  const tfjs = join(dirname(addon), '..', '..');
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  return execFileSync(process.execPath, ['-e', script, tfjs], { env, encoding: 'utf8' }).trim();
}
