import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeJson } from '../../project/files';
import { isCode, joined, type Notebook, type Output, readNotebook } from '../../publish/notebook';
import { notebookFolder } from '../../publish/source';
import { type Build, type BuildStep, contentsFolder } from '../build-step';

/** The notebooks of both languages, and the glossary. */
export const contentsStep: BuildStep = {
  title: { zh: '笔记本', en: 'Notebooks' },
  async run(build) {
    const folder = contentsFolder(build);
    mkdirSync(folder, { recursive: true });
    const names = readdirSync(notebookFolder).filter(name => name.endsWith('.ipynb'));
    for (const name of names) {
      const notebook = await readNotebook(join(notebookFolder, name));
      writeJson(join(folder, name), withOrigin(withWholeStreams(notebook)));
    }
    cpSync(join(notebookFolder, 'GLOSSARY.md'), join(folder, 'GLOSSARY.md'));
    return { zh: `${names.length} 个`, en: String(names.length) };
  },
};

/** JupyterLite shows the lines of a saved stream with commas between them. */
function withWholeStreams(notebook: Notebook): Notebook {
  const whole = (output: Output): Output =>
    output.output_type === 'stream' ? { ...output, text: joined(output.text) } : output;
  const cells = notebook.cells.map(cell =>
    isCode(cell) ? { ...cell, outputs: cell.outputs.map(whole) } : cell,
  );
  return { ...notebook, cells };
}

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
