/** Where the files come from in a browser: a folder of the site, then the mirrors that were given. */
import { cures } from './cures.browser';
import type { Dataset, SetFile } from './datasets';
import { type Decoded, decode } from './decode';
import { announce, download, limitsOf } from './download';
import { DataError, DownloadError, FileNotFoundError, type Searched } from './errors';
import { isWebPage } from './idx';
import { inOrder } from './in-order';
import { say, sentences, type Text } from './language';
import { fetchBytes, MirrorFailure, type OnProgress } from './mirror';
import { type LoadOptions, STALL_TIMEOUT } from './options';
import { outputOf, ProgressLine } from './progress';

/** Finds a set's four files, in their order, and reads them. */
export async function findFiles(dataset: Dataset, options: LoadOptions): Promise<Decoded[]> {
  const { dir, dataDir = 'data', stallTimeout = STALL_TIMEOUT } = options;
  const folder = dir !== undefined ? addressOf(dir) : addressOf(dataset.folder, addressOf(dataDir));
  const mirrors = dir === undefined && options.download !== false ? (options.mirrors ?? []) : [];
  const output = outputOf(options.progress);
  const found = await inOrder(
    dataset.files.map(async (file, i) => {
      // The first file is nearly all of it, and two lines would write over each other.
      const line = i === 0 && output ? new ProgressLine(output, file.name, PATIENCE) : undefined;
      const onProgress: OnProgress = (...state) => line?.update(...state);
      try {
        return await fromFolder(folder, file, options, onProgress);
      } catch (error) {
        if (mirrors.length === 0 || !(error instanceof DataError)) throw error;
        // One that is merely missing is no news.
        if (!(error instanceof FileNotFoundError)) warnOf(options, error);
        return undefined;
      } finally {
        line?.endIfDrawn();
      }
    }),
  );
  if (found.includes(undefined)) announce(dataset, output, undefined);
  const files: Decoded[] = [];
  // One after the other, as the lines of progress are.
  for (const [i, file] of dataset.files.entries()) {
    files.push(found[i] ?? (await download(file, { folder, mirrors, stallTimeout, output })));
  }
  return files;
}

/** Milliseconds before a line of progress is drawn: files that the browser has kept come at once. */
const PATIENCE = 1000;

function warnOf({ warn = console.warn }: LoadOptions, { problem }: DataError): void {
  warn(say(sentences(problem, { en: 'Trying the mirrors.', zh: '改从镜像下载。' })));
}

/**
 * Returns a folder's whole address.
 *
 * @throws FileNotFoundError for one that begins nowhere, as in a worker that was made of a blob.
 */
function addressOf(folder: string, base: string | undefined = globalThis.location?.href): string {
  try {
    return new URL(folder.replace(/\/*$/, '/'), base).href;
  } catch (cause) {
    const why = {
      en: 'not a full address (https://…), and this script has no address to complete it with',
      zh: '不是完整的地址（https://…），这个脚本自己也没有地址，无法补全',
    };
    throw new FileNotFoundError(folder, [{ path: folder, found: 'nothing', why }], { cause });
  }
}

/**
 * Fetches a file, packed or else raw, and reads it.
 *
 * @throws FileNotFoundError where the folder has neither; DownloadError where the network fails; else
 * what `decode` throws
 */
async function fromFolder(
  folder: string,
  file: SetFile,
  options: LoadOptions,
  onProgress: OnProgress,
): Promise<Decoded> {
  const limits = limitsOf(file, options.stallTimeout ?? STALL_TIMEOUT);
  const searched: Searched[] = [];
  for (const name of [`${file.name}.gz`, file.name]) {
    const url = folder + name;
    try {
      const bytes = await fetchBytes(url, limits, onProgress);
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
  const cure = sentences(cures.notFound[searched[0]?.found ?? 'nothing'], elsewhere(options));
  throw new FileNotFoundError(file.name, searched, { cure });
}

/** Says how other sites come to be tried, by what stands in their way. */
function elsewhere({ dir, download }: LoadOptions): Text {
  const barred = [
    ...(dir === undefined ? [] : ['dir']),
    ...(download === false ? ['download: false'] : []),
  ];
  if (barred.length === 0) {
    return {
      en: 'The option mirrors names other sites to try.',
      zh: '也可以用 mirrors 选项指定别的网站。',
    };
  }
  return {
    en: `To try other sites, leave out ${barred.join(' and ')}, and name them by the option mirrors.`,
    zh: `要尝试别的网站，请去掉 ${barred.join(' 和 ')}，并用 mirrors 选项指定它们。`,
  };
}

/** Answers by HTTP that say that there is no such file. */
const MISSING = [404, 410];

/** Answers of a site that keeps the file to itself; some give them for what they have not, too. */
const REFUSED = [401, 403];
