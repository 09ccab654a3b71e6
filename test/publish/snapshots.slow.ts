import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { pythonEnvironment } from '../../lib/command/machine/paths';
import { jupyterEnvironment } from '../../lib/lab/jupyter/jupyter';
import { startBrowser } from '../../lib/publish/browser';
import {
  displays,
  isCode,
  type MimeBundle,
  type Notebook,
  PLOTLY,
  writeNotebook,
} from '../../lib/publish/notebook';
import { addSnapshots, plotlyPage, snapshot } from '../../lib/publish/snapshots';
import { temporaryFolder } from '../folder';
import { codeCell, displayOutput, notebookWith } from '../notebook';
import { commandOf, familyOf, listeningAt } from '../processes';

const titled = (text: string) => ({
  data: [{ type: 'bar', y: [1, 4, 9] }],
  layout: { height: 300, title: { text }, font: { family: 'SimHei, "Noto Sans SC", sans-serif' } },
});

const notebook = (...figures: object[]): Notebook =>
  notebookWith(
    ...figures.map(figure =>
      codeCell('', [displayOutput({ [PLOTLY]: figure, 'text/plain': 'words' })]),
    ),
  );

const bundles = ({ cells }: Notebook): MimeBundle[] => cells.filter(isCode).flatMap(displays);

describe('still', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await startBrowser();
    page = await plotlyPage(browser);
  });
  after(() => browser?.close());

  it('shows Chinese characters, not the box of a missing one', async () => {
    // U+E000 and U+E001 are private: our fonts lack both, so every browser draws a box.
    const pictures = new Set<string>();
    for (const character of ['数', '字', '识', '别', '\u{E000}', '\u{E001}']) {
      pictures.add((await snapshot(page, titled(character))).toString('base64'));
    }
    assert.equal(pictures.size, 5, 'only the two missing ones look alike');
  });
});

describe('addSnapshots', () => {
  const input = notebook(titled('one'), titled('two'));
  let added: Notebook;
  before(async () => {
    added = await addSnapshots(input);
  });

  it('adds a picture to each figure, with its words, as the templates of others look for them', async () => {
    const pictures = bundles(added).map(data => String(data['image/png']));
    assert.equal(new Set(pictures).size, 2);
    for (const picture of pictures) assert.match(picture, /^iVBORw0KGgo/);
    assert.ok(bundles(input).every(data => !('image/png' in data)));

    const path = join(temporaryFolder(), 'figure.ipynb');
    await writeNotebook(path, added);
    const python = pythonEnvironment().program('python');
    const args = ['-m', 'nbconvert', '--to', 'html', '--template', 'classic', path];
    await promisify(execFile)(python, args, { env: jupyterEnvironment() });
    const page = await readFile(path.replace('.ipynb', '.html'), 'utf8');
    assert.ok(/<img[^>]*alt="words"/s.test(page));
  });

  it('keeps the picture of a figure that has not changed', async () => {
    const previous = structuredClone(added);
    // An invisible byte after a PNG's end distinguishes this picture from a redrawn picture.
    const marked = (png: unknown) =>
      Buffer.concat([Buffer.from(String(png), 'base64'), Buffer.of(0)]).toString('base64');
    for (const data of bundles(previous)) data['image/png'] = marked(data['image/png']);
    const pictures = bundles(previous).map(data => data['image/png']);
    const again = await addSnapshots(notebook(titled('one'), titled('2')), previous);
    const [same, changed] = bundles(again).map(data => data['image/png']);
    assert.equal(same, pictures[0]);
    assert.notEqual(changed, pictures[1]);
  });
});

describe('startBrowser', () => {
  it('runs no program that somebody has put among the temporary files, and listens at no port', async function () {
    if (process.platform !== 'linux') this.skip();
    const { TMPDIR = '/tmp' } = process.env;
    process.env.TMPDIR = temporaryFolder();
    const ran = join(process.env.TMPDIR, 'ran');
    const program = `#!/bin/sh\ntouch '${ran}'`;
    await writeFile(join(process.env.TMPDIR, 'chromium'), program, { mode: 0o755 });
    try {
      const browser = await startBrowser();
      const processes = familyOf(process.pid).filter(pid => commandOf(pid).includes('--headless'));
      assert.ok(processes.length > 0);
      assert.deepEqual(listeningAt(processes), []);
      await browser.close();
    } finally {
      process.env.TMPDIR = TMPDIR;
    }
    assert.equal(existsSync(ran), false);
  });

  it('says what was tried and what to do where none starts', async () => {
    process.env.DIGITS_BROWSER = '/nowhere/chrome';
    try {
      const message =
        /^- \/nowhere\/chrome: [\s\S]*Install Chrome, Chromium or Edge, or name one in DIGITS_BROWSER/m;
      await assert.rejects(startBrowser(), { name: 'Failure', message });
    } finally {
      delete process.env.DIGITS_BROWSER;
    }
  });
});
