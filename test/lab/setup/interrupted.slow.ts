// run: alone
/** Set-up for real: cut off, without room, two at once; and then whole. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { itemAt } from '../../../lib/digits/item-at';
import { commandOf } from '../../processes';
import { seed } from '../../seed';
import { survive } from '../../survive';
import { draw, FREE, waysTo } from '../endings';
import { type Copy, sharedCopy } from './copy';
import { type Outcome, sayingOf, until } from './support';

const languages = ['en', 'zh'] as const;

/** Nobody answers at the mirrors. */
const closed = {
  npm_config_fetch_retries: '0',
  PIP_RETRIES: '0',
  npm_config_registry: 'http://127.0.0.1:9/',
  PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
};

/** Set-up itself, the npm that has started set-up, or all processes of the group. */
const PARTS = ['itself', 'npm', 'group'] as const;

interface Moment {
  /** Says who is told to end. */
  readonly index: number;
  /** The point from which the delay counts. */
  readonly from: () => boolean;
  /** Milliseconds. */
  readonly delay: number;
  /** Whether the command ended before the interruption. */
  readonly done: () => boolean;
  /** Removing these files and folders reverts the work. */
  readonly undo: readonly string[];
  readonly env?: Record<string, string>;
}

/** Starts and ends set-up; child processes must end soon, and no data may be lost. */
async function killSetUp(copy: Copy, moment: Moment): Promise<void> {
  const { index, from, delay, done, undo, env } = moment;
  for (const name of undo) rmSync(resolve(copy.root, name), { recursive: true, force: true });
  const whom = itemAt(PARTS, index % PARTS.length);
  const signal = draw(waysTo(whom === 'itself' ? 'node' : whom))[0] as NodeJS.Signals;
  const throughNpm = whom === 'npm' && { npm: 'yes' };
  const { child, output } = copy.start('setup', [], { ...env, ...throughNpm });
  await until(() => from() || child.exitCode !== null);
  await sleep(delay);
  const ended = child.exitCode !== null;
  const pid = { itself: child.pid, npm: child.pid, group: -(child.pid ?? 0) }[whom];
  if (pid && !ended) process.kill(pid, signal);
  const signalTime = performance.now();
  await until(() => copy.processes().length === 0 || performance.now() - signalTime > FREE);
  deepEqual(copy.processes().map(commandOf), [], `left by ${signal} to ${whom}`);
  doesNotMatch(output(), /^\s+at /m);
  copy.assertNothingLost();
  // Set-up was quicker than the delay.
  if (ended || done()) await killSetUp(copy, { ...moment, delay: delay / 2 });
}

/** npm, and the step that makes `.venv`, write these files last. */
const npmRecord = 'node_modules/.package-lock.json';
const venvStamp = '.venv/digits-venv.json';

