import { deepEqual, rejects } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { survive, table } from './survive';
import { readData } from './texts';

describe('the table of faults in test/README.md', () => {
  it('has no line that no test tries', () => {
    const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
    const sources = files
      .filter(file => /\.(test|system|slow|alone)\.ts$/.test(file))
      .map(file => readFileSync(`${__dirname}/${file}`, 'utf8'))
      .filter(source => source.includes("/survive'"))
      .join();
    const inData = readData<object>('lab/setup/mended.yml');
    const faults = Array.from(table.keys(), fault => fault.replace(/^[^:]*: /, ''));
    const hasTest = (fault: string) =>
      fault in inData || [`'${fault}'`, `"${fault}"`].some(literal => sources.includes(literal));
    deepEqual(
      faults.filter(fault => !hasTest(fault)),
      [],
    );
  });

  it('is held against what is tried, after every trial', async () => {
    const tried: number[] = [];
    const trial = (index: number) => void tried.push(index);
    await survive('data', 'a mirror down', 2, trial);
    await rejects(survive('data', 'a mirror down', 3, trial), /\| Data: a mirror down \| 3 \|$/);
    deepEqual(tried, [0, 1, 0, 1, 2]);
    const failing = (index: number) => {
      trial(index);
      if (index < 2) throw new Error(`trial ${index}`);
    };
    await rejects(survive('data', 'a mirror down', 2, failing), /trial 0/);
    deepEqual(tried.slice(5), [0, 1]);
  });
});
