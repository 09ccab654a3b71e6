/** The glossary of each language, a file beside the notebooks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itemAt } from 'digits/item-at';
import type { Language } from 'digits/language';
import { tables } from '../project/messages';
import { notebookFolder } from '../publish/source';

/** The columns of `GLOSSARY.md` that each language shows: the term, the other language's, what it means. */
const COLUMNS: Record<Language, readonly number[]> = { zh: [1, 0, 3], en: [0, 1, 2] };

/** Returns the terms for readers of a language, as Markdown. */
export async function glossaryText(language: Language): Promise<string> {
  const text = await readFile(join(notebookFolder, 'GLOSSARY.md'), 'utf8');
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
