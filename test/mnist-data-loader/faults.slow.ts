import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { itemAt } from '../../lib/digits/item-at';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import { put } from '../folder';
import { seed } from '../seed';
import { survive } from '../survive';
import { mutatedFiles, readOrRefuse } from './idx-files';
import { dataFolder, everywhere, givenFolder, type Place } from './places';
import * as strikes from './strikes';
import { original, type Strike } from './strikes';
import { closeMirrors, folderOf, random, randomParts, smallSet, warned } from './support';

const set = smallSet();

/** The npm package holds raw files only. */
const gzipPlaces = [givenFolder, dataFolder];
const headers = [0, 0.02, 0.025, 0.03];

/** Rows of `test/README.md`: places where each damage occurs to each of the four files. */
const FAULTS: Record<string, [places: readonly Place[], damages: readonly Strike[]]> = {
  'a file missing': [everywhere, [strikes.missing]],
  'a file truncated at 20 places': [everywhere, [0, ...randomParts(18), 0.9999].map(strikes.cut)],
  'one bit of a file flipped': [everywhere, [...headers, ...randomParts(16)].map(strikes.flip)],
  'a gzipped file cut short': [gzipPlaces, [0, ...randomParts(19)].map(strikes.gzippedAndCut)],
  'one bit of a gzipped file flipped': [gzipPlaces, randomParts(20).map(strikes.gzippedAndFlipped)],
  "another set's file, another of the four, a web page": [
    everywhere,
    [strikes.otherSet, strikes.otherFile, strikes.webPage, strikes.longer],
  ],
  'a folder, or a link to itself, in place of a file': [
    everywhere,
    [strikes.folder, strikes.linkToItself],
  ],
};

describe('a fault in a file', () => {
  afterEach(closeMirrors);

  for (const [fault, [places, damages]] of Object.entries(FAULTS)) {
    const trials = damages.flatMap(strike =>
      places.flatMap(strikeAt => fileNames.map(name => () => strikeAt(name, strike))),
    );
    it(`${fault}, seed ${seed}`, () =>
      survive('data', fault, trials.length, index => trials[index]?.()));
  }

  it(`of any kind gives the file, or an explained error, seed ${seed}`, () => {
    const files = random(100_000, mutatedFiles);
    return survive('data', 'a mutated IDX file, raw or gzipped', files.length, index =>
      readOrRefuse(itemAt(files, index)),
    );
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
});
