/** `npm start` ends when it is told to, at every moment, and leaves nothing behind. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../lib/tools/project/free-port';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { ownPort } from '../../own';
import { beginChance, seed } from '../../seed';
import { CTRL_C, NpmStart } from './npm-start';

/** The milliseconds within which the terminal is free again: a promise to who waits for it, not a speed. */
const FREE = 6_000;

describe('npm start, told to end', function () {
  this.timeout(200_000);
  this.retries(1);

  const folder = mkdtempSync(join(tmpdir(), 'digits-moments-'));
  const started: NpmStart[] = [];
  let port: number;
  before(async function () {
    if (!existsSync('/proc/self/environ')) this.skip(); // by which what is left is found
    port = await ownPort();
  });
  afterEach(() => {
    for (const each of started.splice(0)) each.killAll();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function start(place = 0, terminal = true): Promise<NpmStart> {
    const free = String(await freePort(port + 10 * place));
    const opened = new NpmStart(['--no-browser', '--port', free], { terminal });
    started.push(opened);
    return opened;
  }

  /** Tells it to end, and sees to it that it does, without a word, and that nothing is left. */
  async function ends(opened: NpmStart, tell: () => unknown): Promise<void> {
    tell();
    if ((await Promise.race([opened.ended, sleep(FREE, 'late')])) === 'late')
      throw new Error(`It goes on.\n${opened.output}`);
    deepEqual(await opened.leaves(FREE), []);
    doesNotMatch(opened.output, /Traceback|Error|^\s+at |by itself|npm error/im);
  }

  it(`by Ctrl+C at twenty moments of its first three seconds; seed ${seed}`, async () => {
    beginChance('moments of Ctrl+C');
    const moments = Array.from({ length: 20 }, (_, i) => (i + Math.random()) * 150);
    const waiting = [...moments.entries()];
    const faults: string[] = [];
    const inTurn = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [place, moment] = next;
        const opened = await start(place);
        await opened.begun();
        await sleep(moment);
        await ends(opened, () => opened.type(CTRL_C)).catch((error: Error) =>
          faults.push(`after ${moment.toFixed(0)} ms: ${error.message}`),
        );
      }
    };
    await Promise.all([inTurn(), inTurn(), inTurn()]);
    deepEqual(faults, []);
  });

  const ways: [string, boolean, (opened: NpmStart) => unknown][] = [
    ['Ctrl+C', true, opened => opened.type(CTRL_C)],
    ['the closing of its terminal', true, opened => opened.signal('SIGKILL')],
    ['a signal to npm alone', false, opened => opened.signal('SIGTERM')],
  ];
  for (const [way, terminal, tell] of ways) {
    it(`by ${way} while a kernel waits and another runs without end`, async () => {
      const opened = await start(0, terminal);
      const url = await opened.ready();
      const headers = { Authorization: `token ${url.searchParams.get('token')}` };
      const kernel = async () => {
        const init = { headers, method: 'POST', body: '{"name": "tslab"}' };
        return (await (await fetch(new URL('/api/kernels', url), init)).json()).id as string;
      };
      await kernel();
      const busy = await kernel();
      await promisify(execFile)(pythonEnvironment().program('python'), [
        join(__dirname, 'busy.py'),
        join(projectRoot, 'build', 'jupyter', 'runtime', `kernel-${busy}.json`),
        join(folder, busy),
      ]);
      await ends(opened, () => tell(opened));
    });
  }

  it('by Ctrl+C twice', async () => {
    const opened = await start();
    await opened.ready();
    await ends(opened, async () => {
      opened.type(CTRL_C);
      await sleep(600);
      opened.type(CTRL_C);
    });
  });

  it('by nobody: it fails and names the doctor when JupyterLab ends by itself', async () => {
    const opened = await start(0, false);
    await opened.ready();
    opened.killPart(/serve\.py/);
    equal(await opened.ended, 1);
    match(opened.output, /JupyterLab stopped unexpectedly \(SIGKILL\).*npm run doctor/);
    deepEqual(await opened.leaves(FREE), []);
  });
});
