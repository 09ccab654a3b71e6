import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, writeJson, writeWhole } from 'command/machine/files';
import { messages, tables } from 'command/output/messages';
import { itemAt } from 'digits/item-at';
import { tables as digits, type Language } from 'digits/language';
import { isCode, type Notebook, readNotebook, textOf } from '../../notebook';
import { languages, notebookFolder, notebookOf, readSource, sourceNames } from '../../source';
import type { Build } from '../folders';

/** Writes the glossary and the notebooks, without outputs, which reveal answers and are fifty times as large. */
export async function writeContents({ contents, saved }: Build): Promise<string> {
  const names = await sourceNames();
  for (const name of names) {
    const source = await readSource(join(notebookFolder, `${name}.ts`));
    for (const language of languages) {
      const file = `${name}.${language}.ipynb`;
      const notebook = notebookOf(source, language, 'site');
      const executed = await readNotebook(join(notebookFolder, file));
      const content = useSavedCode(notebook, executed, language);
      writeJson(join(saved, file), content);
      const cells = content.cells.map(cell =>
        isCode(cell) ? { ...cell, outputs: [], execution_count: null } : cell,
      );
      // A renamed copy keeps this metadata, so the page can detect a newer original.
      const original = sha256(JSON.stringify({ ...content, cells })).slice(0, 16);
      const metadata = { ...content.metadata, digits: { name: file, original } };
      writeJson(join(contents, file), { ...content, cells, metadata });
    }
  }
  for (const language of languages) {
    const { glossary, glossaryOf } = tables[language].site;
    const rows = glossaryRows(language).map(cells => `|${cells.join('|')}|\n`);
    const source = `# ${glossary}\n\n${glossaryOf}\n\n${rows.join('')}`;
    writeWhole(join(contents, `GLOSSARY.${language}.md`), source);
    // Input of the glossary's HTML page.
    writeJson(join(saved, `glossary.${language}.ipynb`), {
      cells: [{ cell_type: 'markdown', id: 'glossary', metadata: {}, source }],
      metadata: { title: glossary },
      ...{ nbformat: 4, nbformat_minor: 5 },
    });
  }
  return messages().site.count(names.length * languages.length);
}

/**
 * Replaces a notebook's code cells by saved cells with outputs; only texts may differ. Applies the site's and
 * JupyterLite's changes, so opening a notebook does not modify the file.
 */
function useSavedCode(notebook: Notebook, saved: Notebook, language: Language): Notebook {
  const code = saved.cells.filter(isCode);
  let index = 0;
  const cells = notebook.cells.map(cell => {
    const savedCell = isCode(cell) ? itemAt(code, index++) : cell;
    // The site loads nothing from other hosts: remove download instructions from an exercise.
    const source = textOf(savedCell.source)
      .replace(/(?:(?<=。)| )[^。\n.]*[:：]\n\n```ts\n[^`]*\.loadData\(\);\n```/, '')
      .replaceAll('(GLOSSARY.md)', `(GLOSSARY.${language}.md)`);
    return { ...savedCell, source };
  });
  const { node, browser } = digits[language].text;
  const missing = node.fashionMissing('../data/fashion-mnist');
  const text = JSON.stringify({ ...notebook, cells });
  return JSON.parse(text.replaceAll(missing, browser.fashionMissing));
}

/** Columns of `GLOSSARY.md` per language: term, translation, explanation. */
const COLUMNS: Record<Language, readonly number[]> = { zh: [1, 0, 3], en: [0, 1, 2] };

export function glossaryRows(language: Language): string[][] {
  const text = readFileSync(join(notebookFolder, 'GLOSSARY.md'), 'utf8');
  // The next section contains rules for authors.
  const [terms = ''] = text.split('\n## ');
  const rows = terms.split('\n').filter(line => line.startsWith('|'));
  return rows.map(row => {
    const cells = row.split('|').slice(1, -1);
    return COLUMNS[language].map(column => itemAt(cells, column));
  });
}
