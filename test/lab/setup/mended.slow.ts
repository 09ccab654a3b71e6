// run: alone
/** Damages a real installation: the doctor names the damage, and set-up repairs nothing else. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tables } from '../../../lib/command/output/messages';
import { itemAt } from '../../../lib/digits/item-at';
import { survive } from '../../survive';
import { readData } from '../../texts';
import { compute } from './addon';
import { type Copy, sharedCopy } from './copy';
import { sayingOf } from './support';

interface Fault {
  readonly damage: string;
  readonly doctor: string;
  readonly repaired: string;
}

describe('a damaged installation', () => {
  let copy: Copy;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    copy = sharedCopy();
    await copy.succeeds('setup');
  });

  async function repairs({ damage, doctor, repaired }: Fault) {
    const file = join(copy.packages, 'of_my_own.py');
    writeFileSync(file, '# written by a learner');
    const library = copy.path('build/tensorflow/tensorflow/libtensorflow_cc.so.2');
    const { ino } = statSync(library);
    execFileSync('sh', ['-c', damage], { cwd: copy.root, stdio: 'pipe' });
    const { code, output } = await copy.run('doctor');
    equal(code, 1, output);
    match(output, new RegExp(`^✖ ${doctor}.*\\n {2}→ npm run setup$`, 'm'));
    match(await copy.succeeds('setup'), new RegExp(`✔ ${repaired}`));
    await copy.succeeds('doctor');
    equal(readFileSync(file, 'utf8'), '# written by a learner');
    equal(statSync(library).ino !== ino, damage.includes('libtensorflow'), 'TensorFlow replaced');
    copy.assertNothingLost();
  }

  for (const [fault, faults] of Object.entries(
    readData<Record<string, Fault[]>>('lab/setup/mended.yml'),
  )) {
    it(`is repaired after ${fault}`, () =>
      survive('setup', fault, faults.length, index => repairs(itemAt(faults, index))));
  }

  /** Removes the addon. Returns variables without a C++ compiler and with an empty cache. */
  async function withoutAddon() {
    rmSync(copy.addon);
    const PATH = await copy.pathOf('npm', 'node', 'python3');
    return { PATH, TFJS_GRAPH_CACHE: mkdtempSync(join(copy.cache, 'empty-')) };
  }

  it('gets an addon compiled by ziglang if there is no C++ compiler', () =>
    survive('setup', 'no C++ compiler', 1, async () => {
      const output = await copy.succeeds('setup', [], await withoutAddon());
      match(output, /native engine: ziglang/);
      equal(compute(copy.addon), 'tensorflow 3 6');
      deepEqual(readdirSync(join(copy.addon, '..', '..')), ['napi-v8']);
      copy.assertNothingLost();
    }));

  it('keeps the addon’s folder without a C++ compiler and a network to fetch one, and names both', () =>
    survive('setup', 'neither a C++ compiler nor a network', 2, async index => {
      const language = itemAt(['en', 'zh'] as const, index);
      const env = { ...(await withoutAddon()), UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple' };
      writeFileSync(copy.addon, 'x'.repeat(1_000 * index));
      const { code, output } = await copy.run('setup', ['--lang', language], env);
      equal(code, 1, output);
      ok(output.includes(tables[language].setup.fetchingCompiler), output);
      match(output, sayingOf(language, 'network'));
      equal(readdirSync(dirname(copy.addon)).length, 2);
    }));
});
