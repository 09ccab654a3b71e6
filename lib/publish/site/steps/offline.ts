import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, sha256, writeJson } from 'command/machine/files';
import { browserScript } from 'lab/browser-script';
import { languages } from '../../source';
import type { Build } from '../folders';
import type { SiteFile } from '../offline/keep';

/** Restricts pages to files of the site, and lists the files for offline use. */
export async function writeOffline({ site }: Build): Promise<string> {
  const pathOf = (name: string) => join(__dirname, '..', 'offline', name);
  const read = (path: string) => readFileSync(path, 'utf8');
  const editFile = (file: string, change: (text: string) => string) =>
    writeFileSync(join(site, file), change(read(join(site, file))));
  const policy = read(pathOf('policy.html'));
  for (const file of filesBelow(site).filter(name => name.endsWith('.html'))) {
    // The policy must precede all restricted elements. A page's stricter policy also applies.
    editFile(file, html => html.replace(/<head>/i, `<head>\n${policy}`));
  }
  const list = 'api/offline.json';
  writeJson(join(site, list), []);
  const files = filesBelow(site).flatMap((path): SiteFile[] => {
    // Learners do not need the reference offline.
    if (/^(service-worker\.js$|reference\/)/.test(path)) return [];
    const content = readFileSync(join(site, path));
    const bytes = (path.endsWith('.gz') ? content : gzipSync(content)).length;
    // The lesson links to the glossary, a page with a style sheet. Learners do not need the teachers' pages.
    const isArticle = /^(report|sheets|pages)\/(?!glossary|.*\.css$)/.test(path);
    const pageLanguage = languages.find(language => RegExp(`\\b${language}(\\b|_)`).test(path));
    return [{ path, bytes, neededBy: isArticle ? 'none' : (pageLanguage ?? 'both') }];
  });
  writeJson(join(site, list), files);
  const digests = files.map(({ path }) => [path, sha256(readFileSync(join(site, path)))]);
  const worker = browserScript(pathOf('service-worker.ts'), {
    define: {
      DIGESTS: JSON.stringify(Object.fromEntries(digests)),
      NOT_KEPT: JSON.stringify(read(pathOf('not-kept.html'))),
    },
  });
  // Prepend the worker to JupyterLite's.
  editFile('service-worker.js', text => `${worker}\n${text}`);
  return String(files.length);
}
