import { deepEqual, equal } from 'node:assert/strict';
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
