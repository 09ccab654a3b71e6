import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { put, temporaryFolder } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import { mutatedFiles, readOrRefuse } from './idx-files';
import { dataFolder, everywhere, givenFolder, type Place } from './places';
import * as strikes from './strikes';
import { original, type Strike } from './strikes';
import { closeMirrors, folderOf, random, randomParts, smallSet, warned } from './support';

const set = smallSet();

/** Each strike on each of the four files in each of the places. */
function trials(places: readonly Place[], struck: readonly Strike[]) {
  const all = struck.flatMap(strike =>
    places.flatMap(place => fileNames.map(name => () => place(name, strike))),
  );
  return [all.length, (index: number) => all[index]?.()] as const;
}

/** The npm package holds raw files only. */
const gzipPlaces = [givenFolder, dataFolder];

describe('a fault in a file', () => {
  afterEach(closeMirrors);
  it('missing', () => survive('data', 'a file missing', ...trials(everywhere, [strikes.missing])));

  it(`truncated, seed ${seed}`, () => {
    const cuts = [0, ...randomParts(18), 0.9999].map(strikes.cut);
    return survive('data', 'a file truncated at 20 places', ...trials(everywhere, cuts));
  });

  it(`changed by one bit, seed ${seed}`, () => {
    const headers = [0, 0.02, 0.025, 0.03].map(strikes.flip);
    return survive(
      'data',
      'one bit of a file flipped',
      ...trials(everywhere, [...headers, ...randomParts(16).map(strikes.flip)]),
    );
  });

  it(`gzipped and cut, seed ${seed}`, () =>
    survive(
      'data',
      'a gzipped file cut short',
      ...trials(gzipPlaces, [0, ...randomParts(19)].map(strikes.gzippedAndCut)),
    ));

  it(`gzipped and changed by one bit, seed ${seed}`, () =>
    survive(
      'data',
      'one bit of a gzipped file flipped',
      ...trials(gzipPlaces, randomParts(20).map(strikes.gzippedAndFlipped)),
    ));

  it('replaced by another', () =>
    survive(
      'data',
      "another set's file, another of the four, a web page",
      ...trials(everywhere, [strikes.otherSet, strikes.otherFile, strikes.webPage, strikes.longer]),
    ));

  it('replaced by a folder or a link to itself', () =>
    survive(
      'data',
      'a folder, or a link to itself, in place of a file',
      ...trials(everywhere, [strikes.folder, strikes.linkToItself]),
    ));

  it(`of any kind gives the file, or an explained error, seed ${seed}`, () => {
    const files = random(100_000, mutatedFiles);
    return survive('data', 'a mutated IDX file, raw or gzipped', files.length, index =>
      readOrRefuse(itemAt(files, index)),
    );
  });

  it('of several the first of the four is named', async () => {
    const dir = folderOf(set);
    for (const name of [fileNames[3], fileNames[1]]) rmSync(join(dir, name));
    await assert.rejects(loadDataset(set.dataset, { dir }), { file: fileNames[1] });
  });

  it('leaves the good .gz beside a damaged raw file in use', async () => {
    const dataDir = folderOf(set);
    const [name] = fileNames;
    writeFileSync(join(dataDir, name), 'damaged');
    put(dataDir, [[`${name}.gz`, gzipSync(original(name))]]);
    const { warnings, warn } = warned();
    await loadDataset(set.dataset, { dataDir, download: false, warn });
    assert.equal(warnings.length, 1);
  });

  it('says where it looked when it may not download', async () => {
    const dataDir = temporaryFolder();
    const dataset = { ...set.dataset, npmPackage: 'no-such-data' };
    const [name] = fileNames;
    const places = [join(dataDir, name), join(dataDir, `${name}.gz`), 'npm: no-such-data'];
    await assert.rejects(loadDataset(dataset, { dataDir, download: false }), {
      searched: places.map(path => ({ path, found: 'nothing' })),
      message: /Expected the file .+, raw or as \.gz, but found none that can be read:/,
    });
  });
});
