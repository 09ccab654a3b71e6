/** A JupyterLab for the tests of one process, started once; and what the lesson must show there. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../lib/digits/language';
import { writeNotebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { closePages, sharedBrowser } from '../browser';
import { type Figure, Lab, type LabNotebook, type Locale } from './lab';

const labs = new Map<Locale, Promise<Lab>>();

/** The JupyterLab of this process in a language. */
function sharedLab(locale: Locale): Promise<Lab> {
  const lab = labs.get(locale) ?? Lab.start(locale);
  labs.set(locale, lab);
  return lab;
}

/** A page in the browser, and a JupyterLab for it. */
export type Desk = Awaited<ReturnType<typeof deskAt>>;

/** @param width of the page, in pixels; and its height */
export async function deskAt(locale: Locale, width: number, height: number) {
  const [browser, lab] = await Promise.all([sharedBrowser(), sharedLab(locale)]);
  const page = await browser.newPage({ viewport: { width, height } });
  /** Closes the pages, ends the kernels, and puts the settings back. */
  const leave = async () => {
    await closePages();
    await lab.tidy();
  };
  return { browser, lab, page, leave };
}

// A process that runs files beside another's keeps them for its next file; they end with it.
if (process.env.MOCHA_WORKER_ID === undefined) {
  after(async () => {
    for (const lab of labs.values()) await (await lab).stop();
  });
}

/** How many figures the lesson draws. */
export const FIGURES = 16;

/** Writes the lesson, not yet executed, into the folder that a JupyterLab shows. */
export async function provideLesson(lab: Lab, language: Language): Promise<string> {
  const source = await readSource(join(notebookFolder, 'lesson.ts'));
  const file = `lesson.${language}.ipynb`;
  await writeNotebook(join(lab.folder, file), notebookOf(source, language));
  return file;
}

export function assertDrawn(figures: Figure[]): void {
  assert.equal(figures.length, FIGURES);
  for (const { width, height, paths, room, picture = 0 } of figures) {
    assert.ok(width > 400 && height > 150 && paths > 3, JSON.stringify(figures));
    assert.ok(width <= room && picture <= room, `cut off: ${JSON.stringify(figures)}`);
  }
}

/** Exports the lesson by a menu to a folder; opens the page with the network off, all figures drawn. */
export async function openExported(
  notebook: LabNotebook,
  browser: Browser,
  menu: readonly string[],
  folder: string,
): Promise<{ exported: Page; requests: string[] }> {
  const downloading = notebook.page.waitForEvent('download');
  await notebook.menu(...menu);
  await notebook.page.locator('.jp-Dialog .jp-mod-accept').click();
  const html = join(folder, 'exported.html');
  await (await downloading).saveAs(html);

  const context = await browser.newContext({ offline: true });
  const exported = await context.newPage();
  const requests: string[] = [];
  exported.on('request', request => requests.push(request.url()));
  await exported.goto(pathToFileURL(html).href, { waitUntil: 'networkidle' });
  const last = exported.locator('.js-plotly-plot').nth(FIGURES - 1);
  await last.locator('.main-svg').first().waitFor();
  assert.equal(await exported.locator('.js-plotly-plot').count(), FIGURES);
  return { exported, requests };
}
