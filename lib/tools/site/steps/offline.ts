import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, sha256, writeJson } from '../../project/files';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../build-folders';
import { apps } from './apps';

/** Forbids pages to load from elsewhere, and lists what is kept for a day without a network. */
export async function writeOffline({ site }: Build): Promise<string> {
  const folder = join(__dirname, '..', 'offline');
  const commented = readFileSync(join(folder, 'policy.html'), 'utf8');
  const policy = commented
    .replace(/<!--.*?-->/s, '')
    .trim()
    .replace(/\s+/g, ' ');
  for (const file of filesBelow(site).filter(name => name.endsWith('.html'))) {
    const path = join(site, file);
    const html = readFileSync(path, 'utf8');
    if (!/<head>/i.test(html)) throw new Error(`Expected <head> in ${file}.`);
    // Before all that it could forbid. A stricter one of the page's own holds, too.
    writeFileSync(path, html.replace(/<head>/i, `<head>\n${policy}`));
  }
  const digests = digestsOf(site);
  const build = sha256(JSON.stringify(digests)).slice(0, 12);
  const keep = [...new Set(keptOf(site, Object.keys(digests)))];
  writeJson(join(site, 'api', 'offline.json'), { build, keep });
  const worker = join(site, 'service-worker.js');
  // Ours stands before JupyterLite's own.
  const ours = browserScript(join(folder, 'service-worker.ts'), {
    define: {
      BUILD: JSON.stringify(build),
      DIGESTS: JSON.stringify(digests),
      NOT_KEPT: JSON.stringify(readFileSync(join(folder, 'not-kept.html'), 'utf8')),
    },
  });
  writeFileSync(worker, `${ours}\n${readFileSync(worker, 'utf8')}`);
  const all = filesBelow(site);
  const bytes = all.reduce((sum, file) => sum + statSync(join(site, file)).size, 0);
  return `${all.length}, ${(bytes / 1e6).toFixed(1)} MB`;
}

function digestsOf(site: string): Record<string, string> {
  const files = filesBelow(site).filter(file => file !== 'service-worker.js');
  return Object.fromEntries(files.map(file => [file, sha256(readFileSync(join(site, file)))]));
}

/** Lists what opens and runs in both apps and languages: all but the pages to read, except the glossary. */
function keptOf(site: string, files: readonly string[]): string[] {
  const glossaries = languages.map(language => `pages/glossary.${language}.html`);
  const programs = languages.flatMap(language => apps.map(app => `${language}/${app}/index.html`));
  const named = (pages: readonly string[], address: RegExp) =>
    pages.flatMap(page => readFileSync(join(site, page), 'utf8').match(address) ?? []);
  return [
    ...files.filter(file => !file.startsWith('pages/')),
    ...glossaries,
    ...named(glossaries, /(?<=")shared\/[^"]+/g).map(file => `pages/${file}`),
    // What the apps ask for by its version, too.
    ...named(programs, /(?<=\.\.\/\.\.\/)[^'"]+\?_=\w+/g),
  ];
}
