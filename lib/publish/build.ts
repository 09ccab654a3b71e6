/** Runs `npm run notebooks -- [NAME …]`: builds an executed notebook in each language from each source. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { useLanguage } from 'command/output/language.mjs';
import { messages } from 'command/output/messages';
import { withLock } from 'command/processes/lock.mjs';
import { shutdownSignal } from 'command/processes/shutdown-signals';
import type { RunOptions } from './execute';
import { executeWithProgress } from './execute-visibly';
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

/** Runs the command, one process at a time. */
export const main = ({ rest: names }: Pick<Options, 'rest'>): Promise<void> =>
  withLock(
    join(projectRoot, 'build', 'notebooks.lock'),
    () => buildNotebooks(names, { signal: shutdownSignal() }),
    pid => console.log(messages().publish.waitingFor(pid)),
  );

/**
 * Builds, executes and saves `NAME.zh.ipynb` and `NAME.en.ipynb` from `NAME.ts`. Worksheets are saved without
 * outputs. If one language fails, both notebooks stay unchanged.
 *
 * @param selection the sources; all if empty
 * @param options `folder` contains the sources and receives the notebooks
 */
export async function buildNotebooks(
  selection: string[],
  { folder = notebookFolder, signal }: Partial<RunOptions> = {},
): Promise<void> {
  const names = await sourceNames(folder);
  const unknown = selection.find(name => !names.includes(name));
  if (unknown !== undefined) {
    throw new Failure(
      `Expected the name of a source (${names.join(', ')}) but found "${unknown}".`,
    );
  }
  for (const name of selection.length > 0 ? selection : names) {
    const source = await readSource(join(folder, `${name}.ts`));
    const notebooks: Record<string, Notebook> = {};
    for (const language of languages) {
      useLanguage(language);
      const path = join(folder, `${name}.${language}.ipynb`);
      const notebook = notebookOf(source, language);
      const executed = await executeWithProgress(notebook, { folder, signal });
      const previous = existsSync(path) ? await readNotebook(path) : undefined;
      notebooks[path] = isWorksheet(notebook) ? notebook : await addSnapshots(executed, previous);
    }
    await writeNotebooks(notebooks);
  }
}
