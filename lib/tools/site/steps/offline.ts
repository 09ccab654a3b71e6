import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, sha256, writeJson } from '../../project/files';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../folders';
import type { SiteFile } from '../offline/keep';

/** Forbids pages to load from elsewhere, and lists what is kept for a day without a network. */
export async function writeOffline({ site }: Build): Promise<string> {
  const own = (name: string) => join(__dirname, '..', 'offline', name);
  const read = (path: string) => readFileSync(path, 'utf8');
  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(site, file), change(read(join(site, file))));
  const policy = read(own('policy.html'));
  for (const file of filesBelow(site).filter(name => name.endsWith('.html'))) {
    // Before all that it could forbid. A stricter one of the page's own holds, too.
    edit(file, html => html.replace(/<head>/i, `<head>\n${policy}`));
  }
  const list = 'api/offline.json';
  writeJson(join(site, list), []);
  const files = filesBelow(site).flatMap((path): SiteFile[] => {
    // A learner reads no reference.
    if (/^(service-worker\.js$|reference\/)/.test(path)) return [];
    const content = readFileSync(join(site, path));
    const bytes = (path.endsWith('.gz') ? content : gzipSync(content)).length;
    // The lesson leads to the glossary, a page with only a style; a teacher's pages are none of a learner's.
    const isRead = /^(report|sheets|pages)\/(?!glossary|.*\.css$)/.test(path);
    const named = languages.find(language => RegExp(`\\b${language}(\\b|_)`).test(path));
    return [{ path, bytes, neededBy: isRead ? 'none' : (named ?? 'both') }];
  });
  writeJson(join(site, list), files);
  const digests = files.map(({ path }) => [path, sha256(readFileSync(join(site, path)))]);
  const worker = browserScript(own('service-worker.ts'), {
    define: {
      DIGESTS: JSON.stringify(Object.fromEntries(digests)),
      NOT_KEPT: JSON.stringify(read(own('not-kept.html'))),
    },
  });
  // It stands before JupyterLite's own.
  edit('service-worker.js', text => `${worker}\n${text}`);
  return String(files.length);
}
