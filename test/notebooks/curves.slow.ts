import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  displays,
  isCode,
  type MultilineText,
  type Notebook,
  PLOTLY,
  textOf,
  writeNotebook,
} from '../../lib/publish/notebook';
import { notebookOf } from '../../lib/publish/source';
import { codeCell } from '../notebook';
import { type Desk, deskAt, type Lab, type LabNotebook } from './lab';

/** A training of pictures that a network can learn, without the lesson's data. */
const PREPARE = `
import * as tf from '@tensorflow/tfjs';
import { curves, figures, setLanguage, useDevice } from 'digits';
setLanguage('en');
await useDevice();
const labels = Int32Array.from({ length: 12000 }, (_, i) => i % 10);
const x = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat().add(tf.randomUniform([12000, 10])));
const y = tf.tensor1d(labels, 'int32');
const model = tf.sequential();
model.add(tf.layers.dense({ units: 256, activation: 'relu', inputShape: [10] }));
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy', metrics: [tf.metrics.sparseCategoricalAccuracy] });
// Longer than the interval of pictures, so that each epoch sends a picture; a busy
// browser does not draw all pictures.
const onEpochEnd = () => new Promise<void>(done => setTimeout(done, 120));
const options = { batchSize: 16, validationSplit: 0.2, callbacks: [curves({ beside: figures.ORIGINAL_RUN }), { onEpochEnd }] };`;
const FIT = 'const history = await model.fit(x, y, { ...options, epochs: 6 });';
const LONG = 'const more = await model.fit(x, y, { ...options, epochs: 500 });';

/** Records, frame by frame, the pictures below a page's code. */
const WATCH_PICTURES = `
window.seen = [];
(function look() {
  const pictures = document.querySelectorAll('img[src^="data:image/svg"]');
  const source = pictures[0]?.src ?? '';
  const height = pictures[0]?.getBoundingClientRect().height ?? 0;
  window.seen.push({ source, height, pictures: pictures.length });
  requestAnimationFrame(look);
})();`;

/** A picture of a training under way. JupyterLab stores a PNG of the figure itself. */
const PICTURE = 'img[src^="data:image/svg"]';

describe('curves of fit in JupyterLab', function () {
  this.retries(1);
  let desk: Desk;
  let lab: Lab;
  let page: Page;
  let open: LabNotebook;
  const file = 'curves.ipynb';

  before(async () => {
    desk = await deskAt(1280, 900);
    ({ lab, page } = desk);
    const cells = [PREPARE, FIT, LONG].map(code => codeCell(code.trim()));
    await writeNotebook(join(lab.folder, file), notebookOf(cells, 'en'));
    open = await lab.open(page, file);
    await open.runCell('import * as tf');
  });
  after(() => desk?.leave());

  it('grow in place while training goes on, and end as the figure', async () => {
    const cell = open.cell('epochs: 6');
    await page.evaluate(WATCH_PICTURES);
    await open.runCell('epochs: 6');
    await cell.locator('.js-plotly-plot .main-svg').first().waitFor();
    const curves =
      await page.evaluate<{ source: string; height: number; pictures: number }[]>('window.seen');

    const grown = curves.filter(({ source }) => source);
    const pictures = new Set(grown.map(({ source }) => source));
    assert.ok(pictures.size >= 3, `only ${pictures.size} pictures`);
    assert.ok(grown.every(({ pictures }) => pictures === 1));
    const figure = await cell.locator('.js-plotly-plot .main-svg').first().boundingBox();
    const heights = new Set(grown.map(({ height }) => height).concat(figure?.height ?? NaN));
    assert.equal(heights.size, 1, `it never jumps: ${[...heights]}`);

    assert.equal(await cell.locator(PICTURE).count(), 0);
    assert.equal(await cell.locator('.js-plotly-plot').count(), 1);
    assert.equal(await cell.locator('.jp-OutputArea-child').count(), 2, 'figure and progress');
    const names = await cell.locator('.legendtext').allTextContents();
    assert.deepEqual(names, [
      'training, 15 steps',
      'training, epoch',
      'validation',
      'the original tutorial (click)',
    ]);
    assert.match((await cell.textContent()) ?? '', /Epoch 6\/6\s+600\/600 \[={30}\]/);
  });

  it('end as the figure at an interrupt', async () => {
    const cell = open.cell('epochs: 500');
    const running = open.runCell('epochs: 500');
    await cell.locator(PICTURE).waitFor();
    await cell.getByText('Epoch 2/500').waitFor({ timeout: 30_000 });
    await page.locator('.jp-NotebookPanel-toolbar [data-command$="interrupt-kernel"]').click();
    await cell.getByText('The model keeps the weights of that step').waitFor();
    await running;
    await cell.locator('.js-plotly-plot .main-svg').first().waitFor();
    assert.equal(await cell.locator(PICTURE).count(), 0);
    assert.deepEqual(await open.errors(), []);
  });

  it('are one figure in the file that it saves', async () => {
    await open.command('docmanager:save');
    const saved = JSON.parse(await readFile(join(lab.folder, file), 'utf8')) as Notebook;
    for (const cell of [1, 2]) {
      const bundles = displays(saved.cells.filter(isCode)[cell] as never);
      assert.equal(bundles.length, 1);
      assert.ok(bundles[0] && PLOTLY in bundles[0] && !('text/html' in bundles[0]));
      const words = textOf(bundles[0]['text/plain'] as MultilineText);
      assert.match(words, /^Loss and accuracy during training\nLoss, step by step: \d/);
    }
  });
});
