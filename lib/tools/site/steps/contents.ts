import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson } from '../../project/files';
import { isCode, joined, type Notebook, type Output, readNotebook } from '../../publish/notebook';
import { notebookFolder } from '../../publish/source';
import { type Build, type BuildStep, contentsFolder } from '../build-step';

/** The notebooks of both languages, and the glossary. */
export const contentsStep: BuildStep = {
  title: { zh: '笔记本准备', en: 'Notebooks' },
  async run(build) {
    const folder = contentsFolder(build);
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(notebookFolder).filter(name => name.endsWith('.ipynb'));
    for (const name of names) {
      const notebook = await readNotebook(join(notebookFolder, name));
      writeJson(join(folder, name), withOrigin(asOpened(notebook)));
    }
    cpSync(join(notebookFolder, 'GLOSSARY.md'), join(folder, 'GLOSSARY.md'));
    return { zh: `${names.length} 个`, en: String(names.length) };
  },
};

/** Makes of a notebook what JupyterLite would make of it, so that to open it changes nothing in it. */
function asOpened(notebook: Notebook): Notebook {
  const cells = notebook.cells.map(cell => {
    const source = withOwnWords(joined(cell.source));
    return isCode(cell)
      ? { ...cell, source, outputs: cell.outputs.map(withWholeStream) }
      : { ...cell, source };
  });
  const info = notebook.metadata.language_info as object;
  // The kernel has no version of its own, and JupyterLab writes down what it says.
  const language_info = { ...info, version: '' };
  return { ...notebook, cells, metadata: { ...notebook.metadata, language_info } };
}

/** JupyterLite shows the lines of a saved stream with commas between them. */
const withWholeStream = (output: Output): Output =>
  output.output_type === 'stream' ? { ...output, text: joined(output.text) } : output;

/** What the installed lesson says and the site has another way for: it has no terminal. */
const OTHER_WORDS: readonly [string, string][] = [
  ['在终端运行 `git restore notebooks`，就能恢复原样', '“文件”菜单里的“取回原始笔记本”能恢复原样'],
  [
    '`git restore notebooks` in a terminal brings the original back',
    '“Get the Original Back” in the File menu starts afresh and keeps your copy',
  ],
];

const withOwnWords = (source: string): string =>
  OTHER_WORDS.reduce((text, [installed, here]) => text.replace(installed, here), source);

/**
 * Writes into a notebook from which original it comes: a learner's copy keeps it, also under another
 * name, and so the page can tell that there is a newer one.
 */
function withOrigin(notebook: Notebook): Notebook {
  const original = createHash('sha256').update(JSON.stringify(notebook)).digest('hex').slice(0, 16);
  return { ...notebook, metadata: { ...notebook.metadata, digits: { original } } };
}

/** Reads from which original each notebook of the site comes, by its name. */
export async function originals(build: Build): Promise<Record<string, string>> {
  const folder = contentsFolder(build);
  const names = readdirSync(folder).filter(name => name.endsWith('.ipynb'));
  const entries = names.map(async name => {
    const { metadata } = await readNotebook(join(folder, name));
    return [name, (metadata.digits as { original: string }).original];
  });
  return Object.fromEntries(await Promise.all(entries));
}
