/** Has learners work on a package in a learning platform, in a browser, on the site in the package. */
import { deepEqual, fail } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exercises } from 'digits/exercises';
import { unzipSync } from 'fflate';
import type { BrowserContext, FrameLocator, Page } from 'playwright-core';
import { writePackage } from '../../../lib/class/export/scorm/package';
import { closePages, sharedBrowser } from '../../browser';
import { put, temporaryFolder } from '../../folder';
import { NotebookPage } from '../../notebooks/notebook-page';
import { builtSite } from '../../publish/site/support';
import { readData } from '../../texts';
import { startLms } from './lms';

interface Visit {
  readonly learner: string;
  readonly at?: string;
  readonly language?: 'en' | 'zh';
  readonly same?: true;
  readonly from?: string;
  readonly refuses?: true;
  readonly storeless?: true;
  readonly run?: readonly string[];
  readonly says: string;
  readonly then?: string;
  readonly kept?: readonly [raw: string, status: string];
}

const { answers, stories } = readData<{
  readonly answers: Readonly<Record<string, string>>;
  readonly stories: Readonly<Record<string, readonly Visit[]>>;
}>('class/export/scorm.yml');

describe('a package for learning platforms', function () {
  this.timeout(600_000);
  const started: Record<string, Awaited<ReturnType<typeof startLms>>> = {};
  let context: BrowserContext | undefined;

  before(async () => {
    for (const language of ['en', 'zh'] as const) {
      const [folder, file] = [temporaryFolder(), join(temporaryFolder(), 'package.zip')];
      const chosen = exercises.filter(({ id }) => id in answers);
      writePackage(await builtSite(), file, language, chosen);
      const files = Object.entries(unzipSync(readFileSync(file)));
      put(folder, files);
      const manifest = readFileSync(join(folder, 'imsmanifest.xml'), 'utf8');
      const listed = [...manifest.matchAll(/<file href="(.*?)"/g)].map(([, path = '']) => path);
      deepEqual(['imsmanifest.xml', ...listed].sort(), files.map(([path]) => path).sort());
      started[language] = await startLms(folder);
    }
  });
  afterEach(closePages);
  after(() => Object.values(started).forEach(lms => void lms.stop()));

  async function runIn(page: Page, language: string, cells: readonly string[]): Promise<void> {
    const find = () => page.frames().find(frame => frame.url().includes(`/site/${language}/`));
    let frame = find();
    for (; !frame; frame = find()) await page.waitForEvent('framenavigated');
    const notebook = new NotebookPage(frame);
    await notebook.shows(`exercises.${language}.ipynb`);
    for (const name of cells) {
      const { error } = await notebook.run(`import * as digits from 'digits';\n${answers[name]}`);
      deepEqual([name, error], [name, undefined]);
    }
  }

  async function come(visit: Visit): Promise<void> {
    const { language = 'en', learner, run = [], kept } = visit;
    const lms = started[language] ?? fail(language);
    const former = lms.kept.get(visit.from ?? '');
    const cut = former && { ...former, suspend_data: former.suspend_data.slice(0, -3) };
    if (cut) lms.kept.set(learner, cut);
    lms.refuses = visit.refuses ?? false;
    if (!visit.same) context = await (await sharedBrowser()).newContext();
    const page = (await context?.newPage()) as Page;
    if (visit.storeless) {
      await page.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: null }));
    }
    await page.goto(lms.address + (visit.at ?? `/course?learner=${learner}`));
    if (run.length > 0) await runIn(page, language, run);
    const frame: FrameLocator | Page = visit.at ? page : page.frameLocator('iframe');
    const state = frame.locator('#state');
    const says = (words: string) =>
      state.filter({ hasText: RegExp(words) }).waitFor({ timeout: 60_000 });
    await says(visit.says);
    lms.refuses = false;
    if (visit.then) await says(visit.then);
    const { core } = lms.kept.get(learner) ?? {};
    if (kept) deepEqual([core?.score.raw, core?.lesson_status], kept);
    await page.close();
  }

  for (const [story, visits] of Object.entries(stories)) {
    it(story, async () => {
      for (const visit of visits) await come(visit);
    });
  }
});
