import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Language } from 'digits/language';
import { fashionMissing } from 'digits/text/platform-messages';
import { fashionMissing as fashionMissingHere } from 'digits/text/platform-messages.browser';
import type { FileNotFoundError } from 'mnist-data-loader';
import { writeJson, writeWhole } from '../../project/files';
import {
  isCode,
  joined,
  type MultilineText,
  type Notebook,
  type Output,
  readNotebook,
} from '../../publish/notebook';
import {
  languages,
  notebookFolder,
  notebookOf,
  readSource,
  sourceNames,
} from '../../publish/source';
import { type Build, type BuildStep, contentsFolder } from '../build-step';
import { glossaryFile, glossaryText, withOwnGlossary } from '../glossary';

/** The notebooks of both languages, and the glossary. */
export const contentsStep: BuildStep = {
  title: { zh: '笔记本准备', en: 'Notebooks' },
  async run(build) {
    const folder = contentsFolder(build);
    mkdirSync(folder, { recursive: true });
    const names = await sourceNames();
    for (const name of names) {
      const source = await readSource(join(notebookFolder, `${name}.ts`));
      for (const language of languages) {
        const file = `${name}.${language}.ipynb`;
        const saved = await readNotebook(join(notebookFolder, file));
        const edition = withOutputs(notebookOf(source, language, 'site'), saved, file);
        writeJson(join(folder, file), withOrigin(asOpened(edition, language)));
      }
    }
    for (const language of languages) {
      writeWhole(join(folder, glossaryFile(language)), await glossaryText(language));
    }
    const count = names.length * languages.length;
    return { zh: `${count} 个`, en: String(count) };
  },
};

/**
 * Fills a notebook with the outputs of a saved one, whose texts may differ, but not its code.
 *
 * @throws Error if the saved notebook `file` is not what its source makes it.
 */
function withOutputs(notebook: Notebook, saved: Notebook, file: string): Notebook {
  const done = saved.cells.filter(isCode);
  const cells = notebook.cells.map(cell => {
    if (!isCode(cell)) return cell;
    const { source, execution_count, outputs } = done.shift() ?? { ...cell, source: '' };
    if (joined(source) === joined(cell.source)) return { ...cell, execution_count, outputs };
    throw new Error(`${file} differs from its source at cell ${cell.id}: run "npm run notebooks".`);
  });
  return { ...notebook, cells };
}

/** Makes of a notebook what JupyterLite would make of it, so that to open it changes nothing in it. */
function asOpened(notebook: Notebook, language: Language): Notebook {
  const cells = notebook.cells.map(cell => {
    const source = withOwnGlossary(withOwnWords(joined(cell.source)), language);
    return isCode(cell)
      ? { ...cell, source, outputs: cell.outputs.map(withWholeStream).map(withOwnResults) }
      : { ...cell, source };
  });
  return { ...notebook, cells };
}

/** JupyterLite shows the lines of a saved stream with commas between them. */
const withWholeStream = (output: Output): Output =>
  output.output_type === 'stream' ? { ...output, text: joined(output.text) } : output;

const DOWNLOAD = `

\`\`\`ts
import { fashionMnist } from 'mnist-data-loader';
await fashionMnist.loadData();
\`\`\``;

/** What the installed lesson says and the site has another way for: it has no terminal. */
const OTHER_WORDS: readonly [string, string][] = [
  [
    `\`check\` 用 Fashion-MNIST（十类衣物）来试，每次取 6000 张训练；没有它的文件时，用转了 90° 的数字代替，并告诉您怎样取得。有网络时，可以这样下载：${DOWNLOAD}`,
    '`check` 本来用 Fashion-MNIST（十类衣物）来试；这个网站上没有它的文件，所以用转了 90° 的数字代替，练习照样能做。想用 Fashion-MNIST 本身，请把课程安装到电脑上。',
  ],
  [
    `\`check\` tries it on Fashion-MNIST, ten classes of clothing, 6,000 to train on; where its files are not here, it takes digits turned by 90°, and says how to get the files. With a network, this does it:${DOWNLOAD}`,
    '`check` would try it on Fashion-MNIST, ten classes of clothing; its files are not on this site, so digits turned by 90° stand in for it, and the exercise is the same. For Fashion-MNIST itself, install the lesson on a computer.',
  ],
];

/** What a saved output says of Fashion-MNIST where the lesson is installed, and what it says on the site. */
const OTHER_OUTPUTS: readonly [string, string][] = languages.map(language => {
  const searched = [{ path: join(process.cwd(), '..', 'data', 'fashion-mnist', 'file') }];
  const installed = fashionMissing({ searched } as unknown as FileNotFoundError);
  // Saved where folders are parted by a slash.
  return [installed[language].replaceAll(sep, '/'), fashionMissingHere()[language]];
});

/** A saved output in the site's own words. */
function withOwnResults(output: Output): Output {
  if (!('data' in output)) return output;
  const data = Object.entries(output.data).map(([type, content]) => {
    if (!type.startsWith('text/')) return [type, content];
    const text = joined(content as MultilineText);
    return [type, OTHER_OUTPUTS.reduce((all, [there, here]) => all.replace(there, here), text)];
  });
  return { ...output, data: Object.fromEntries(data) };
}

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
