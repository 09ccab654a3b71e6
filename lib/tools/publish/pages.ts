/** `npm run html` and `npm run slides`: write the saved notebooks as files that work without a network. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { Failure } from '../project/failure.mjs';
import { projectRoot } from '../project/paths';
import { exportHtml } from './html';
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
 * @returns the paths of the pages.
 * @throws Failure where the lesson is not among the saved notebooks.
 */
export function writePages(options: PagesOptions = {}): Promise<string[]> {
  return writeEach(options, ({ name }) => name, exportHtml);
}

/**
 * Writes the saved lesson as `slides.zh.html` and `slides.en.html`. Nothing is executed. Links to
 * other notebooks lead to their pages.
 *
 * @returns the paths of the files.
 * @throws Failure where the lesson is not among the saved notebooks.
 */
export function writeSlides(options: PagesOptions = {}): Promise<string[]> {
  const nameOf = ({ name }: Saved) => (name === 'lesson' ? 'slides' : undefined);
  return writeEach(options, nameOf, exportSlides);
}

/** @param nameOf gives the name of a notebook's file; undefined for one that is passed over. */
async function writeEach(
  options: PagesOptions,
  nameOf: (notebook: Saved) => string | undefined,
  write: typeof exportHtml,
): Promise<string[]> {
  const { from, to } = { ...defaults, ...options };
  const notebooks = await savedNotebooks(from);
  await mkdir(to, { recursive: true });
  const files: string[] = [];
  for (const notebook of notebooks) {
    const { name, language } = notebook;
    const fileName = nameOf(notebook);
    if (fileName === undefined) continue;
    const file = join(to, `${fileName}.${language}.html`);
    await write(join(from, `${name}.${language}.ipynb`), file, language);
    await linkPages(file, notebooks);
    files.push(file);
  }
  return files;
}

interface Saved {
  readonly name: string;
  readonly language: Language;
}

async function savedNotebooks(folder: string): Promise<Saved[]> {
  const files = await readdir(folder);
  for (const language of languages) {
    const lesson = `lesson.${language}.ipynb`;
    if (files.includes(lesson)) continue;
    throw new Failure({
      en: `${join(folder, lesson)} is missing. "git restore notebooks" brings the saved one back; "npm run notebooks" makes it anew.`,
      zh: `缺少 ${join(folder, lesson)}。请运行 "git restore notebooks" 取回保存的笔记本，或运行 "npm run notebooks" 重新生成。`,
    });
  }
  return files.sort().flatMap(file => {
    const [, name, ending] = /^([^.]+)\.([^.]+)\.ipynb$/.exec(file) ?? [];
    const language = languages.find(each => each === ending);
    return name && language ? [{ name, language }] : [];
  });
}

/** Turns a file's links to notebooks into links to their pages. */
async function linkPages(file: string, notebooks: Saved[]): Promise<void> {
  let html = await readFile(file, 'utf8');
  for (const { name, language } of notebooks) {
    html = html.replaceAll(`href="${name}.${language}.ipynb`, `href="${name}.${language}.html`);
  }
  await writeFile(file, html);
}
