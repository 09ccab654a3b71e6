/** A data folder that is read-only or full: good files are used, and errors explain the rest. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
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
const FILLER = 'filler';

/** Arguments of `unshare` to mount a disk in memory, without rights, until the command ends. */
const onDisk = (folder: string, command: string) => {
  const script = `mount -t tmpfs -o size=200k tmpfs ${folder} && ${command}`;
  return ['--user', '--map-root-user', '--mount', 'sh', '-c', script];
};

/** Calls `act` with the path of a disk that holds a file of so many kB. */
async function withDisk(kilobytes: number, act: (path: string) => Promise<void>): Promise<void> {
  const folder = temporaryFolder();
  const fill = `head -c ${kilobytes}k /dev/zero > ${folder}/${FILLER}`;
  const holder = spawn('unshare', onDisk(folder, `${fill} && echo ready && cat`), {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    assert.equal(`${await once(holder.stdout, 'data')}`, 'ready\n');
    // The owner of a process can open paths in its namespace.
    await act(join(`/proc/${holder.pid}/root`, folder));
  } finally {
    holder.stdin.end();
    await once(holder, 'exit');
  }
}

/** Files of a read-only folder, and the missing or damaged file. */
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
  const filesBefore = snapshot(dataDir);
  const { warnings, options } = await loadWhole(dataDir);
  const isDamaged = amiss !== undefined && amiss in filesBefore;
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
  assert.deepEqual(snapshot(dataDir), filesBefore);
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
      if (spawnSync('unshare', onDisk('/mnt', 'true')).status !== 0) this.skip(); // The kernel refuses us a namespace to mount one in.
    });

    it(`that is full, seed ${seed}`, () => {
      const large = smallSet(1, [2000, 500]);
      const serveLarge = serving(large.raw);
      // The set takes 25 pages of 4 kB.
      const pages = random(20, fc.integer({ min: 1, max: 24 }));
      return survive('data', 'a full disk during a download', 20, index =>
        withDisk(200 - 4 * itemAt(pages, index), async path => {
          const server = await mirror(serveLarge);
          const { warnings, warn } = warned();
          const options = { dataDir: path, mirrors: [server.url], progress: false, warn };
          const [[images]] = await loadDataset(large.dataset, options);
          assert.deepEqual(images.shape, [2000, 6, 6]);
          const files = readdirSync(path).filter(name => name !== FILLER);
          const lost = fileNames.filter(name => !files.includes(name));
          assert.ok(lost.length > 0);
          assert.equal(files.length + lost.length, 4, `nothing but whole files: ${files}`);
          assert.deepEqual(
            warnings,
            lost.map(name => en.warning.notSaved(name, path, reason('ENOSPC'))),
          );

          rmSync(join(path, FILLER));
          await loadDataset(large.dataset, { ...options, warn: assert.fail });
          assert.equal(server.requests.length, 4 + lost.length);
          for (const [name, content] of large.raw) {
            assert.equal(snapshot(path)[name], content.toString('base64'));
          }
        }),
      );
    });
  });
});
