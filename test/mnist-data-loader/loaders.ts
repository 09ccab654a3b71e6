import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { folderOf, type Mirror, mirror, type SmallSet, serving } from './support';

const run = promisify(execFile);

/** The arguments of Node that load a set in a process of its own. */
export function loaderArguments(dataset: unknown, dataDir: string, url: string): string[] {
  // At a meeting point the first waits until the last process has started.
  const options = { dataDir, mirrors: [url], stallTimeout: 120_000, progress: false };
  const task = JSON.stringify([dataset, options]);
  return ['--import', 'tsx', join(__dirname, 'load-in-process.ts'), task];
}

interface Load {
  readonly arrays: string;
  readonly warnings: string[];
}

/** Loads a set in so many processes at once. */
export async function loadAtOnce(
  count: number,
  set: SmallSet,
  dataDir: string,
  url: string,
): Promise<Load[]> {
  const one = () => run(process.execPath, loaderArguments(set.dataset, dataDir, url));
  const results = await Promise.all(Array.from({ length: count }, one));
  return results.map(({ stdout }) => JSON.parse(stdout));
}

/** That all loaded the set's values, and that the data folder holds its files. */
export async function assertGood(set: SmallSet, dataDir: string, loads: Load[]): Promise<void> {
  const expected = `${await loadDataset(set.dataset, { dir: folderOf(set) })}`;
  for (const { arrays } of loads) assert.equal(arrays, expected);
  for (const [name, content] of set.raw) {
    assert.deepEqual(readFileSync(join(dataDir, name)), content);
  }
}

/** A mirror that answers the requests for a file once so many processes have asked for it. */
export function meetingPoint(count: number, set: SmallSet): Promise<Mirror> {
  const serve = serving(set.raw);
  const waiting = new Map<string, (() => void)[]>();
  return mirror((request, response) => {
    const path = request.url ?? '';
    const requests = waiting.get(path) ?? [];
    waiting.set(path, requests);
    requests.push(() => serve(request, response));
    if (requests.length === count) for (const answer of requests) answer();
  });
}

/**
 * All of them download each file into the empty cache at the same time; each loads it without a
 * warning, and it is kept whole, with nothing beside it.
 */
export async function fillTogether(count: number, set: SmallSet, dataDir: string): Promise<void> {
  const server = await meetingPoint(count, set);
  const loads = await loadAtOnce(count, set, dataDir, server.url);
  await assertGood(set, dataDir, loads);
  assert.equal(server.asked.length, 4 * count, 'all were downloading at the same time');
  assert.deepEqual(
    loads.flatMap(({ warnings }) => warnings),
    [],
  );
  assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
}
