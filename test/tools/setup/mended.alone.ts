/** Damages a real installation: the doctor names the damage, and set-up repairs nothing else. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { survive } from '../../survive';
import { readData } from '../../texts';
import { compute } from './addon';
import { type Copy, sharedCopy } from './copy';

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
    readData<Record<string, Fault[]>>('tools/setup/mended.yml'),
  )) {
    it(`is repaired after ${fault}`, () =>
      survive('setup', fault, faults.length, index => repairs(itemAt(faults, index))));
  }

  it('gets an addon compiled by ziglang if there is no C++ compiler', () =>
    survive('setup', 'no C++ compiler', 1, async () => {
      rmSync(copy.addon);
      const PATH = await copy.pathOf('npm', 'node', 'python3');
      const TFJS_GRAPH_CACHE = join(copy.cache, 'of nobody');
      const output = await copy.succeeds('setup', [], { PATH, TFJS_GRAPH_CACHE });
      match(output, /native engine: ziglang/);
      equal(compute(copy.addon), 'tensorflow 3 6');
      deepEqual(readdirSync(join(copy.addon, '..', '..')), ['napi-v8']);
      copy.assertNothingLost();
    }));
});
