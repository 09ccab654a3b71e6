/** `npm run lesson -- --html` and `-- --slides`: write the saved notebooks as files that work without a network. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { Failure } from '../project/failure.mjs';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { exportPages } from './html';
import { exportSlides } from './slides';
import { languages, notebookFolder } from './source';

export interface PagesOptions {
  /** Holds the saved notebooks. Defaults to `notebooks`. */
  readonly from?: string;
  /** Takes the files. Defaults to `build`. */
  readonly to?: string;
}

const defaults = { from: notebookFolder, to: join(projectRoot, 'build') };

/**
 * Writes each saved notebook `NAME.LANG.ipynb` as the page `NAME.LANG.html`. Nothing is executed.
 * Their links to each other lead from page to page.
 *
 * @throws Failure if the lesson is not among the saved notebooks.
 */
export async function writePages(options: PagesOptions = {}): Promise<string[]> {
  const { from, to } = { ...defaults, ...options };
  const names = await savedNotebooks(from);
  await mkdir(to, { recursive: true });
  await Promise.all(
    languages.map(language => {
      const own = names.filter(name => name.endsWith(`.${language}`));
      return exportPages(
        own.map(name => join(from, `${name}.ipynb`)),
        to,
        language,
      );
    }),
  );
  return linked(
    names.map(name => join(to, `${name}.html`)),
    names,
  );
}

/**
 * Writes the saved lesson as `slides.zh.html` and `slides.en.html`. Nothing is executed. Links to
 * other notebooks lead to their pages.
 *
 * @throws Failure if the lesson is not among the saved notebooks.
 */
export async function writeSlides(options: PagesOptions = {}): Promise<string[]> {
  const { from, to } = { ...defaults, ...options };
  const names = await savedNotebooks(from);
  await mkdir(to, { recursive: true });
  const files = await Promise.all(
    languages.map(async language => {
      const file = join(to, `slides.${language}.html`);
      const guide = await readFile(join(projectRoot, GUIDES[language]), 'utf8');
      await exportSlides(join(from, `lesson.${language}.ipynb`), file, language, guide);
      return file;
    }),
  );
  return linked(files.sort(), names);
}

/** Guides from which the speaker's notes are made. */
const GUIDES = { zh: 'TEACHING.zh.md', en: 'TEACHING.md' };

/** Lists the saved notebooks, such as `lesson.en`. */
async function savedNotebooks(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter(entry => !entry.isDirectory()).map(({ name }) => name);
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

/** Turns the files' links to notebooks into links to their pages. Returns the files. */
async function linked(files: string[], names: readonly string[]): Promise<string[]> {
  for (const file of files) {
    const html = await readFile(file, 'utf8');
    const replaced = html.replace(/href="([^"]+)\.ipynb/g, (link, address) =>
      names.includes(unescaped(address)) ? `href="${address}.html` : link,
    );
    await writeFile(file, replaced);
  }
  return files;
}

/** Decodes an address, or returns it as it is if it cannot be decoded. */
function unescaped(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
