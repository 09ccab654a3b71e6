import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureEpochs } from '../../../lib/tools/bench/epochs';
import type { Report } from '../../../lib/tools/bench/report';
import { describe as describeReport } from '../../../lib/tools/bench/report-text';
import type { Row } from '../../../lib/tools/bench/rows';
import { thisMachine } from '../../../lib/tools/project/machine';
import { projectRoot } from '../../../lib/tools/project/paths';
import { bench, reportIn } from './bench';
import { reportOf } from './report';

describe('npm run bench', () => {
  const whole = join(projectRoot, 'build', 'bench.json');
  const age = () => (existsSync(whole) ? statSync(whole).mtimeMs : undefined);

  it('trains the rows asked for, prints their table and keeps a whole run as it was', async () => {
    const before = age();
    const name = thisMachine().native ? 'native' : 'wasm';
    const { stdout } = await bench('--quick', '--only', name);
    const title = name === 'native' ? 'native' : 'WebAssembly';
    match(stdout, new RegExp(`^digits · ${title}( +[\\d.–]+)+$`, 'm'));
    match(stdout, /^build\/bench\.partial\.json$/m);
    const report = reportIn<Report>('bench.partial.json');
    deepEqual(
      report.rows.map(row => row.name),
      [name],
    );
    const [{ first, steady, logs, peak } = {} as never] = report.rows[0]?.processes ?? [];
    equal(steady.length, 2);
    ok(first.seconds > 0 && peak > 0);
    ok((logs.val_accuracy ?? 0) > 0.8, `accuracy ${logs.val_accuracy}`);
    equal(age(), before);
  });

  it('names the rows where it is asked for another', async () => {
    await rejects(bench('--only', 'nobody'), /--only to name one of native, .*Received: nobody/);
  });
});

describe('a peer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'digits-bench-'));
  after(() => rmSync(folder, { recursive: true }));
  const rowOf = (name: string, program: string): Row => {
    const file = join(folder, `${name}.cjs`);
    writeFileSync(file, program);
    const command = { program: process.execPath, args: [file] };
    return { name, title: name, command, python: false, trains: true };
  };
  const problem = { images: '', labels: '', samples: 10, units: 1, batch: 1 };
  const plan = { turns: 2, epochs: 3, retries: 0 };
  /** Trains in no time at all, and says as its loss how many epochs it has had. */
  const good = `
    const say = message => console.log('@bench ' + JSON.stringify(message));
    say({ event: 'ready', versions: { Peer: '1' } });
    let loss = 0;
    require('node:readline').createInterface({ input: process.stdin }).on('line', line =>
      line === 'go'
        ? say({ event: 'done', seconds: 0.001, cpu: 0, logs: { loss: ++loss } })
        : (say({ event: 'end', peak: 7 }), process.exit()));`;

  it('trains epoch by epoch, in a fresh process each turn', async () => {
    const [result] = await measureEpochs([rowOf('good', good)], problem, plan, () => {});
    deepEqual(result?.versions, { Peer: '1' });
    const losses = result?.processes.map(({ first, steady }) => [
      first.logs.loss,
      ...steady.map(({ logs }) => logs.loss),
    ]);
    deepEqual(losses, [
      [1, 2, 3],
      [1, 2, 3],
    ]);
    equal(result?.processes[0]?.peak, 7);
  });

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
  /** What a row keeps of an epoch: the peer's count of it, and the mark where others disturbed it. */
  const kept = async (retries: number, ...disturbed: number[]) => {
    const said: string[] = [];
    const [result] = await measureEpochs(
      [rowOf('good', good)],
      problem,
      { turns: 1, epochs: 3, retries },
      line => said.push(line),
      busyIn(...disturbed),
    );
    const [{ first, steady } = {} as never] = result?.processes ?? [];
    const epochs = [first, ...steady].map(e => `${e.logs.loss}${e.disturbed ? '*' : ''}`);
    return { epochs, said, result };
  };

  it('trains an epoch again that others disturbed, the first one in a fresh process', async () => {
    deepEqual((await kept(3)).epochs, ['1', '2', '3']);
    deepEqual((await kept(3, 0, 1)).epochs, ['1', '2', '3']);
    deepEqual((await kept(3, 1, 2, 4)).epochs, ['1', '4', '6']);
  });

  it('keeps what stays disturbed, with a mark in what is said and in the table', async () => {
    const { epochs, said, result } = await kept(2, 0, 1, 2, 3, 4, 5);
    deepEqual(epochs, ['1*', '4*', '5']);
    deepEqual(
      said.map(line => line.replace(/.*·/, '')),
      [' good 0.001*', ' good 0.001*', ' good 0.001'],
    );
    match(describeReport(reportOf({ rows: result ? [result] : [] })), /^good .* 2$/m);
  });

  it('ends early where its epochs take long, and lets the others go on', async () => {
    const slow = rowOf('slow', good.replace('seconds: 0.001', 'seconds: 7'));
    const fast = rowOf('fast', good.replace('seconds: 0.001', 'seconds: 2'));
    const trained = async (seconds: number) => {
      const plan = { turns: 1, epochs: 5, seconds, retries: 0 };
      const results = await measureEpochs([slow, fast], problem, plan, () => {}, busyIn());
      return results.map(({ processes }) => processes[0]?.steady.map(({ logs }) => logs.loss));
    };
    deepEqual(await trained(100), [
      [2, 3, 4, 5],
      [2, 3, 4, 5],
    ]);
    // Its one epoch, the first, stands for the steady ones.
    deepEqual(await trained(6), [[1], [2, 3, 4]]);
    deepEqual(await trained(8), [[2], [2, 3, 4, 5]]);
  });

  it('that ends takes no other row with it, and its last words are told', async () => {
    const bad = rowOf('bad', `console.error('\\x1b[31mno such library\\x1b[0m'); process.exit(3)`);
    const said: string[] = [];
    const rows = [bad, rowOf('good', good)];
    const [broken, result] = await measureEpochs(rows, problem, plan, line => said.push(line));
    equal(broken?.trouble, 'Expected "ready" but it ended.\nno such library');
    match(said.join('\n'), /no such library/);
    equal(result?.processes.length, 2);
  });

  it('that cannot run here is left out and named', async () => {
    const absent: Row = { ...rowOf('absent', ''), command: undefined };
    const [result] = await measureEpochs([absent], problem, plan, () => {});
    equal(result?.trouble, 'not on this machine');
  });
});
