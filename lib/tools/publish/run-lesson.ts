/** `npm run lesson`: runs the whole lesson on the real kernel, without a browser. */
import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Language } from 'digits/language';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { RunFailure } from './execute';
import { executeVisibly } from './execute-visibly';
import { exportHtml } from './html';
import { type Notebook, writeNotebook } from './notebook';
import { notebookFolder, notebookOf, readSource } from './source';

/**
 * Runs the lesson from its source and leaves `build/lesson.LANG.ipynb` and `build/lesson.LANG.html`,
 * even if it fails: then they show how far it got.
 */
export async function runLesson(language: Language, signal: AbortSignal): Promise<void> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const notebook = notebookOf(source, language);
  try {
    await save(await executeVisibly(notebook, { folder: notebookFolder, signal }), language);
  } catch (error) {
    if (error instanceof RunFailure) await save(error.notebook, language);
    throw error;
  }
}

async function save(notebook: Notebook, language: Language): Promise<void> {
  const build = join(projectRoot, 'build');
  const ipynb = join(build, `lesson.${language}.ipynb`);
  const html = join(build, `lesson.${language}.html`);
  await mkdir(build, { recursive: true });
  await writeNotebook(ipynb, notebook);
  await exportHtml(ipynb, html, language);
  const [page, again] = [html, ipynb].map(path => relative(process.cwd(), path));
  console.log(messages().publish.lessonWritten(String(page), String(again)));
}
