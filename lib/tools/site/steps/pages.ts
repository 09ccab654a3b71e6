/** The pages of the site that are read: its index, the notebooks, the slides and the glossary. */
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { filesBelow, sha256, writeJson, writeWhole } from '../../project/files';
import { messages, tables } from '../../project/messages';
import { writePages, writeSlides } from '../../publish/lesson';
import { isCode, joinText, type Notebook, readNotebook } from '../../publish/notebook';
import { stageOf } from '../../publish/source';
import { reportPage } from '../../report/html';
import { browserScript } from '../browser-script';
import type { Build } from '../folders';
import { writeSheets } from '../sheets/sheets';

/** The saved notebooks and the glossary as pages to read, the lesson as slides, and the index. */
export async function writeSitePages({ work, saved, site, api }: Build): Promise<string> {
  const from = join(work, 'pages');
  const to = join(site, 'pages');
  for (const file of filesBelow(saved)) {
    writeJson(join(from, file), withLinks(await readNotebook(join(saved, file)), file));
  }
  const written = await Promise.all([writePages({ from, to }), writeSlides({ from: saved, to })]);
  for (const file of written.flat()) finishPage(file, to);
  await writeSheets(join(site, 'sheets'));
  // For figures of rare kinds in JupyterLab: Plotly, by far the largest of what the pages share.
  const sizeOf = (file: string) => statSync(join(to, 'shared', file)).size;
  const [plotly] = filesBelow(join(to, 'shared')).sort((a, b) => sizeOf(b) - sizeOf(a));
  writeJson(join(site, 'api', 'plotly.json'), `pages/shared/${plotly}`);
  const own = (name: string) => join(__dirname, '..', 'index', name);
  const digits = readFileSync(own('digits.svg'), 'utf8');
  const script = browserScript(own('offline-line.ts'));
  const index = readFileSync(own('index.html'), 'utf8')
    .replace('<!-- digits -->', () => digits)
    .replace(api ? '' : /^<p class="small api">.*\n/gm, '')
    .replace('<!-- offline -->', () => `<script>${script}</script>`);
  writeWhole(join(site, 'index.html'), index);
  copyFileSync(own('favicon.svg'), join(site, 'favicon.svg'));
  writeWhole(join(site, 'report', 'index.html'), reportPage());
  return messages().site.count(written.flat().length);
}

/**
 * Adds links to a notebook that becomes a page of the site: at its head those to the site's other
 * parts, and at each stage one that opens the notebook there, to be run.
 */
function withLinks(notebook: Notebook, file: string): Notebook {
  const [name, language] = file.split('.') as [string, Language];
  const { home, other, run } = tables[language].site.links;
  const app = `../${language}/lab/index.html?path=${file}`;
  const isRun = notebook.cells.some(isCode);
  const head = [
    `[${home}](../index.html)`,
    `[${other}](${name}.${language === 'zh' ? 'en' : 'zh'}.html)`,
    ...(isRun ? [`[${run}](${app})`] : []),
  ];
  const cells = notebook.cells.map((cell, at) => {
    const source = joinText(cell.source);
    if (at === 0) return { ...cell, source: `${head.join(' · ')}\n\n${source}` };
    if (!stageOf(cell) || !isRun) return cell;
    return { ...cell, source: `${source}\n\n[▸ ${run}](${app}#cell-id=${cell.id})` };
  });
  return { ...notebook, cells };
}

/**
 * Takes the large scripts and styles that the template includes, such as Plotly, out of a page of a
 * folder. Each is written once, into the folder's `shared`, and named by what it holds. And leads links to
 * the glossary to its page.
 */
function finishPage(file: string, folder: string): void {
  const share = (content: string, ending: string) => {
    const name = `shared/${sha256(content).slice(0, 12)}.${ending}`;
    writeWhole(join(folder, name), content);
    return name;
  };
  const html = readFileSync(file, 'utf8')
    .replace(/href="GLOSSARY\.(zh|en)\.md"/g, 'href="glossary.$1.html"')
    .replace(
      /<(script(?= nonce="\d+"\s*>)|style)([^>]*?)\s*>\r?\n?([\s\S]*?)<\/\1>/g,
      (all: string, kind: string, attributes: string, content: string) => {
        if (content.length < 50_000) return all;
        return kind === 'script'
          ? `<script${attributes} src="${share(content, 'js')}"></script>`
          : `<link rel="stylesheet" href="${share(content, 'css')}"${attributes}>`;
      },
    );
  writeWhole(file, html);
}
