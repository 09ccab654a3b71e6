import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../../project/files-below';
import { messages } from '../../project/messages';
import { readNotebook, writeNotebook } from '../../publish/notebook';
import { writePages, writeSlides } from '../../publish/pages';
import { languages } from '../../publish/source';
import { type Build, contentsFolder } from '../build-folders';
import { glossaryNotebook } from '../glossary';
import { withLinks } from '../page-links';
import { linkGlossary, shareLargeParts } from '../shared-parts';

/** The saved notebooks as pages to read, the lesson as slides, and the glossary. */
export async function writeSitePages(build: Build): Promise<string> {
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
  return messages().site.count(files.flat().length);
}

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
