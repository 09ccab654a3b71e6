/** The links of the site's pages: to its index, to the other language, and into the app. */
import type { Language } from 'digits/language';
import { tables } from '../project/messages';
import { joined, type Notebook } from '../publish/notebook';
import { stageOf } from '../publish/source';

/**
 * Adds links to a notebook that becomes a page of the site: at its head those to the site's other
 * parts, and at each stage one that opens the notebook there, to be run.
 *
 * @param file the notebook's name, such as `lesson.zh.ipynb`.
 */
export function withLinks(notebook: Notebook, file: string, language: Language): Notebook {
  const { home, other, run } = tables[language].site.links;
  const app = `../${language}/lab/index.html?path=${file}`;
  const twin = file.replace(/\.(zh|en)\.ipynb$/, `.${language === 'zh' ? 'en' : 'zh'}.html`);
  const isRun = notebook.cells.some(cell => cell.cell_type === 'code');
  const head = [`[${home}](../index.html)`, `[${other}](${twin})`];
  if (isRun) head.push(`[${run}](${app})`);
  const cells = notebook.cells.map((cell, at) => {
    const source = joined(cell.source);
    if (at === 0) return { ...cell, source: `${head.join(' · ')}\n\n${source}` };
    if (!stageOf(cell) || !isRun) return cell;
    return { ...cell, source: `${source}\n\n[▸ ${run}](${app}#cell-id=${cell.id})` };
  });
  return { ...notebook, cells };
}
