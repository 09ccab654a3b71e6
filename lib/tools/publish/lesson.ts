/** `npm run lesson`: runs the lesson without a browser; with options, writes pages or slides that need no network. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { relativeToCwd } from '../project/files';
import { messages } from '../project/messages';
import { projectRoot, workFolder } from '../project/paths';
import { RunFailure } from './execute';
import { executeVisibly } from './execute-visibly';
import { exportHtml } from './html';
import { type Notebook, writeNotebook } from './notebook';
import { exportSlides } from './slides';
import { languages, notebookFolder, notebookOf, readSource } from './source';

const build = join(workFolder, 'build');
const saved = join(workFolder, 'notebooks');

/**
 * Runs the lesson from its source and leaves `build/lesson.LANG.ipynb` and `build/lesson.LANG.html`,
 * even if it fails: then they show how far it got. One that is stopped leaves nothing.
 */
export async function runLesson(language: Language, signal: AbortSignal): Promise<void> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const notebook = notebookOf(source, language);
  try {
    await save(await executeVisibly(notebook, { folder: saved, signal }), language);
  } catch (error) {
    if (error instanceof RunFailure && !signal.aborted) await save(error.notebook, language);
    throw error;
  }
}

async function save(notebook: Notebook, language: Language): Promise<void> {
  const ipynb = join(build, `lesson.${language}.ipynb`);
  await writeNotebook(ipynb, notebook);
  await exportHtml([ipynb], build, language);
  const path = relativeToCwd(ipynb);
  console.log(messages().publish.lessonWritten(path.replace(/ipynb$/, 'html'), path));
}

/**
 * Writes each saved notebook `NAME.LANG.ipynb` as the page `NAME.LANG.html`. Nothing is executed.
 * Their links to each other lead from page to page.
 *
 * @param options `from` holds the saved notebooks; `to` takes the pages.
 * @throws Failure if the lesson is not among the saved notebooks.
 */
export async function writePages({ from = saved, to = build } = {}): Promise<string[]> {
  const names = await savedNotebooks(from);
  await Promise.all(
    languages.map(language => {
      const own = names.filter(name => name.endsWith(`.${language}`));
      const paths = own.map(name => join(from, `${name}.ipynb`));
      return exportHtml(paths, to, language);
    }),
  );
  return linked(names.map(name => join(to, `${name}.html`)));
}

/**
 * Writes the saved lesson as `slides.zh.html` and `slides.en.html`. Nothing is executed. Links to
 * other notebooks lead to their pages.
 *
 * @throws Failure if the lesson is not among the saved notebooks.
 */
export async function writeSlides({ from = saved, to = build } = {}): Promise<string[]> {
  await savedNotebooks(from);
  const files = await Promise.all(
    languages.map(async language => {
      const file = join(to, `slides.${language}.html`);
      const guide = await readFile(join(projectRoot, GUIDES[language]), 'utf8');
      await exportSlides(join(from, `lesson.${language}.ipynb`), file, language, guide);
      return file;
    }),
  );
  return linked(files.sort());
}

/** Guides from which the speaker's notes are made. */
const GUIDES = { zh: 'TEACHING.zh.md', en: 'TEACHING.md' };

/** Lists the saved notebooks, such as `lesson.en`. */
async function savedNotebooks(folder: string): Promise<string[]> {
  const files = await readdir(folder);
  for (const language of languages) {
    const lesson = `lesson.${language}.ipynb`;
    if (files.includes(lesson)) continue;
    throw new Failure(messages().publish.lessonMissing(join(folder, lesson)));
  }
  const isSaved = RegExp(`^[^.]+\\.(${languages.join('|')})\\.ipynb$`);
  return files
    .filter(file => isSaved.test(file))
    .sort()
    .map(file => parse(file).name);
}

/** Turns the files' links to the notebooks beside them into links to their pages. Returns the files. */
async function linked(files: string[]): Promise<string[]> {
  for (const file of files) {
    const html = await readFile(file, 'utf8');
    await writeFile(file, html.replace(/href="([^":/]+)\.ipynb/g, 'href="$1.html'));
  }
  return files;
}
