import { deepEqual, rejects } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { survive, table } from './survive';
import { readData } from './texts';

describe('the table of faults in test/README.md', () => {
  it('has a line for every fault that the tests try, and none else', () => {
    const call = /\bsurvive\(\s*'\w+',\s*(?:'([^']*)'|"([^"]*)")/g;
    const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
    const tried = files
      .filter(file => /\.(test|system|slow|alone)\.ts$/.test(file) && !file.includes('survive'))
      .flatMap(file => [...readFileSync(`${__dirname}/${file}`, 'utf8').matchAll(call)])
      .map(([, plain, quoted]) => plain ?? quoted);
    const inData = Object.keys(readData<object>('tools/setup/mended.yml'));
    const named = Array.from(table.keys(), fault => fault.replace(/^[^:]*: /, ''));
    deepEqual(named.sort(), [...new Set([...tried, ...inData])].sort());
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
