import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../project/files-below';
import { readNotebook, writeNotebook } from '../../publish/notebook';
import { writePages, writeSlides } from '../../publish/pages';
import { languages } from '../../publish/source';
import { type Build, type BuildStep, contentsFolder } from '../build-step';
import { glossaryNotebook } from '../glossary';
import { withLinks } from '../page-links';
import { linkGlossary, shareLargeParts } from '../shared-parts';

/** The saved notebooks as pages to read, the lesson as slides, and the glossary. */
export const pagesStep: BuildStep = {
  title: { zh: '网页、幻灯片与术语表导出', en: 'Pages, slides and glossary' },
  async run(build) {
    const from = join(build.work, 'pages');
    const to = join(build.site, 'pages');
    mkdirSync(from);
    await writeSources(build, from);
    const files = await Promise.all([
      writePages({ from, to }),
      writeSlides({ from: contentsFolder(build), to }),
    ]);
    shareLargeParts(files.flat());
    linkGlossary(files.flat());
    const count = files.flat().length;
    return { zh: `${count} 个`, en: String(count) };
  },
};

/** Writes the notebooks with links into the site, and the glossary as a notebook in each language. */
async function writeSources(build: Build, folder: string): Promise<void> {
  for (const language of languages) {
    const names = filesBelow(contentsFolder(build)).filter(name =>
      name.endsWith(`.${language}.ipynb`),
    );
    for (const name of names) {
      const notebook = await readNotebook(join(contentsFolder(build), name));
      await writeNotebook(join(folder, name), withLinks(notebook, name, language));
    }
    const glossary = await glossaryNotebook(language);
    const name = `glossary.${language}.ipynb`;
    await writeNotebook(join(folder, name), withLinks(glossary, name, language));
  }
}
