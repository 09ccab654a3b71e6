/** Fetches the files in a browser: from a folder of the site, then from the `mirrors` option. */
import type { SetFile } from './datasets';
import { type DataFile, decode } from './decode';
import { fetchFile, MirrorFailure, type OnProgress } from './download';
import { DataError, DownloadError, FileNotFoundError, type Searched } from './errors';
import type { createLookup as createNodeLookup, Lookup } from './find';
import { isWebPage } from './idx';
import { say, words } from './language';
import type { LoadOptions } from './options';
import { outputFor, ProgressLine } from './progress';

export const createLookup: typeof createNodeLookup = (dataset, options): Lookup => {
  const { dir, dataDir = 'data', warn = console.warn } = options;
  const folder = dir !== undefined ? folderUrl(dir) : folderUrl(dataset.folder, folderUrl(dataDir));
  const mirrors = dir === undefined && options.download !== false ? (options.mirrors ?? []) : [];
  const output = outputFor(options.progress);
  return {
    folder,
    mirrors,
    async read(file, index) {
      // Draw progress only for the first, largest file. Several lines would overwrite each other.
      const isShown = index === 0 && output;
      const line = isShown ? new ProgressLine(output, file.name, DELAY_MS) : undefined;
      try {
        return await fetchFromFolder(folder, file, options, (...state) => line?.update(...state));
      } catch (error) {
        if (mirrors.length === 0 || !(error instanceof DataError)) throw error;
        // A missing file needs no warning.
        if (!(error instanceof FileNotFoundError)) {
          warn(say(words.sentences(error.problem, words.warning.tryingMirrors())));
        }
        return undefined;
      } finally {
        line?.endIfDrawn();
      }
    },
  };
};

/** Milliseconds before the progress line appears: cached files arrive at once. */
const DELAY_MS = 1000;

/**
 * Returns the absolute URL of a folder.
 *
 * @throws FileNotFoundError without a base URL, as in a worker created from a blob.
 */
function folderUrl(folder: string, base: string | undefined = globalThis.location?.href): string {
  try {
    return new URL(folder.replace(/(?<!\/)\/*$/, '/'), base).href;
  } catch (cause) {
    const why = words.noAddress();
    throw new FileNotFoundError(folder, [{ path: folder, found: 'nothing', why }], { cause });
  }
}

/** Fetches and decodes a file: first compressed, then raw. */
async function fetchFromFolder(
  folder: string,
  file: SetFile,
  options: LoadOptions,
  onProgress: OnProgress,
): Promise<DataFile> {
  const searched: Searched[] = [];
  for (const name of [`${file.name}.gz`, file.name]) {
    const url = folder + name;
    try {
      const bytes = await fetchFile(file, url, onProgress, options.stallTimeout);
      // Check the bytes: depending on the server's headers, the browser has decompressed the file.
      if (!isWebPage(bytes)) return await decode(bytes, file, url);
      searched.push({ path: url, found: 'page' });
    } catch (error) {
      if (!(error instanceof MirrorFailure)) throw error;
      const { status = 0, reason } = error;
      if (NOT_FOUND.includes(status)) searched.push({ path: url, found: 'nothing' });
      else if (FORBIDDEN.includes(status))
        searched.push({ path: url, found: 'unreadable', why: reason });
      else throw new DownloadError(file.name, [{ url, reason }], folder);
    }
  }
  const cure = words.browser.notFound[searched[0]?.found ?? 'nothing']();
  // Options that prevent the use of other sites.
  const blockingOptions = [
    ...(options.dir === undefined ? [] : ['dir']),
    ...(options.download === false ? ['download: false'] : []),
  ];
  throw new FileNotFoundError(file.name, searched, {
    cure: words.sentences(cure, words.cure.nameMirrors(blockingOptions)),
  });
}

const NOT_FOUND = [404, 410];

/** HTTP statuses of a denied file; some servers also send them for missing files. */
const FORBIDDEN = [401, 403];
