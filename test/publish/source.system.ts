import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonEnvironment } from '../../lib/command/machine/paths';
import { type Cell, writeNotebook } from '../../lib/publish/notebook';
import { notebookFolder, notebookOf } from '../../lib/publish/source';
import { temporaryFolder } from '../folder';
import { notebookWith, textCell } from '../notebook';

describe('source of a notebook', () => {
  it('is for an installation or for the site, and begins a slide, where a cell says so', () => {
    const cell = (...tags: string[]) => textCell(tags.join(' '), { metadata: { tags } });
    const cells = [cell('en', 'installed', 'subslide'), cell('en', 'site'), cell('zh'), cell('en')];
    const cellsOf = (edition: 'installed' | 'site') =>
      notebookOf(cells, 'en', edition).cells.map(({ source, metadata }) => [source, metadata]);
    const slideshow = { slide_type: 'subslide' };
    assert.deepEqual(cellsOf('installed'), [
      ['en installed subslide', { slideshow }],
      ['en', {}],
    ]);
    assert.deepEqual(cellsOf('site'), [
      ['en site', {}],
      ['en', {}],
    ]);
  });
});

describe('writeNotebook', () => {
  it('has written the saved notebooks, which Jupyter leaves as they are', () => {
    const names = readdirSync(notebookFolder).filter(name => name.endsWith('.ipynb'));
    assert.equal(names.length, 6);
    const folder = temporaryFolder();
    const program = `import nbformat, pathlib, sys
for path in map(pathlib.Path, sys.argv[2:]):
    nb = nbformat.read(path, 4)
    nbformat.validate(nb)
    nbformat.write(nb, pathlib.Path(sys.argv[1]) / path.name)`;
    const paths = names.map(name => join(notebookFolder, name));
    execFileSync(pythonEnvironment().program('python'), ['-c', program, folder, ...paths]);
    for (const [i, name] of names.entries()) {
      assert.ok(readFileSync(paths[i] as string).equals(readFileSync(join(folder, name))), name);
    }
  });

  it('refuses what is no notebook', async () => {
    const cell = { cell_type: 'code', id: 'a', metadata: {}, source: '' } as unknown as Cell;
    await assert.rejects(
      writeNotebook(join(tmpdir(), 'never.ipynb'), notebookWith(cell)),
      /is a required property/,
    );
  });
});
