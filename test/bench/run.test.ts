import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { measureEpochs } from '../../lib/bench/epochs';
import type { Report } from '../../lib/bench/report';
import type { Row } from '../../lib/bench/rows';
import { thisMachine } from '../../lib/setup/machine';
import { projectRoot } from '../../lib/setup/paths';

const cli = join(projectRoot, 'lib', 'bench', 'cli.ts');
const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, [tsx, cli, '--lang', 'en', ...args], { cwd: projectRoot });

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
    const file = join(projectRoot, 'build', 'bench.partial.json');
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
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
