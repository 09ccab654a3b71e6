import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemAt } from '../../../lib/digits/item-at';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { type Cell, isCode, joined, writeNotebook } from '../../../lib/tools/publish/notebook';
import {
  isWorksheet,
  languages,
  notebookFolder,
  notebookOf,
  readSource,
  stagesOf,
} from '../../../lib/tools/publish/source';

const fixture = join(__dirname, 'fixtures', 'small.ts');

describe('source of a notebook', () => {
  let source: Cell[];
  before(async () => {
    source = await readSource(fixture);
  });

  it('becomes a notebook in each language, with the code shared', () => {
    const [zh, en] = languages.map(language => notebookOf(source, language).cells.filter(isCode));
    assert.deepEqual(
      zh?.map(cell => cell.source).filter(code => code !== "setLanguage('zh');"),
      en?.map(cell => cell.source).filter(code => code !== "setLanguage('en');"),
    );
    assert.equal(zh?.[1]?.source, "setLanguage('zh');");
    assert.equal(en?.[1]?.source, "setLanguage('en');");
  });

  it('keeps the text of one language only', () => {
    const text = notebookOf(source, 'zh').cells.filter(cell => !isCode(cell));
    assert.deepEqual(
      text.map(cell => cell.source),
      ['# 小例子\n\n面积是 $\\pi r^2$。', '## 1 计算', '## 2 画图'],
    );
  });

  it('gives each cell an id that its place in its stage decides', () => {
    const ids = notebookOf(source, 'zh').cells.map(cell => cell.id);
    assert.deepEqual(ids, [
      'intro-text-1',
      'intro-code-1',
      'intro-code-2',
      'stage-1',
      'stage-1-code-1',
      'stage-2',
      'stage-2-code-1',
    ]);
    const english = notebookOf(source, 'en').cells.map(cell => cell.id);
    assert.deepEqual(english, ids);
  });

  it('drops the language tags and keeps the others', () => {
    const tags = notebookOf(source, 'en').cells.map(cell => cell.metadata.tags);
    assert.deepEqual(tags.filter(Boolean), [['hide-input']]);
  });

  it('is for an installation or for the site, and begins a slide, where a cell says so', () => {
    const cell = (...tags: string[]) => ({
      ...itemAt(
        source.filter(cell => !isCode(cell)),
        0,
      ),
      metadata: { tags },
      source: tags.join(' '),
    });
    const cells = [cell('en', 'installed', 'subslide'), cell('en', 'site'), cell('zh'), cell('en')];
    const of = (edition: 'installed' | 'site') =>
      notebookOf(cells, 'en', edition).cells.map(({ source, metadata }) => [source, metadata]);
    const slideshow = { slide_type: 'subslide' };
    assert.deepEqual(of('installed'), [
      ['en installed subslide', { slideshow }],
      ['en', {}],
    ]);
    assert.deepEqual(of('site'), [
      ['en site', {}],
      ['en', {}],
    ]);
  });

  it('keeps what else a cell is given, such as that its code is folded', () => {
    const folded = notebookOf(source, 'zh').cells.map(cell => cell.metadata.jupyter);
    assert.deepEqual(folded.filter(Boolean), [{ source_hidden: true }]);
  });

  it('is a worksheet where a cell says so', () => {
    const notebook = notebookOf(source, 'en');
    assert.equal(isWorksheet(notebook), false);
    itemAt(notebook.cells, 0).metadata.tags = ['worksheet'];
    assert.equal(isWorksheet(notebook), true);
  });

  it('gives the notebook its title and its kernel', () => {
    const { metadata } = notebookOf(source, 'en');
    assert.equal(metadata.title, 'A small example');
    assert.deepEqual(metadata.kernelspec, {
      display_name: 'TypeScript (tslab)',
      language: 'typescript',
      name: 'tslab',
    });
  });

  it('tells the stage of each cell', () => {
    const stages = stagesOf(notebookOf(source, 'zh'));
    assert.deepEqual(
      stages.map(stage => stage.number),
      [0, 0, 0, 1, 1, 2, 2],
    );
    assert.equal(stages[5]?.title, '2 画图');
  });

  it('names the file that cannot be read', async () => {
    await assert.rejects(readSource('/nowhere/absent.ts'), /absent\.ts/);
  });
});

/** Reads a notebook and saves it by Jupyter's own library. */
function rewrite(from: string, to: string): void {
  const program =
    'import nbformat, sys; nb = nbformat.read(sys.argv[1], 4); nbformat.validate(nb); nbformat.write(nb, sys.argv[2])';
  execFileSync(pythonEnvironment().program('python'), ['-c', program, from, to]);
}

describe('writeNotebook', () => {
  it("writes the bytes that Jupyter's own library writes", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-'));
    try {
      const [ours, theirs] = [join(folder, 'ours.ipynb'), join(folder, 'theirs.ipynb')] as const;
      const notebook = notebookOf(await readSource(fixture), 'zh');
      for (const cell of notebook.cells.filter(isCode)) {
        cell.execution_count = 1;
        cell.outputs = [
          { output_type: 'stream', name: 'stdout', text: 'one\ntwo\n\nthree' },
          {
            output_type: 'display_data',
            data: {
              'text/plain': '图\n',
              'image/png': 'AAAA',
              'application/x+json': { b: 1, a: [8.088e-9, 0.000001, 1e21, 1.5] },
            },
            metadata: {},
          },
        ];
      }
      await writeNotebook(ours, notebook);
      rewrite(ours, theirs);
      assert.equal(readFileSync(ours, 'utf8'), readFileSync(theirs, 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('has written the saved notebooks, which Jupyter leaves as they are', () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-'));
    try {
      const names = readdirSync(notebookFolder).filter(name => name.endsWith('.ipynb'));
      assert.equal(names.length, 6);
      for (const name of names) {
        rewrite(join(notebookFolder, name), join(folder, name));
        const [saved, again] = [notebookFolder, folder].map(place =>
          readFileSync(join(place, name), 'utf8'),
        );
        assert.ok(saved === again, name);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses what is no notebook', async () => {
    const cells = [{ cell_type: 'code', id: 'a', metadata: {}, source: '' }] as unknown as Cell[];
    const notebook = { cells, metadata: {}, nbformat: 4 as const, nbformat_minor: 5 };
    await assert.rejects(
      writeNotebook(join(tmpdir(), 'never.ipynb'), notebook),
      /is a required property/,
    );
  });

  it('joins what Jupyter splits', () => {
    assert.equal(joined(['one\n', 'two']), 'one\ntwo');
  });
});
