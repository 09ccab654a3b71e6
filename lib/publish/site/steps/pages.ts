/** Writes the site's HTML pages: index, notebooks, slides and glossary. */
import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, sha256, writeJson, writeWhole } from 'command/machine/files';
import { messages, tables } from 'command/output/messages';
import { sitePages } from 'command/registry.mjs';
import { tables as digits, type Language } from 'digits/language';
import padNetwork from 'digits/pad/trained-network.json';
import { browserScript } from 'lab/browser-script';
import { writePages, writeSlides } from '../../lesson';
import { isCode, type Notebook, readNotebook, textOf } from '../../notebook';
import { stageOf } from '../../source';
import type { Build } from '../folders';
import { writeSheets } from '../sheets/sheets';

/** Writes the saved notebooks and the glossary as HTML pages, the lesson as slides, and the index. */
export async function writeSitePages({ work, saved, site, api }: Build): Promise<string> {
  const source = join(work, 'pages');
  const target = join(site, 'pages');
  for (const file of filesBelow(saved)) {
    writeJson(join(source, file), withLinks(await readNotebook(join(saved, file)), file));
  }
  const pages = await Promise.all([
    writePages({ from: source, to: target }),
    writeSlides({ from: saved, to: target }),
  ]);
  for (const file of pages.flat()) finishPage(file, target);
  await writeSheets(join(site, 'sheets'));
  // Rare figure types in JupyterLab load the complete Plotly, the largest shared file.
  const sizeOf = (file: string) => statSync(join(target, 'shared', file)).size;
  const [plotly] = filesBelow(join(target, 'shared')).sort((a, b) => sizeOf(b) - sizeOf(a));
  writeJson(join(site, 'api', 'plotly.json'), `pages/shared/${plotly}`);
  const pathOf = (name: string) => join(__dirname, '..', 'index', name);
  const { zh, en } = digits;
  const script = browserScript(pathOf('index.ts'), {
    loader: { '.css': 'text', '.html': 'text' },
    define: {
      PAD_CONTENT: JSON.stringify({ layers: padNetwork.layers, isSet: false, sendsDigit: true }),
      PAD_TEXTS: JSON.stringify({ zh: zh.pad.page, en: en.pad.page }),
    },
  });
  const index = readFileSync(pathOf('index.html'), 'utf8')
    .replace(api ? '' : /^<p class="small api">.*\n/gm, '')
    .replace('report/index.html' in sitePages ? '' : /<(li|span) class="report">.*?<\/\1>/g, '')
    .replace(
      '<!-- scripts -->',
      () => `<script>${script.replaceAll('</script', '<\\/script')}</script>`,
    );
  writeWhole(join(site, 'index.html'), index);
  copyFileSync(pathOf('favicon.svg'), join(site, 'favicon.svg'));
  for (const language of Object.keys(tables)) {
    const redirect = readFileSync(pathOf('redirect.html'), 'utf8').replaceAll('LANGUAGE', language);
    writeWhole(join(site, language, 'index.html'), redirect);
  }
  for (const [path, module] of Object.entries(sitePages)) {
    const { page }: { page(): string } = require(module);
    writeWhole(join(site, path), page());
  }
  return messages().site.count(pages.flat().length);
}

/** Adds links to a notebook's page: to other parts of the site, and at each stage to the interactive notebook. */
function withLinks(notebook: Notebook, file: string): Notebook {
  const [name, language] = file.split('.') as [string, Language];
  const { home, other: otherLanguage, run: runNotebook } = tables[language].site.links;
  const app = `../${language}/lab/index.html?path=${file}`;
  const hasCode = notebook.cells.some(isCode);
  const head = [
    `[${home}](../index.html)`,
    `[${otherLanguage}](${name}.${language === 'zh' ? 'en' : 'zh'}.html)`,
    ...(hasCode ? [`[${runNotebook}](${app})`] : []),
  ];
  const cells = notebook.cells.map((cell, index) => {
    const source = textOf(cell.source);
    if (index === 0) return { ...cell, source: `${head.join(' · ')}\n\n${source}` };
    if (!stageOf(cell) || !hasCode) return cell;
    return { ...cell, source: `${source}\n\n[▸ ${runNotebook}](${app}#cell-id=${cell.id})` };
  });
  return { ...notebook, cells };
}

/**
 * Moves large scripts and styles, such as Plotly, from a page to the folder's `shared` subfolder, named by content
 * hash. Redirects glossary links to the glossary's page.
 */
function finishPage(file: string, folder: string): void {
  const writeShared = (content: string, ending: string) => {
    const name = `shared/${sha256(content).slice(0, 12)}.${ending}`;
    writeWhole(join(folder, name), content);
    return name;
  };
  const html = readFileSync(file, 'utf8')
    .replace(/href="GLOSSARY\.(zh|en)\.md"/g, 'href="glossary.$1.html"')
    .replace(
      /<(script(?= nonce="\d+"\s*>)|style)([^>]*?)\s*>\r?\n?([\s\S]*?)<\/\1>/g,
      (element: string, kind: string, attributes: string, content: string) => {
        if (content.length < 50_000) return element;
        return kind === 'script'
          ? `<script${attributes} src="${writeShared(content, 'js')}"></script>`
          : `<link rel="stylesheet" href="${writeShared(content, 'css')}"${attributes}>`;
      },
    );
  writeWhole(file, html);
}
