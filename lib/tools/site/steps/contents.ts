import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from 'digits/item-at';
import { tables as digits, type Language } from 'digits/language';
import { sha256, writeJson, writeWhole } from '../../project/files';
import { messages, tables } from '../../project/messages';
import { isCode, joinText, type Notebook, readNotebook } from '../../publish/notebook';
import {
  languages,
  notebookFolder,
  notebookOf,
  readSource,
  sourceNames,
} from '../../publish/source';
import type { Build } from '../folders';

/**
 * The notebooks of both languages, and the glossary. They open without outputs, which would answer before
 * they are asked what learners are to guess, and make the lesson fifty times as large.
 */
export async function writeContents({ contents, saved }: Build): Promise<string> {
  const names = await sourceNames();
  for (const name of names) {
    const source = await readSource(join(notebookFolder, `${name}.ts`));
    for (const language of languages) {
      const file = `${name}.${language}.ipynb`;
      const notebook = notebookOf(source, language, 'site');
      const shown = asShown(notebook, await readNotebook(join(notebookFolder, file)), language);
      writeJson(join(saved, file), shown);
      const cells = shown.cells.map(cell =>
        isCode(cell) ? { ...cell, outputs: [], execution_count: null } : cell,
      );
      // A learner's copy keeps it, also under another name: so the page can tell that there is a newer one.
      const original = sha256(JSON.stringify({ ...shown, cells })).slice(0, 16);
      const metadata = { ...shown.metadata, digits: { name: file, original } };
      writeJson(join(contents, file), { ...shown, cells, metadata });
    }
  }
  for (const language of languages) {
    const source = glossaryText(language);
    writeWhole(join(contents, `GLOSSARY.${language}.md`), source);
    // For its page.
    writeJson(join(saved, `glossary.${language}.ipynb`), {
      cells: [{ cell_type: 'markdown', id: 'glossary', metadata: {}, source }],
      metadata: { title: tables[language].site.glossary },
      ...{ nbformat: 4, nbformat_minor: 5 },
    });
  }
  return messages().site.count(names.length * languages.length);
}

/**
 * Gives a notebook the code of a saved one, whose texts alone may differ, with its outputs. Makes of it
 * what the site shows, and JupyterLite would make of it, so that to open it changes nothing in it.
 */
function asShown(notebook: Notebook, saved: Notebook, language: Language): Notebook {
  const code = saved.cells.filter(isCode);
  let at = 0;
  const cells = notebook.cells.map(cell => {
    const own = isCode(cell) ? itemAt(code, at++) : cell;
    // The site may load nothing of elsewhere: an exercise leaves out how its data are downloaded.
    const source = joinText(own.source)
      .replace(/(?:(?<=。)| )[^。\n.]*[:：]\n\n```ts\n[^`]*\.loadData\(\);\n```/, '')
      .replaceAll('(GLOSSARY.md)', `(GLOSSARY.${language}.md)`);
    return { ...own, source };
  });
  const { node, browser } = digits[language].text;
  const missing = node.fashionMissing('../data/fashion-mnist');
  const text = JSON.stringify({ ...notebook, cells });
  return JSON.parse(text.replaceAll(missing, browser.fashionMissing));
}

/** The columns of `GLOSSARY.md` that each language shows: the term, the other language's, what it means. */
const COLUMNS: Record<Language, readonly number[]> = { zh: [1, 0, 3], en: [0, 1, 2] };

/** Returns the rows of the glossary's table, as readers of a language see them. */
export function glossaryRows(language: Language): string[][] {
  const text = readFileSync(join(notebookFolder, 'GLOSSARY.md'), 'utf8');
  // Below the next heading stand rules for those who write.
  const [terms = ''] = text.split('\n## ');
  const rows = terms.split('\n').filter(line => line.startsWith('|'));
  return rows.map(row => {
    const cells = row.split('|').slice(1, -1);
    return COLUMNS[language].map(column => itemAt(cells, column));
  });
}

/** Returns the terms for readers of a language, as Markdown. */
function glossaryText(language: Language): string {
  const own = glossaryRows(language).map(cells => `|${cells.join('|')}|`);
  return `# ${tables[language].site.glossary}\n\n${tables[language].site.glossaryOf}\n\n${own.join('\n')}\n`;
}
