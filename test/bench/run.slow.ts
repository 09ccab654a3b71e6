import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from '../../lib/bench/measurement';
import { models } from '../../lib/bench/models/models';
import { modelRows } from '../../lib/bench/rows';
import { thisMachine } from '../../lib/command/machine/machine';
import { projectRoot } from '../../lib/command/machine/paths';

const command = [join(projectRoot, 'lib', 'command', 'bootstrap.mjs'), 'bench'];

/** Runs `npm run bench` with these options; returns the output and the measurements. */
async function bench(...args: string[]) {
  const options = { cwd: projectRoot, maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)(process.execPath, [...command, ...args], options);
  const file = join(projectRoot, 'build', 'bench.json');
  return { stdout, measured: JSON.parse(readFileSync(file, 'utf8')) as Measurement[] };
}

describe('npm run bench', () => {
  it('trains the lesson in every row and prints their table', async () => {
    const names = 'native,keras-tf,keras-jax,torch,jax,wasm';
    const { stdout, measured } = await bench('--quick', '--only', names);
    match(stdout, /^│ ours · native( +│( [\d.]+)?)+$/m);
    for (const { name, trouble, processes } of measured) {
      const absent = name === 'native' && !thisMachine().native;
      equal(trouble, absent ? 'not on this machine' : undefined, name);
      const { peak = 0, loss = 1 } = processes[0]?.at(-1) ?? {};
      ok(absent || (peak > 0 && loss < 0.5), `${name} ${peak} ${loss}`);
    }
    deepEqual(measured.map(({ name }) => name).sort(), names.split(',').sort());
  });

  it('measures the lesson on the website', async () => {
    const { measured } = await bench('--quick', '--only', 'browser');
    deepEqual(
      measured.map(({ group, name, processes, trouble }) => [
        group,
        name,
        processes.length,
        trouble,
      ]),
      ['first cell', 'Run All', 'an epoch'].map(action => [
        `in the browser: ${action}`,
        'browser',
        1,
        undefined,
      ]),
    );
  });

  it('has models that every row trains, but where TensorFlow.js lacks an operation on WebAssembly', async function () {
    if (!thisMachine().native) this.skip();
    const { measured } = await bench('--models', '--quick');
    deepEqual(
      measured.map(({ group, name }) => `${group} ${name}`),
      models.flatMap(model => modelRows(true).map(({ name }) => `${model.name} ${name}`)),
    );
    const lacking = measured.filter(
      ({ name, trouble = '' }) => /wasm/.test(name) && /Kernel '\w+' not registered/.test(trouble),
    );
    for (const row of measured.filter(name => !lacking.includes(name))) {
      const which = `${row.group} ${row.name}`;
      equal(row.trouble, undefined, which);
      const epochs = row.processes[0] ?? [];
      ok(epochs.length > 0 && epochs.every(({ loss }) => Number.isFinite(loss)), which);
    }
    // Where stock can train a model, so can this project.
    const stock = lacking.filter(({ name }) => name === 'stock-wasm').map(({ group }) => group);
    for (const { name, group } of lacking) if (name === 'wasm') ok(stock.includes(group), group);
  });

  it('compares the working tree with a commit, which it sets up', async () => {
    const { stdout, measured } = await bench('--against', 'HEAD', '--quick', '--only', 'native');
    match(stdout, /^The working tree against HEAD \(\w{8}\), on .*, Node\.js [\d.]+/m);
    const isAbsent = !thisMachine().native;
    if (!isAbsent) match(stdout, /^│ native · five epochs +(│ [\d.]+ +){7}│$/m);
    for (const { name, processes, trouble } of measured) {
      equal(trouble, isAbsent ? 'not on this machine' : undefined);
      deepEqual([name, processes[0]?.length], ['native', isAbsent ? undefined : 5]);
    }
    equal(measured.length, 2);
  });

  it('names what there is if it is asked for something else, and its options', async () => {
    await rejects(bench('--only', 'nobody'), /--only to name one of native, .*Received: nobody/);
    await rejects(
      bench('--models', '--only', 'nobody'),
      /name one of dense, .*, stateful-lstm, native, .*nobody/,
    );
    await rejects(bench('--against', 'HEAD', '--only', 'torch'), /one of native, wasm.* torch/);
    await rejects(bench('--against'), /--against/);
    const { stdout } = await bench('--help');
    match(stdout, /--models[\s\S]*training 18 models[\s\S]*--against REF[\s\S]*--only NAME/);
  });
});
