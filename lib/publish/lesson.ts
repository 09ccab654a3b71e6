/** Executes the lesson without a browser, or exports offline pages or slides. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { printPaths, relativeToCwd } from 'command/machine/files';
import { projectRoot, workFolder } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import { shutdownSignal } from 'command/processes/shutdown-signals';
import type { Language } from 'digits/language';
import { copySharedNotebooks } from 'lab/jupyter/jupyter';
import { prepare } from 'lab/setup/prepare';
import { RunFailure } from './execute';
import { executeWithProgress } from './execute-visibly';
import { exportHtml } from './html';
import { type Notebook, writeNotebook } from './notebook';
import { exportSlides } from './slides';
import { languages, notebookFolder, notebookOf, readSource } from './source';

const build = join(workFolder, 'build');
const notebooks = join(workFolder, 'notebooks');

/** Runs `npm run lesson`. */
export async function main(options: Options): Promise<void> {
  const { language, html, slides } = options;
  await prepare(options);
  await copySharedNotebooks();
  if (!html && !slides) await runLesson(language, shutdownSignal());
  if (html) printPaths(await writePages());
  if (slides) printPaths(await writeSlides());
}

/** Executes the lesson and writes `build/lesson.LANG.{ipynb,html}`, also after a failure, but not if stopped. */
async function runLesson(language: Language, signal: AbortSignal): Promise<void> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const notebook = notebookOf(source, language);
  try {
    await save(await executeWithProgress(notebook, { folder: notebooks, signal }), language);
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
 * Exports each saved notebook `NAME.LANG.ipynb` as `NAME.LANG.html` without executing it. Links between notebooks
 * become links between pages.
 *
 * @param options `from` contains the saved notebooks; `to` receives the pages
 * @throws Failure if the saved lesson is missing
 */
export async function writePages({ from = notebooks, to = build } = {}): Promise<string[]> {
  const names = await savedNotebooks(from);
  await Promise.all(
    languages.map(language => {
      const selected = names.filter(name => name.endsWith(`.${language}`));
      const paths = selected.map(name => join(from, `${name}.ipynb`));
      return exportHtml(paths, to, language);
    }),
  );
  return convertLinks(names.map(name => join(to, `${name}.html`)));
}

/**
 * Exports the saved lesson as `slides.zh.html` and `slides.en.html` without executing it. Links to other notebooks
 * become links to their pages. Throws a Failure if the saved lesson is missing.
 */
export async function writeSlides({ from = notebooks, to = build } = {}): Promise<string[]> {
  await savedNotebooks(from);
  const files = await Promise.all(
    languages.map(async language => {
      const file = join(to, `slides.${language}.html`);
      const guide = await readFile(join(projectRoot, GUIDES[language]), 'utf8');
      await exportSlides(join(from, `lesson.${language}.ipynb`), file, language, guide);
      return file;
    }),
  );
  return convertLinks(files.sort());
}

/** Teachers' guides that contain the speaker notes. */
const GUIDES = { zh: 'TEACHING.zh.md', en: 'TEACHING.md' };

/** Returns the names of the saved notebooks, such as `lesson.en`. */
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

/** Converts the files' relative links to notebooks into links to pages. Returns the files. */
async function convertLinks(files: string[]): Promise<string[]> {
  for (const file of files) {
    const html = await readFile(file, 'utf8');
    await writeFile(file, html.replace(/href="([^":/]+)\.ipynb/g, 'href="$1.html'));
  }
  return files;
}
