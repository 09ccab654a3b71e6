import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, sha256, writeJson } from '../../project/files';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../build-folders';
import { isNeeded, megabytes, type Site, type SiteFile } from '../offline/keep';
import { APPS } from './jupyterlite';

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
  const files: SiteFile[] = [{ path: LIST, bytes: 0, neededBy: 'both' }, ...siteFiles(site)];
  // Of the two languages the one that needs more.
  const first = languages.map(language =>
    megabytes(files.filter(file => isNeeded(language, file))),
  );
  const index = join(site, 'index.html');
  const page = readFileSync(index, 'utf8');
  writeFileSync(index, page.replaceAll('<!-- megabytes -->', String(Math.max(...first))));
  const digests = digestsOf(site);
  const build = sha256(JSON.stringify(digests)).slice(0, 12);
  writeJson(join(site, LIST), { build, files } satisfies Site);
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

const LIST = 'api/offline.json';

/** Lists all files by the names that the site asks for. */
function siteFiles(site: string): SiteFile[] {
  const files = filesBelow(site).filter(file => file !== 'service-worker.js');
  const read = (file: string) => readFileSync(join(site, file));
  const named = (pages: readonly string[], address: RegExp) =>
    pages.flatMap(page => read(page).toString().match(address) ?? []);
  // The lesson leads to the glossary.
  const glossaries = languages.map(language => `pages/glossary.${language}.html`);
  const shared = named(glossaries, /(?<=")shared\/[^"]+/g).map(file => `pages/${file}`);
  const neededBy = (file: string): SiteFile['neededBy'] => {
    if (file.startsWith('pages/') && ![...glossaries, ...shared].includes(file)) return 'none';
    return languages.find(language => new RegExp(`\\b${language}(\\b|_)`).test(file)) ?? 'both';
  };
  const programs = languages.flatMap(language => APPS.map(app => `${language}/${app}/index.html`));
  // The apps ask for these by their versions, each by its own.
  const versions = [...new Set(named(programs, /(?<=\.\.\/\.\.\/)[^'"]+\?_=\w+/g))];
  const namesOf = (file: string) => {
    const names = versions.filter(name => name.startsWith(`${file}?`));
    return names.length > 0 ? names : [file];
  };
  return files.flatMap(file => {
    const content = read(file);
    const bytes = (file.endsWith('.gz') ? content : gzipSync(content)).length;
    return namesOf(file).map(path => ({ path, bytes, neededBy: neededBy(file) }));
  });
}
