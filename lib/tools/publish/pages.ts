/** `npm run lesson -- --html` and `-- --slides`: write the saved notebooks as files that work without a network. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from 'digits/language';
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
  const notebooks = await savedNotebooks(from);
  const files = notebooks.map(({ name, language }) => `${name}.${language}`);
  await mkdir(to, { recursive: true });
  await Promise.all(
    languages.map(language => {
      const own = files.filter(file => file.endsWith(`.${language}`));
      return exportPages(
        own.map(file => join(from, `${file}.ipynb`)),
        to,
        language,
      );
    }),
  );
  return linked(
    files.map(file => join(to, `${file}.html`)),
    notebooks,
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
  const notebooks = await savedNotebooks(from);
  await mkdir(to, { recursive: true });
  const files = await Promise.all(
    languages.map(async language => {
      const file = join(to, `slides.${language}.html`);
      const guide = await readFile(join(projectRoot, GUIDES[language]), 'utf8');
      await exportSlides(join(from, `lesson.${language}.ipynb`), file, language, guide);
      return file;
    }),
  );
  return linked(files.sort(), notebooks);
}

/** Guides from which the speaker's notes are made. */
const GUIDES = { zh: 'TEACHING.zh.md', en: 'TEACHING.md' };

interface Saved {
  readonly name: string;
  readonly language: Language;
}

async function savedNotebooks(folder: string): Promise<Saved[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter(entry => !entry.isDirectory()).map(({ name }) => name);
  for (const language of languages) {
    const lesson = `lesson.${language}.ipynb`;
    if (files.includes(lesson)) continue;
    throw new Failure(messages().publish.lessonMissing(join(folder, lesson)));
  }
  return files.sort().flatMap(file => {
    const [, name, ending] = /^([^.]+)\.([^.]+)\.ipynb$/.exec(file) ?? [];
    const language = languages.find(each => each === ending);
    return name && language ? [{ name, language }] : [];
  });
}

/** Turns the files' links to notebooks into links to their pages. Returns the files. */
async function linked(files: string[], notebooks: Saved[]): Promise<string[]> {
  const names = new Set(notebooks.map(({ name, language }) => `${name}.${language}`));
  for (const file of files) {
    const html = await readFile(file, 'utf8');
    const replaced = html.replace(/href="([^"]+)\.ipynb/g, (link, address) =>
      names.has(unescaped(address)) ? `href="${address}.html` : link,
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
