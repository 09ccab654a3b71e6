import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureEpochs } from '../../../lib/tools/bench/epochs';
import { chosen, lessonRows, type Problem, type Row } from '../../../lib/tools/bench/rows';
import { temporaryFolder } from '../../folder';

describe('a peer of the benchmark', () => {
  const folder = temporaryFolder();
  const rowOf = (name: string, program: string): Row => {
    const file = join(folder, `${name}.cjs`);
    writeFileSync(file, program);
    return { name, title: name, command: { program: process.execPath, args: [file] } };
  };
  /** Trains in no time at all, and says as its loss how many epochs it has had. */
  const good = `
    const say = message => console.log('@bench ' + JSON.stringify(message));
    say({ event: 'ready', versions: { Peer: '1' } });
    let loss = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', line =>
      line === 'go'
        ? say({ event: 'done', seconds: 0.001, cpu: 0, loss: ++loss })
        : (say({ event: 'end', peak: 7 }), process.exit()));`;
  const plan = { turns: 2, epochs: 3, retries: 0 };

  /** A machine that is idle but for the epochs of these numbers, in the order in which they come. */
  const busyIn = (...epochs: number[]) => {
    let readings = 0;
    let busy = 0;
    return () => {
      const [epoch, isEnd] = [Math.floor(readings / 2), readings++ % 2 === 1];
      if (isEnd && epochs.includes(epoch)) busy += 100;
      return { busy, all: 0, at: 0, cores: 2 };
    };
  };
  const measure = async (rows: readonly Row[], more = {}, readTime = busyIn()) => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const options = { ...plan, ...more };
    const results = await measureEpochs('all', rows, {} as Problem, options, say, readTime);
    return { results, said };
  };

  it('trains epoch by epoch, in a fresh process each turn, and ends with its memory', async () => {
    const { results, said } = await measure([rowOf('good', good)]);
    const [{ losses, seconds, first = [], peak, versions } = {} as never] = results;
    deepEqual([losses, seconds.length, first.length], [[1, 2, 3], 4, 2]);
    deepEqual([peak, versions], [[7, 7], { Peer: '1' }]);
    equal(said[5], 'all · 2.3 · good 0.001');
  });

  it('trains an epoch again that others disturbed, the first one in a fresh process', async () => {
    const lossesWith = async (retries: number, ...disturbed: number[]) => {
      const more = { turns: 1, retries };
      const { results, said } = await measure([rowOf('good', good)], more, busyIn(...disturbed));
      return [results[0]?.losses, results[0]?.disturbed, said.map(line => line.includes('*'))];
    };
    deepEqual(await lossesWith(3, 0, 1), [[1, 2, 3], 0, [false, false, false]]);
    deepEqual(await lossesWith(3, 1, 2, 4), [[1, 2, 3, 4, 5, 6], 0, [false, false, false]]);
    deepEqual(await lossesWith(1, 0, 1, 2, 3), [[1, 2, 3, 4], 2, [true, true, false]]);
  });

  it('ends early if its epochs take long, and lets the others go on', async () => {
    const slow = rowOf('slow', good.replace('seconds: 0.001', 'seconds: 7'));
    const fast = rowOf('fast', good.replace('seconds: 0.001', 'seconds: 2'));
    const { results } = await measure([slow, fast], { turns: 1, epochs: 4, seconds: 6 });
    // Its one epoch, the first, stands for the steady ones.
    deepEqual(
      results.map(({ seconds }) => seconds),
      [[7], [2, 2, 2]],
    );
  });

  it('that ends or cannot run here takes no other row with it, and its last words are told', async () => {
    const bad = rowOf('bad', `console.error('\\x1b[31mno such library\\x1b[0m'); process.exit(3)`);
    const absent: Row = { ...rowOf('absent', ''), command: undefined };
    const { results, said } = await measure([bad, absent, rowOf('good', good)]);
    deepEqual(
      results.map(({ trouble }) => trouble),
      ['Expected "ready" but it ended.\nno such library', 'not on this machine', undefined],
    );
    match(said.join('\n'), /^all · bad: .*\nno such library$/m);
    equal(results[2]?.peak?.length, 2);
  });
});

describe('the rows of the benchmark', () => {
  const offer = { python: 'python', native: true, card: 'NVIDIA T4' };
  const onCard = ['gpu', 'stock-gpu'];

  it('are all, with those on the card if there is one, or those asked for', () => {
    const names = (rows: readonly Row[]) => rows.map(({ name }) => name);
    const without = lessonRows({ ...offer, card: undefined });
    deepEqual(
      names(chosen(lessonRows(offer))).filter(name => !names(chosen(without)).includes(name)),
      onCard,
    );
    deepEqual(names(chosen(without, ['wasm', 'native'])), ['native', 'wasm']);
    equal(chosen(without, ['gpu'])[0]?.command, undefined);
  });

  it('keep every other one off the card', () => {
    for (const { name, command } of lessonRows(offer)) {
      equal(command?.env?.CUDA_VISIBLE_DEVICES === '-1', !onCard.includes(name), name);
    }
  });
});
