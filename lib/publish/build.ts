/** `npm run notebooks`: each source becomes an executed notebook in each language. */
import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setLanguage } from '../language';
import { projectRoot } from '../setup/paths';
import { type Notebook, readNotebook, writeNotebook } from './notebook';
import { executeVisibly } from './progress';
import { languages, notebookOf, readSource } from './source';
import { addStills } from './stills';

/** The folder of the sources and of the notebooks made from them. */
export const notebookFolder = join(projectRoot, 'notebooks');

/** The names of all sources, such as `lesson`. */
export async function sourceNames(folder = notebookFolder): Promise<string[]> {
  const files = await readdir(folder);
  return files.filter(file => /^[^.]+\.ts$/.test(file)).map(file => file.slice(0, -3));
}

/**
 * Builds, executes and saves `notebooks/NAME.zh.ipynb` and `notebooks/NAME.en.ipynb`. A notebook
 * whose run fails keeps its last good state.
 *
 * @param names the sources; all of them where none is named.
 * @throws RunFailure as {@link executeVisibly} does.
 */
export async function buildNotebooks(names: string[], signal?: AbortSignal): Promise<void> {
  const known = await sourceNames();
  for (const name of names) {
    if (!known.includes(name)) {
      throw new Error(
        `Expected a name of notebooks/*.ts (${known.join(', ')}) but found "${name}".`,
      );
    }
  }
  for (const name of names.length > 0 ? names : known) {
    const source = await readSource(join(notebookFolder, `${name}.ts`));
    for (const language of languages) {
      setLanguage(language);
      const path = join(notebookFolder, `${name}.${language}.ipynb`);
      console.log(`\n${name}.${language}.ipynb`);
      const built = notebookOf(source, language);
      const executed = await executeVisibly(built, { folder: notebookFolder, signal });
      await writeNotebook(path, await addStills(executed, await previous(path)));
    }
  }
}

async function previous(path: string): Promise<Notebook | undefined> {
  try {
    await access(path);
  } catch {
    return undefined;
  }
  return readNotebook(path);
}
