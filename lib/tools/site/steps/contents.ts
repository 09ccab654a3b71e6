import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from 'digits/item-at';
import { tables as digits, type Language } from 'digits/language';
import { sha256, writeJson, writeWhole } from '../../project/files';
import { messages, tables } from '../../project/messages';
import {
  isCode,
  joined,
  type MultilineText,
  type Notebook,
  type Output,
  PLOTLY,
  readNotebook,
} from '../../publish/notebook';
import {
  languages,
  notebookFolder,
  notebookOf,
  readSource,
  sourceNames,
} from '../../publish/source';
import type { Build } from '../build-folders';

/**
 * The notebooks of both languages, and the glossary. They open without outputs, which would answer before
 * they are asked what learners are to guess, and make the lesson fifty times as large.
 */
export async function writeContents(build: Build): Promise<string> {
  const { contents: folder, saved: withOutputs, originals } = build;
  const digests: Record<string, string> = {};
  const names = await sourceNames();
  for (const name of names) {
    const source = await readSource(join(notebookFolder, `${name}.ts`));
    for (const language of languages) {
      const file = `${name}.${language}.ipynb`;
      const saved = await readNotebook(join(notebookFolder, file));
      const own = withCode(notebookOf(source, language, 'site'), saved, file);
      const shown = asShown(own, language);
      writeJson(join(withOutputs, file), shown);
      const notebook = withoutOutputs(shown);
      // A learner's copy keeps it, also under another name: so the page can tell that there is a newer one.
      const original = sha256(JSON.stringify(notebook)).slice(0, 16);
      const metadata = { ...notebook.metadata, digits: { original } };
      writeJson(join(folder, file), { ...notebook, metadata });
      digests[file] = original;
    }
  }
  writeJson(originals, digests);
  for (const language of languages) {
    writeWhole(join(folder, glossaryFile(language)), glossaryText(language));
  }
  return messages().site.count(names.length * languages.length);
}

/** Gives a notebook the code of a saved one, with its outputs: their texts alone may differ. */
function withCode(notebook: Notebook, saved: Notebook, file: string): Notebook {
  const code = saved.cells.filter(isCode);
  if (code.length !== notebook.cells.filter(isCode).length) {
    throw new Error(`${file} differs from its source: run "npm run notebooks".`);
  }
  const cells = notebook.cells.map(cell => (isCode(cell) ? (code.shift() ?? cell) : cell));
  return { ...notebook, cells };
}

const withoutOutputs = (notebook: Notebook): Notebook => ({
  ...notebook,
  cells: notebook.cells.map(cell =>
    isCode(cell) ? { ...cell, outputs: [], execution_count: null } : cell,
  ),
});

/** Makes of a notebook what the site shows, and JupyterLite would make of it, so that to open it changes nothing in it. */
function asShown(notebook: Notebook, language: Language): Notebook {
  const cells = notebook.cells.map(cell => {
    const glossary = `(${glossaryFile(language)})`;
    const source = withoutDownload(joined(cell.source)).replaceAll('(GLOSSARY.md)', glossary);
    return isCode(cell)
      ? { ...cell, source, outputs: cell.outputs.map(withOwnResults) }
      : { ...cell, source };
  });
  return { ...notebook, cells };
}

/** Leaves out of an exercise how its data are downloaded: the site may load nothing of elsewhere. */
const withoutDownload = (source: string): string =>
  source.replace(
    /(。| )[^。\n.]*[:：]\n\n```ts\n[^`]*\.loadData\(\);\n```/,
    match => match[0]?.trim() ?? '',
  );

/** A saved output's words about Fashion-MNIST, with the site's own. */
const OTHER_OUTPUTS = languages.map(language => {
  const { node, browser } = digits[language].text;
  return [node.fashionMissing('../data/fashion-mnist'), browser.fashionMissing] as const;
});

/** Returns a saved output in the site's own words. */
function withOwnResults(output: Output): Output {
  // JupyterLite shows the lines of a saved stream with commas between them.
  if (output.output_type === 'stream') return { ...output, text: joined(output.text) };
  if (output.output_type === 'error') return output;
  // A figure that Plotly draws needs no picture of itself, of which a learner downloads a megabyte.
  const { 'image/png': picture, ...rest } = output.data;
  const kept = PLOTLY in rest || !picture ? rest : output.data;
  const data = Object.entries(kept).map(([type, content]) => {
    if (!type.startsWith('text/')) return [type, content];
    const text = joined(content as MultilineText);
    return [type, OTHER_OUTPUTS.reduce((all, [there, here]) => all.replace(there, here), text)];
  });
  return { ...output, data: Object.fromEntries(data) };
}

/** The columns of `GLOSSARY.md` that each language shows: the term, the other language's, what it means. */
const COLUMNS: Record<Language, readonly number[]> = { zh: [1, 0, 3], en: [0, 1, 2] };

/** Returns the terms for readers of a language, as Markdown. */
export function glossaryText(language: Language): string {
  const text = readFileSync(join(notebookFolder, 'GLOSSARY.md'), 'utf8');
  // Below the next heading stand rules for those who write.
  const [terms = ''] = text.split('\n## ');
  const rows = terms.split('\n').filter(line => line.startsWith('|'));
  const own = rows.map(row => {
    const cells = row.split('|').slice(1, -1);
    return `|${COLUMNS[language].map(column => itemAt(cells, column)).join('|')}|`;
  });
  return `# ${tables[language].site.glossary}\n\n${tables[language].site.glossaryOf}\n\n${own.join('\n')}\n`;
}

/** Names a language's glossary beside the notebooks: they lie in one folder. */
export const glossaryFile = (language: Language): string => `GLOSSARY.${language}.md`;
