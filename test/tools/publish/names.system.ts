/** Notebooks, and folders of them, may have any name that a system allows. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exportHtml } from '../../../lib/tools/publish/html';
import { type Notebook, readNotebook, writeNotebook } from '../../../lib/tools/publish/notebook';
import { writePages } from '../../../lib/tools/publish/pages';
import { fixtures } from './support';

const everywhere = [
  '-x',
  '--help',
  'a b',
  "it's",
  '100%',
  '%41',
  'a#b',
  '数字',
  '[x]',
  '{x}',
  '$&',
];
/** Windows has none of these. */
const elsewhere = ['a*b', 'a?b', '"q"', '<b>', 'two\nlines', 'a\\b'];
const names = process.platform === 'win32' ? everywhere : [...everywhere, ...elsewhere];

describe('a notebook of an odd name, in a folder of one', function () {
  this.timeout(120_000);
  const small = join(fixtures, 'small.en.ipynb');
  let folder: string;
  before(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'digits-')), "it's [1] #%20");
    mkdirSync(folder);
  });
  after(() => rmSync(join(folder, '..'), { recursive: true }));

  it('becomes a page, to which others link', async () => {
    const links = names.map(
      name => `[${names.indexOf(name)}](${encodeURIComponent(name)}.en.ipynb)`,
    );
    const notebook: Notebook = {
      ...(await readNotebook(small)),
      cells: [{ cell_type: 'markdown', id: 'links', metadata: {}, source: links.join(' ') }],
    };
    for (const language of ['en', 'zh']) {
      await writeNotebook(join(folder, `lesson.${language}.ipynb`), notebook);
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

  it('becomes a page of an odd name', async () => {
    writeFileSync(join(folder, '-y.ipynb'), readFileSync(small));
    const page = join(folder, '--y [1].html');
    await exportHtml(join(folder, '-y.ipynb'), page, 'en');
    assert.match(readFileSync(page, 'utf8'), /<main>/);
  });
});
