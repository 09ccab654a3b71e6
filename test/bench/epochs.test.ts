import { deepEqual, equal, match } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EpochPlan, measureEpochs } from '../../lib/bench/epochs';
import { lessonRows, type Row } from '../../lib/bench/rows';
import { temporaryFolder } from '../folder';

describe('a peer of the benchmark', () => {
  const folder = temporaryFolder();
  const rowOf = (name: string, program: string): Row => {
    const file = join(folder, `${name}.cjs`);
    writeFileSync(file, program);
    return { name, title: name, command: { program: process.execPath, args: [file] } };
  };
  /** Trains immediately, and returns the number of epochs as the loss. */
  const good = `
    const say = message => console.log('@bench ' + JSON.stringify(message));
    say({ event: 'ready' });
    let { loss } = JSON.parse(process.env.DIGITS_BENCH_PROBLEM);
    require('node:readline').createInterface({ input: process.stdin }).on('line', line =>
      say({ event: 'done', seconds: 0.001, peak: 7, loss: ++loss }));`;

  const measure = async (rows: readonly Row[], more: Partial<EpochPlan> = {}) => {
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    const plan = { turns: 2, epochs: 3, ...more };
    return { results: await measureEpochs('all', rows, { loss: 0 } as never, plan, say), lines };
  };

  it('trains epoch by epoch, in a fresh process each turn, and ends with its memory', async () => {
    const { results, lines } = await measure([rowOf('good', good)]);
    const epoch = { event: 'done', seconds: 0.001, peak: 7 };
    const process = [1, 2, 3].map(loss => ({ ...epoch, loss }));
    deepEqual(results[0]?.processes, [process, process]);
    equal(lines[5], 'all · 2.3 · good 0.001');
  });

  it('ends early if its epochs take long, and lets the others go on', async () => {
    const slow = rowOf('slow', good.replace('seconds: 0.001', 'seconds: 7'));
    const fast = rowOf('fast', good.replace('seconds: 0.001', 'seconds: 2'));
    const { results } = await measure([slow, fast], { turns: 1, epochs: 4, seconds: 6 });
    // The first epochs compile, so the six seconds exclude the first epochs.
    deepEqual(
      results.map(row => row.byProcess(seconds => seconds)[0]),
      [
        [7, 7],
        [2, 2, 2, 2],
      ],
    );
  });

  it('trains alternately with another, which begins every other time, in all turns', async () => {
    const { lines } = await measure([rowOf('a', good), rowOf('b', good)], { turns: 2, epochs: 2 });
    deepEqual(
      lines.map(line => line.replace(/ 0\.001/g, '')),
      ['all · 1.1 · a · b', 'all · 1.2 · b · a', 'all · 2.1 · b · a', 'all · 2.2 · a · b'],
    );
  });

  it('that ends or cannot run here takes no other row with it, and its last words are told', async () => {
    const bad = rowOf('bad', `console.error('\\x1b[31mno such library\\x1b[0m'); process.exit(3)`);
    const absent: Row = { ...rowOf('absent', ''), command: undefined };
    const withoutProgram: Row = {
      ...absent,
      name: 'none',
      command: { program: '/nowhere/python', args: [] },
    };
    const { results, lines } = await measure([bad, absent, withoutProgram, rowOf('good', good)]);
    const [ended, unable, missing, trained] = results.map(({ trouble }) => trouble);
    deepEqual(
      [ended, unable, trained],
      ['Expected "ready" but it ended.\nno such library', 'not on this machine', undefined],
    );
    match(missing ?? '', /ENOENT/);
    match(lines.join('\n'), /^all · bad: .*\nno such library$/m);
    equal(results[3]?.processes.length, 2);
  });
});

it('keeps the rows of the benchmark that do not name the graphics card off it', () => {
  for (const { name, command } of lessonRows(true, 'NVIDIA T4')) {
    equal(command?.env?.CUDA_VISIBLE_DEVICES === '-1', !name.endsWith('gpu'), name);
  }
});
