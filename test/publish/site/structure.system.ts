import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../../lib/command/machine/files';
import { projectRoot } from '../../../lib/command/machine/paths';
import { STAGES } from '../../../lib/command/options.mjs';
import { isCode, type Notebook } from '../../../lib/publish/notebook';
import { isStale } from '../../../lib/publish/site/build';
import type { SiteFile } from '../../../lib/publish/site/offline/keep';
import { languages } from '../../../lib/publish/source';
import { put, temporaryFolder } from '../../folder';
import { builtSite } from './support';

/** Bytes of the whole site, and the limit of a first visit's downloads in a language, compressed by the server. */
const LIMITS = { unpacked: 46e6, firstVisit: 17e6 };

describe('the site', function () {
  this.timeout(600_000);
  let site: string;
  let files: string[];
  const contentOf = (file: string) => readFileSync(join(site, file), 'utf8');
  const pages = () => files.filter(file => file.endsWith('.html'));
  before(async () => {
    site = await builtSite();
    files = filesBelow(site).filter(file => !file.endsWith('.zip'));
  });

  it('has beside the notebooks the glossary, the reader’s language first, to which they link', () => {
    for (const language of languages) {
      const glossary = contentOf(`files/GLOSSARY.${language}.md`);
      match(glossary, language === 'zh' ? /^\| 损失 \| loss \| /m : /^\| loss \| 损失 \| /m);
      ok(glossary.split('\n').filter(line => line.startsWith('| ')).length > 50);
      ok(!glossary.includes('U+202F'), 'nothing for those who write');
      for (const name of ['lesson', 'exercises']) {
        ok(contentOf(`files/${name}.${language}.ipynb`).includes(`(GLOSSARY.${language}.md)`));
        ok(
          contentOf(`pages/${name}.${language}.html`).includes(`href="glossary.${language}.html"`),
        );
      }
    }
  });

  it('is no larger than it promises, with neither source maps, nor two copies of Plotly’s file, nor outputs', () => {
    const size = files.reduce((sum, file) => sum + statSync(join(site, file)).size, 0);
    ok(size <= LIMITS.unpacked, `${size / 1e6} MB`);
    const listed: SiteFile[] = JSON.parse(contentOf('api/offline.json'));
    const wire = listed
      .filter(({ neededBy }) => ['en', 'both'].includes(neededBy))
      .reduce((sum, { bytes }) => sum + bytes, 0);
    ok(wire <= LIMITS.firstVisit, `${wire / 1e6} MB`);
    const sizes = contentOf('index.html').match(/(?<=约下载 |downloads about )\d+ MB/g);
    deepEqual(sizes, Array(2).fill(`${Math.ceil(wire / 1e6)} MB`));
    ok(!files.some(file => file.endsWith('.map')));
    const large = files.filter(
      file => /^pages/.test(file) && statSync(join(site, file)).size > 3e6,
    );
    equal(large.length, 1, large.join(' '));
    for (const language of languages) {
      const { cells } = JSON.parse(contentOf(`files/lesson.${language}.ipynb`)) as Notebook;
      ok(cells.filter(isCode).every(({ outputs }) => outputs.length === 0));
    }
  });

  it('gives every page a policy that lets it load from the site alone', () => {
    for (const page of pages()) {
      const [policy = ''] =
        /<meta\s+http-equiv="Content-Security-Policy"[^>]*>/.exec(contentOf(page)) ?? [];
      ok(policy.includes("default-src 'self'"), page);
      ok(policy.includes("connect-src 'self'"), page);
      ok(!/https?:/.test(policy), policy);
      // The policy does not apply to earlier elements.
      ok(
        contentOf(page).indexOf('Content-Security-Policy') <
          contentOf(page).search(/<(script|link|style)/),
      );
    }
  });

  it('opens the lesson at each stage from its page', () => {
    for (const language of languages) {
      const html = contentOf(`pages/lesson.${language}.html`);
      for (let stage = 1; stage <= STAGES; stage++) {
        const address = `../${language}/lab/index.html?path=lesson.${language}.ipynb#cell-id=stage-${stage}`;
        ok(html.includes(`href="${address}"`), address);
      }
    }
  });

  it('is not stale by what a kernel leaves beside its code', () => {
    const [built, remains] = [
      temporaryFolder(),
      join(projectRoot, 'lib/kernel/dist/cells/of-a-test'),
    ];
    const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
    put(built, [['service-worker.js', '']]);
    utimesSync(join(built, 'service-worker.js'), later(1), later(1));
    writeFileSync(remains, '');
    utimesSync(remains, later(2), later(2));
    try {
      equal(isStale(built), false);
      utimesSync(join(built, 'service-worker.js'), 0, 0);
      equal(isStale(built), true);
    } finally {
      rmSync(remains);
    }
  });

  it('lists for each language its own notebooks', () => {
    for (const language of languages) {
      const { content } = JSON.parse(contentOf(`api/contents/${language}.json`));
      const names = content.map(({ name }: { name: string }) => name).sort();
      const notebooks = ['exercises', 'lesson', 'solutions'].map(
        name => `${name}.${language}.ipynb`,
      );
      deepEqual(names, [`GLOSSARY.${language}.md`, ...notebooks]);
    }
  });
});
