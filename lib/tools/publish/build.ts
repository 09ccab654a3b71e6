/** `npm run notebooks -- [NAME …]`: each source becomes an executed notebook in each language. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../project/failure.mjs';
import { useLanguage } from '../project/language.mjs';
import { withLock } from '../project/lock.mjs';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { shutdownSignal } from '../project/shutdown-signals';
import type { RunOptions } from './execute';
import { executeVisibly } from './execute-visibly';
import { type Notebook, readNotebook, writeNotebooks } from './notebook';
import { addSnapshots } from './snapshots';
import {
  isWorksheet,
  languages,
  notebookFolder,
  notebookOf,
  readSource,
  sourceNames,
} from './source';

/** Runs the command, after another one that writes the notebooks. */
export const main = (names: string[]): Promise<void> =>
  withLock(
    join(projectRoot, 'build', 'notebooks.lock'),
    () => buildNotebooks(names, { signal: shutdownSignal() }),
    pid => console.log(messages().publish.waitingFor(pid)),
  );

/**
 * Builds, executes and saves `NAME.zh.ipynb` and `NAME.en.ipynb` from `NAME.ts`; a worksheet without
 * its outputs. Where the run of one language fails, both notebooks keep their last good state.
 *
 * @param names the sources; all of them if none is named.
 * @param options `folder` holds the sources and takes the notebooks.
 */
export async function buildNotebooks(
  names: string[],
  { folder = notebookFolder, signal }: Partial<RunOptions> = {},
): Promise<void> {
  const known = await sourceNames(folder);
  const wrong = names.find(name => !known.includes(name));
  if (wrong !== undefined) {
    throw new Failure(`Expected the name of a source (${known.join(', ')}) but found "${wrong}".`);
  }
  for (const name of names.length > 0 ? names : known) {
    const source = await readSource(join(folder, `${name}.ts`));
    const notebooks: Record<string, Notebook> = {};
    for (const language of languages) {
      useLanguage(language);
      const path = join(folder, `${name}.${language}.ipynb`);
      const notebook = notebookOf(source, language);
      const executed = await executeVisibly(notebook, { folder, signal });
      const previous = existsSync(path) ? await readNotebook(path) : undefined;
      notebooks[path] = isWorksheet(notebook) ? notebook : await addSnapshots(executed, previous);
    }
    await writeNotebooks(notebooks);
  }
}
