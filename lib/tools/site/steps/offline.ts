import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { writeJson } from '../../project/files';
import { filesBelow } from '../../project/files-below';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { BuildStep } from '../build-step';
import { glossaryFile } from '../glossary';
import { withPolicy } from '../policy';

/** What no page may load of elsewhere, and what is kept for a day without a network. */
export const offlineStep: BuildStep = {
  title: { zh: '离线与安全设置', en: 'Offline, and policy' },
  async run({ site }) {
    for (const file of filesBelow(site).filter(name => name.endsWith('.html'))) {
      const path = join(site, file);
      writeFileSync(path, withPolicy(readFileSync(path, 'utf8')));
    }
    const digests = digestsOf(site);
    const build = digest(JSON.stringify(digests)).slice(0, 12);
    const keep = Object.fromEntries(
      languages.map(language => {
        const own = Object.keys(digests).filter(isKeptFor(language));
        return [language, [...own, ...sharedPartsOf(site, `pages/glossary.${language}.html`)]];
      }),
    );
    writeJson(join(site, 'api', 'offline.json'), { build, keep });
    const worker = join(site, 'service-worker.js');
    writeFileSync(worker, `${serviceWorker(build, digests)}\n${readFileSync(worker, 'utf8')}`);
    const megabytes = size(site) / 1e6;
    const text = `${filesBelow(site).length}, ${megabytes.toFixed(1)} MB`;
    return { zh: text, en: text };
  },
};

const digest = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

function digestsOf(site: string): Record<string, string> {
  const files = filesBelow(site).filter(file => file !== 'service-worker.js');
  return Object.fromEntries(files.map(file => [file, digest(readFileSync(join(site, file)))]));
}

/**
 * Whether a file is kept for a language even where the page has not asked for it: the app's own files,
 * the kernel with its data, and what shows the figures. What JupyterLab itself loads comes to that.
 */
const isKeptFor =
  (language: Language) =>
  (file: string): boolean =>
    file.startsWith(`${language}/`) ||
    file.startsWith('extensions/') ||
    /^(index\.html|favicon\.svg|jupyter-lite\.(json|ipynb)|config-utils\.js)$/.test(file) ||
    file === `files/${glossaryFile(language)}` ||
    file === `pages/glossary.${language}.html` ||
    (file.startsWith('files/') && file.endsWith(`.${language}.ipynb`)) ||
    file === `api/contents/${language}.json` ||
    file === 'api/originals.json' ||
    file === 'api/translations/all.json' ||
    file === `api/translations/${language === 'zh' ? 'zh_CN' : 'en'}.json`;

/** The files of `pages/shared` that a page loads. */
function sharedPartsOf(site: string, page: string): string[] {
  const html = readFileSync(join(site, page), 'utf8');
  return Array.from(
    html.matchAll(/(?:src|href)="(shared\/[^"]+)"/g),
    ([, file]) => `pages/${file}`,
  );
}

/** Bundles the service worker's part that stands before JupyterLite's own. */
const serviceWorker = (build: string, digests: Record<string, string>): string =>
  browserScript(join(__dirname, '..', 'offline', 'service-worker.ts'), {
    define: { BUILD: JSON.stringify(build), DIGESTS: JSON.stringify(digests) },
  });

function size(site: string): number {
  return filesBelow(site).reduce((sum, file) => sum + readFileSync(join(site, file)).length, 0);
}
