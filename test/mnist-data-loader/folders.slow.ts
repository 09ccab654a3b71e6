/** A data folder that cannot be changed, or that is full: what is good is used, the rest is explained. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { en } from '../../lib/mnist-data-loader/messages/en';
import { put, temporaryFolder } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import { withoutRoot } from './learner';
import { assertSays, failureOf, loadWhole, snapshot } from './places';
import { closeMirrors, mirror, random, rawOf, serving, smallSet, warned } from './support';

const set = smallSet();

/** In a namespace of its own, a disk needs no rights, and ends with the process that holds it. */
const NAMESPACE = ['--user', '--map-root-user', '--mount'];

/** Whether this machine lets us have a disk. */
function hasDisks(): boolean {
  try {
    const mount = ['mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
    execFileSync('unshare', [...NAMESPACE, ...mount], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Disk {
  readonly path: string;
  /** Mounts it anew, with other options. */
  remount(options: string): Promise<void>;
}

/** Has a disk of so many kB, in memory, for a while. */
async function withDisk(kilobytes: number, act: (disk: Disk) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  const holder = spawn('unshare', [...NAMESPACE, 'sh'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const mount = (options: string) => done(holder, `mount -t tmpfs -o ${options} tmpfs ${folder}`);
  await mount(`size=${kilobytes}k`);
  try {
    // The way into another process's namespace, open to its owner.
    const path = join(`/proc/${holder.pid}/root`, folder);
    await act({ path, remount: options => mount(`remount,${options}`) });
  } finally {
    holder.stdin?.end();
    await once(holder, 'exit');
  }
}

/** Has the shell run a command to its end. */
async function done(shell: ChildProcess, command: string): Promise<void> {
  const answer = once(shell.stdout as NodeJS.ReadableStream, 'data');
  shell.stdin?.write(`${command} && echo done || echo failed\n`);
  assert.equal(`${await answer}`.trim(), 'done', command);
}

/** Files that may lie in a folder that cannot be changed, and which is missing or damaged. */
const contents: [files: (readonly [string, Uint8Array])[], amiss?: string][] = [
  [[...set.raw]],
  [[...set.raw].map(([name, raw]) => [`${name}.gz`, gzipSync(raw)] as const)],
  ...fileNames.flatMap((name): typeof contents => [
    [[...set.raw].filter(([other]) => other !== name), name],
    [[...set.raw, [name, rawOf(set, name).subarray(1)]], name],
  ]),
];

const reason = (code: 'EACCES' | 'ENOSPC') => en.withCode(en.system[code], code);

async function loadUnchanged(dataDir: string, amiss: string | undefined, why: string) {
  const before = snapshot(dataDir);
  const { warnings, options } = await loadWhole(dataDir);
  const isDamaged = amiss !== undefined && amiss in before;
  assert.equal(warnings.length, Number(isDamaged) + Number(amiss !== undefined));
  if (isDamaged) {
    assertSays(warnings.shift() ?? '', join(dataDir, amiss), en.warning.notRenamed(why));
  }
  if (amiss) {
    assertSays(warnings[0] ?? '', en.warning.notSaved(amiss, dataDir, why));
    const { name, message } = await failureOf({ ...options, download: false });
    assert.equal(name, 'FileNotFoundError');
    const { unusable, nothing } = en.found;
    assertSays(message, en.place(join(dataDir, amiss), isDamaged ? unusable : nothing));
  }
  assert.deepEqual(snapshot(dataDir), before);
}

describe('a folder that cannot be changed', function () {
  this.timeout(180_000);
  afterEach(closeMirrors);

  it('for want of rights', function () {
    if (process.platform === 'win32') this.skip(); // It asks no folder's mode.
    return survive('data', 'a data folder without write permission', contents.length, index =>
      withoutRoot(async () => {
        const [files, amiss] = itemAt(contents, index);
        const folder = temporaryFolder();
        put(folder, files);
        chmodSync(folder, 0o555);
        await loadUnchanged(folder, amiss, reason('EACCES'));
        chmodSync(folder, 0o755);
      }),
    );
  });

  describe('of a disk', () => {
    before(function () {
      if (!hasDisks()) this.skip(); // The kernel refuses us a namespace to mount one in.
    });

    it(`that is full, seed ${seed}`, () => {
      const large = smallSet(1, [2000, 500]);
      const serveLarge = serving(large.raw);
      // The set takes 25 pages of 4 kB.
      const pages = random(20, fc.integer({ min: 1, max: 24 }));
      return survive('data', 'a full disk during a download', 20, index =>
        withDisk(4 * itemAt(pages, index), async ({ path, remount }) => {
          const server = await mirror(serveLarge);
          const { warnings, warn } = warned();
          const options = { dataDir: path, mirrors: [server.url], progress: false, warn };
          const [[images]] = await loadDataset(large.dataset, options);
          assert.deepEqual(images.shape, [2000, 6, 6]);
          const kept = readdirSync(path);
          const lost = fileNames.filter(name => !kept.includes(name));
          assert.ok(lost.length > 0);
          assert.equal(kept.length + lost.length, 4, `nothing but whole files: ${kept}`);
          assert.deepEqual(
            warnings,
            lost.map(name => en.warning.notSaved(name, path, reason('ENOSPC'))),
          );

          await remount('size=200k');
          await loadDataset(large.dataset, { ...options, warn: assert.fail });
          assert.equal(server.asked.length, 4 + lost.length);
          for (const [name, content] of large.raw) {
            assert.equal(snapshot(path)[name], content.toString('base64'));
          }
        }),
      );
    });
  });
});
