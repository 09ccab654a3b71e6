import { deepEqual, equal } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCard } from '../../../lib/tools/bench/card';
import { allRows, chosenRows } from '../../../lib/tools/bench/rows';

const offer = { python: 'python', native: true, compiler: true };
const namesOf = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);
const onCard = ['gpu', 'stock-gpu'];

describe('the rows', () => {
  it('have some on the card, with its name, where there is one', () => {
    const rows = chosenRows(allRows({ ...offer, card: 'NVIDIA T4' }));
    const titles = rows.filter(({ name }) => onCard.includes(name)).map(({ title }) => title);
    deepEqual(titles, ['digits · NVIDIA T4', 'TensorFlow.js · NVIDIA T4']);
  });

  it('have none on a card where there is none, unless one is asked for by name', () => {
    const rows = allRows(offer);
    deepEqual(
      namesOf(chosenRows(rows)).filter(name => onCard.includes(name)),
      [],
    );
    const [asked] = chosenRows(rows, ['gpu']);
    deepEqual([asked?.name, asked?.command], ['gpu', undefined]);
  });

  it('keep every other one off the card', () => {
    for (const { name, command } of allRows({ ...offer, card: 'NVIDIA T4' })) {
      const hidden = command?.env?.CUDA_VISIBLE_DEVICES === '-1';
      equal(hidden, !onCard.includes(name), name);
    }
  });

  it('are those asked for, in their own order', () => {
    deepEqual(namesOf(chosenRows(allRows(offer), ['wasm', 'native'])), ['native', 'wasm']);
  });
});

describe('findCard', () => {
  const folder = mkdtempSync(join(tmpdir(), 'digits-card-'));
  after(() => rmSync(folder, { recursive: true }));
  /** A program that stands in for `nvidia-smi`. */
  const saying = (script: string) => {
    const file = join(folder, `smi-${script.length}`);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };

  it('names the first card', async () => {
    const smi = `[ "$*" = "--query-gpu=name --format=csv,noheader" ] && printf 'NVIDIA A10G\\nNVIDIA T4\\n'`;
    equal(await findCard(saying(smi)), 'NVIDIA A10G');
  });

  it('finds none without the program, or where it fails or names none', async () => {
    equal(await findCard(join(folder, 'nowhere')), undefined);
    equal(await findCard(saying('echo "No devices were found"; exit 6')), undefined);
    equal(await findCard(saying('true')), undefined);
  });
});
