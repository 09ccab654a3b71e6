/** Finds the files in a browser: in a folder of the site, then on the mirrors that were given. */
import type { SetFile } from './datasets';
import { type Decoded, decode } from './decode';
import { fetchFile, MirrorFailure, type OnProgress } from './download';
import { DataError, DownloadError, FileNotFoundError, type Searched } from './errors';
import type { Lookup, lookUp as lookUpOnNode } from './find';
import { isWebPage } from './idx';
import { say, words } from './language';
import type { LoadOptions } from './options';
import { outputOf, ProgressLine } from './progress';

export const lookUp: typeof lookUpOnNode = (dataset, options): Lookup => {
  const { dir, dataDir = 'data', warn = console.warn } = options;
  const folder = dir !== undefined ? addressOf(dir) : addressOf(dataset.folder, addressOf(dataDir));
  const mirrors = dir === undefined && options.download !== false ? (options.mirrors ?? []) : [];
  const output = outputOf(options.progress);
  return {
    folder,
    mirrors,
    async read(file, place) {
      // The first file is nearly all of it, and two lines would write over each other.
      const isDrawn = place === 0 && output;
      const line = isDrawn ? new ProgressLine(output, file.name, PATIENCE) : undefined;
      try {
        return await fromFolder(folder, file, options, (...state) => line?.update(...state));
      } catch (error) {
        if (mirrors.length === 0 || !(error instanceof DataError)) throw error;
        // One that is merely missing is no news.
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

/** Milliseconds before a line of progress is drawn: files that the browser has kept come at once. */
const PATIENCE = 1000;

/**
 * Returns a folder's whole address.
 *
 * @throws FileNotFoundError for one that begins nowhere, as in a worker that was made of a blob.
 */
function addressOf(folder: string, base: string | undefined = globalThis.location?.href): string {
  try {
    return new URL(folder.replace(/(?<!\/)\/*$/, '/'), base).href;
  } catch (cause) {
    const why = words.noAddress();
    throw new FileNotFoundError(folder, [{ path: folder, found: 'nothing', why }], { cause });
  }
}

/** Fetches a file, packed or else raw, and reads it. */
async function fromFolder(
  folder: string,
  file: SetFile,
  options: LoadOptions,
  onProgress: OnProgress,
): Promise<Decoded> {
  const searched: Searched[] = [];
  for (const name of [`${file.name}.gz`, file.name]) {
    const url = folder + name;
    try {
      const bytes = await fetchFile(file, url, onProgress, options.stallTimeout);
      // Decided by its bytes: where the server calls it an encoding, the browser has unpacked it.
      if (!isWebPage(bytes)) return await decode(bytes, file, url);
      searched.push({ path: url, found: 'page' });
    } catch (error) {
      if (!(error instanceof MirrorFailure)) throw error;
      const { status = 0, reason } = error;
      if (MISSING.includes(status)) searched.push({ path: url, found: 'nothing' });
      else if (REFUSED.includes(status))
        searched.push({ path: url, found: 'unreadable', why: reason });
      else throw new DownloadError(file.name, [{ url, reason }], folder);
    }
  }
  const cure = words.browser.notFound[searched[0]?.found ?? 'nothing']();
  // How other sites come to be tried, by what stands in their way.
  const barred = [
    ...(options.dir === undefined ? [] : ['dir']),
    ...(options.download === false ? ['download: false'] : []),
  ];
  throw new FileNotFoundError(file.name, searched, {
    cure: words.sentences(cure, words.cure.nameMirrors(barred)),
  });
}

/** Answers by HTTP that say that there is no such file. */
const MISSING = [404, 410];

/** Answers of a site that keeps the file to itself; some give them for what they have not, too. */
const REFUSED = [401, 403];
