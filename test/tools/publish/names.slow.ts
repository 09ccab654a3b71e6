/** Notebooks, and folders of them, may have any name that a system allows. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readNotebook, writeNotebook } from '../../../lib/tools/publish/notebook';
import { writePages } from '../../../lib/tools/publish/pages';
import { temporaryFolder } from '../../folder';
import { textCell } from '../../notebook';
import { fixtures } from './support';

const names = [
  ...['-x', '--help', 'a b', "it's", '100%', '%41', 'a#b', '数字', '[x]', '{x}', '$&'],
  ...['a*b', 'a?b', '"q"', '<b>', 'two\nlines', 'a\\b'],
];

describe('a notebook of an odd name, in a folder of one', () => {
  const small = join(fixtures, 'small.en.ipynb');
  let folder: string;
  before(() => {
    folder = join(temporaryFolder(), "it's [1] #%20");
    mkdirSync(folder);
  });

  it('becomes a page, to which others link', async () => {
    const links = names.map((name, i) => `[${i}](${encodeURIComponent(name)}.en.ipynb)`);
    const cells = [textCell(links.join(' '), { id: 'links' })];
    for (const language of ['en', 'zh']) {
      const lesson = join(folder, `lesson.${language}.ipynb`);
      await writeNotebook(lesson, { ...(await readNotebook(small)), cells });
    }
    for (const name of names) copyFileSync(small, join(folder, `${name}.en.ipynb`));
    mkdirSync(join(folder, 'a-folder.en.ipynb'));

    const to = join(folder, 'pages');
    const written = await writePages({ from: folder, to });
    const expected = [...names.map(name => `${name}.en.html`), 'lesson.en.html', 'lesson.zh.html'];
    assert.deepEqual(written.map(page => basename(page)).sort(), expected.sort());
    for (const page of written) assert.match(readFileSync(page, 'utf8'), /<main>/);
    const lesson = readFileSync(join(to, 'lesson.en.html'), 'utf8');
    assert.equal(lesson.match(/href="[^"]+\.en\.html"/g)?.length, names.length);
  });
});
