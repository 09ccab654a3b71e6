/** The web page with a network, opened alone in a browser. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Page } from 'playwright-core';
import { pngAddress } from '../../../lib/digits/figures/png';
import { setLanguage } from '../../../lib/digits/language';
import { pageOf, webPage } from '../../../lib/digits/leaving/web-page';
import { closePages, sharedBrowser } from '../../browser';
import { temporaryFolder } from '../../folder';
import { openOffline } from '../../publish/support';
import { compiledModel, printed } from '../../support';
import { ONE, SEVEN } from '../pad/hand';
import { testDigits, trainedModel } from '../pad/support';

describe('webPage', function () {
  this.timeout(120_000);
  this.retries(1);
  let model: tf.Sequential;
  let page: Page;
  let problems: () => unknown;
  before(async () => {
    model = await trainedModel();
    setLanguage('zh');
    const file = join(temporaryFolder(), 'page.html');
    writeFileSync(file, pageOf(model));
    const opened = await openOffline(await sharedBrowser(), file, {
      viewport: { width: 390, height: 700 },
    });
    page = opened.page;
    problems = () => [opened.requests, opened.errors];
  });
  after(closePages);

  const answer = () => page.locator('#answer').textContent();
  async function draw(strokes: readonly (readonly [number, number])[]): Promise<void> {
    const { x = 0, y = 0 } = (await page.locator('canvas').boundingBox()) ?? {};
    const [first, ...rest] = strokes.map(([left, top]) => [x + left, y + top] as const);
    if (!first) return;
    await page.mouse.move(...first);
    await page.mouse.down();
    for (const position of rest) await page.mouse.move(...position, { steps: 4 });
    await page.mouse.up();
  }

  it('reads what is drawn, with nothing else loaded, and clears it', async () => {
    await draw(SEVEN);
    assert.match((await answer()) ?? '', /^7 \((> )?\d\d%\)$/);
    await page.getByRole('button', { name: '清除' }).click();
    assert.equal(await answer(), '');
    await draw(ONE);
    assert.match((await answer()) ?? '', /^1 /);
    assert.deepEqual(problems(), [[], []]);
  });

  /** A picture of MNIST in the form of a user's file: enlarged, black on white. */
  function onPaper(digit: Float32Array): Buffer {
    const side = 28 * 5;
    const pixels = Uint8Array.from({ length: side * side }, (_, i) => {
      const [x, y] = [Math.floor((i % side) / 5), Math.floor(i / side / 5)];
      return 255 * (1 - (digit[y * 28 + x] ?? 0));
    });
    return Buffer.from(pngAddress(pixels, side).split(',')[1] ?? '', 'base64');
  }

  it('reads pictures as the network does, black on white ones too', async () => {
    const digits = await testDigits(40);
    const x = tf.tensor3d(Float32Array.from(digits.flatMap(digit => [...digit])), [40, 28, 28]);
    const expected = Array.from((model.predict(x) as tf.Tensor).argMax(1).dataSync(), String);
    const answers: string[] = [];
    for (const digit of digits) {
      await page.getByRole('button', { name: '清除' }).click();
      const file = { name: 'digit.png', mimeType: 'image/png', buffer: onPaper(digit) };
      await page.locator('input').setInputFiles(file);
      await page.waitForFunction("answer.textContent !== ''");
      answers.push(((await answer()) ?? '').slice(0, 1));
    }
    const same = answers.filter((digit, i) => digit === expected[i]);
    assert.ok(same.length >= 38, `${answers} ${expected}`);
  });

  it('gives a link by which the page is downloaded, and says of an untrained network that it may guess', async () => {
    setLanguage('en');
    const trained = await printed(() => webPage(model));
    assert.match(trained, /^my-network\.html, 1\d\d kB: a web page .* nor a library\.$/);
    const untrained = compiledModel();
    const output = await printed(() => webPage(untrained, 'mine'));
    assert.match(output, /^mine\.html, .*\nThis network has not been trained with model\.fit/);
  });

  it('refuses what is no model, and a name that is more than one', () => {
    assert.throws(() => webPage(undefined as never), { name: 'ModelError' });
    for (const name of ['../mine', 'a/b', 'mine.html', '', 7 as never]) {
      assert.throws(() => webPage(model, name), /letters, digits, - and _ such as 'my-network'/);
    }
  });
});