describe('set-up in a folder with spaces and Chinese characters', () => {
  let copy: Copy;
  /** Variables that npm needs; without a Python, set-up ends after the npm packages. */
  let npmAlone: Record<string, string>;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    copy = sharedCopy();
    npmAlone = { PATH: await copy.pathOf('npm', 'node', 'sh') };
  });

  function refused({ code, output }: Outcome, message: RegExp) {
    equal(code, 1, output);
    match(output, message);
    equal(/\bat .*\.m?[jt]s:\d/.test(output), false, output);
    copy.assertNothingLost();
  }

  const exists = (name: string) => () => existsSync(copy.path(name));

  it('explains that the npm packages need room', async function () {
    if (!copy.hasDisk) this.skip(); // needs root and 8 GB of memory free
    await survive('setup', 'a full disk while installing the npm packages', 3, async index => {
      const language = languages[index % 2] ?? 'en';
      // None even for set-up's own files, then some.
      const outcome = await copy.withRoom(index < 2 ? 0 : 40, () =>
        copy.run('setup', ['--lang', language]),
      );
      refused(outcome, sayingOf(language, 'diskFull'));
    });
  });

  it(`continues after it was killed at the npm packages, seed ${seed}`, () =>
    survive('setup', 'killed while installing the npm packages', 4, async index => {
      await killSetUp(copy, {
        index,
        from: exists('node_modules'),
        delay: Math.random() * 10_000,
        done: exists(npmRecord),
        undo: [npmRecord],
        env: npmAlone,
      });
      match((await copy.run('doctor')).output, /✖ npm packages: missing or incomplete/);
    }));

  it(`continues after it was killed at the Python environment, seed ${seed}`, () =>
    survive('setup', 'killed while creating the Python environment', 3, async index => {
      // Twice while uv is fetched; and just as the environment exists.
      const last = index === 2;
      await killSetUp(copy, {
        index,
        from: exists(last ? '.venv' : 'build/setup/uv'),
        delay: last ? 0 : Math.random() * 2_000,
        done: exists(venvStamp),
        undo: ['.venv', 'build/setup/uv'],
      });
    }));

  it('explains that the Python packages need room', async function () {
    if (!copy.hasDisk) this.skip();
    await survive('setup', 'a full disk while installing the Python packages', 2, async index => {
      const language = languages[index] ?? 'en';
      const outcome = await copy.withRoom(60, () => copy.run('setup', ['--lang', language]));
      refused(outcome, sayingOf(language, 'diskFull'));
    });
  });

  it(`continues after it was killed at the Python packages, seed ${seed}`, () =>
    survive('setup', 'killed while installing the Python packages', 3, async index => {
      // A surviving uv would complete unnoticed.
      const unpacks = exists('../cache/uv/archive-v0');
      const isFirst = index === 0;
      await killSetUp(copy, {
        index,
        from: () => exists(venvStamp)() && (!isFirst || unpacks()),
        delay: isFirst ? 0 : Math.random() * 3_000,
        done: () => readdirSync(copy.packages).some(name => /^jupyterlab-\d.*info$/.test(name)),
        undo: ['.venv', '../cache/uv'],
      });
      match((await copy.run('doctor')).output, /✖ Python packages: missing: jupyterlab==/);
    }));

  it(`continues after it was killed at TensorFlow’s libraries, seed ${seed}`, () =>
    survive('setup', 'killed while downloading TensorFlow’s libraries', 2, async index => {
      const isHalf = (name: string) => /^tensorflow_cpu.*\.half$/.test(name);
      await killSetUp(copy, {
        index,
        from: () => exists('../cache')() && readdirSync(copy.cache).some(isHalf),
        delay: Math.random() * 2_000,
        done: exists('build/tensorflow'),
        undo: ['build/tensorflow', '../cache'],
      });
      match((await copy.run('doctor')).output, /✖ TensorFlow’s libraries\n {2}→ npm run setup/);
    }));

  it('finishes once where two are started at once, which begin with the npm packages', () =>
    survive('setup', 'two at once, from start to finish', 1, async () => {
      rmSync(copy.path(npmRecord), { force: true });
      const both = await Promise.all([1, 2].map(() => copy.run('setup')));
      for (const { code, output } of both) {
        equal(code, 0, output);
        match(output, /Ready\. npm start opens the lesson/);
      }
      // After the npm packages, both processes may wait for each other again.
      const first = both.map(({ output }) => output.split('✔ npm packages')[0] ?? '');
      equal(first.filter(line => /Another set-up \(process \d+\)/.test(line)).length, 1);
      copy.assertNothingLost();
      await copy.succeeds('doctor');
      // Leftovers of killed processes are gone.
      equal(existsSync(copy.path('build', 'setup', 'lock')), false);
    }));

  it(`continues after it was killed at the engine or the kernel, seed ${seed}`, () =>
    survive('setup', 'killed while compiling the engine', 3, async index => {
      // Twice during the compilation; and just as the addon exists, but hardly the kernel.
      const processes = index === 1 ? 4 : 2; // set-up and the guard; also npm and its shell
      const last = index === 2;
      await killSetUp(copy, {
        index,
        from: last ? () => existsSync(copy.addon) : () => copy.processes().length > processes,
        delay: last ? 0 : Math.random() * 3_000,
        done: () => !last && existsSync(copy.addon),
        undo: [copy.addon, copy.kernel, '../cache/others'],
        env: { TFJS_GRAPH_CACHE: join(copy.cache, 'others') },
      });
      if (!last) equal((await copy.run('doctor')).code, 1);
      await copy.succeeds('setup');
      await copy.succeeds('doctor');
      deepEqual(readdirSync(join(copy.addon, '..', '..')), ['napi-v8']);
    }));

  it('needs no network once it is done', async () => {
    const output = await copy.succeeds('setup', ['--lang', 'zh'], closed);
    match(output, /全部已经装好。npm start 打开课程。/);
  });

  it('leaves an installation that trains the lesson on the real kernel', async () => {
    const output = await copy.succeeds('lesson', ['--lang', 'en']);
    ok(existsSync(copy.path('build', 'lesson.en.html')));
    match(output, /accuracy/);
    copy.assertNothingLost();
  });
});
