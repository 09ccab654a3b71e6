/** HTML, SVG and figures show words from data unchanged. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { judge, report } from '../../lib/digits/exercises/check';
import { exercises } from '../../lib/digits/exercises/index';
import { WrongAnswer } from '../../lib/digits/exercises/judging/exercise';
import { digitRow } from '../../lib/digits/figures/digit-row';
import type { Figure } from '../../lib/digits/figures/figure';
import { historyCurves } from '../../lib/digits/figures/history-curves';
import { historyPicture } from '../../lib/digits/figures/history-picture';
import { networkDiagram } from '../../lib/digits/figures/network-diagram';
import { kerasMetricName } from '../../lib/digits/format';
import { plotlyPage } from '../../lib/publish/snapshots';
import { closePages, sharedBrowser } from '../browser';

/** Malicious names of classes, layers, metrics and runs. */
const pieces = fc.constantFrom(
  ...['<img src=x onerror="top.ran=1">', "<svg onload='top.ran=1'>", '<script>top.ran=1</script>'],
  ...['</script>', '</text>', '"', "'", '`', '&', '&lt;', '&#60;', '<', '>', '<b>', '<br>', '<!--'],
  ...['<a href="javascript:top.ran=1">a</a>', '" onmouseover="top.ran=1', ']]>', '$x^2$', '%{x}'],
);
const words = fc
  .array(fc.oneof(pieces, fc.stringMatching(/^[\wéλ字 ]{1,6}$/)), { minLength: 1, maxLength: 4 })
  // Blanks side by side, and at the ends, are for HTML to decide on.
  .map(parts => parts.join('').replace(/ +/g, ' ').trim() || '<')
  .filter(name => !/^val_/.test(name));

describe('words that came with the data', function () {
  this.retries(1);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await sharedBrowser();
    page = await plotlyPage(browser);
  });
  after(closePages);

  const ran = () => page.evaluate('top.ran');

  /** Inserts HTML into the page; returns the text of the element that `selector` matches. */
  const shownBy = (html: string, selector: string): Promise<(string | null)[]> =>
    page.evaluate(
      ({ html, selector }) => {
        const host = document.createElement('div');
        document.body.append(host);
        host.innerHTML = html;
        const texts = [...host.querySelectorAll(selector)].map(({ textContent }) => textContent);
        host.remove();
        return texts;
      },
      { html, selector },
    );

  const holds = (texts: (string | null)[], ...wanted: string[]) => {
    for (const text of wanted) assert.ok(texts.includes(text), `${text}: ${texts}`);
  };

  const check = (property: (words: string) => Promise<void>, numRuns = 40) =>
    fc.assert(
      fc.asyncProperty(words, async typed => {
        await property(typed);
        assert.equal(await ran(), undefined, typed);
      }),
      { numRuns },
    );

  it('stand in the picture of a training, and in its description', () =>
    check(async typed => {
      const history = { loss: [0.3, 0.2], [typed]: [0.1, 0.2] };
      const picture = historyPicture(history);
      const texts = await shownBy(picture.svg, 'text');
      holds(texts, kerasMetricName(typed));
      assert.deepEqual(await shownBy(picture.svg, 'script, img, a, b, br'), []);
      // Like JupyterLab: parsed as XML, where a syntax error would leave no picture.
      const isXml = `!new DOMParser().parseFromString(${JSON.stringify(picture.svg)}, 'image/svg+xml').querySelector('parsererror')`;
      assert.equal(await page.evaluate(isXml), true, picture.svg);
    }));

  it('stand in what an exercise says of an answer', () =>
    check(async typed => {
      const [exercise] = exercises;
      assert.ok(exercise);
      for (const thrown of [new Error(typed), new WrongAnswer(typed)]) {
        const verify = () => {
          throw thrown;
        };
        const copy = { ...exercise, verify };
        const { html } = report(copy, await judge(copy, 1), 3);
        const [output] = await shownBy(html, 'div');
        assert.ok(output?.includes(typed), `${typed}: ${output}`);
        assert.deepEqual(await shownBy(html, ':not(div, b, br)'), []);
      }
    }));

  /** Draws a figure; returns the texts. */
  const textsOf = ({ data, layout }: Figure): Promise<(string | null)[]> =>
    page.evaluate(
      async ({ data, layout }) => {
        const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
        await Plotly.newPlot('figure', data, layout);
        const texts = document.querySelectorAll('#figure text:is(.legendtext, .annotation-text)');
        return [...texts].map(text =>
          [...text.children].length
            ? [...text.children].map(line => line.textContent).join('\n')
            : text.textContent,
        );
      },
      { data, layout } as never,
    );

  it('stand in the curves of a training, over a row of digits, in as many lines as they need, and in a network', () =>
    check(async typed => {
      const history = { loss: [0.3, 0.2], [typed]: [0.1, 0.2] };
      const curves = historyCurves(history, { beside: { name: typed, history } });
      holds(await textsOf(curves), `${typed} (click)`, kerasMetricName(typed));

      const row = digitRow([[[0]]], { title: typed, labels: [7], predictions: [1] });
      const inOneLine = (await textsOf(row)).map(text => text?.replace(/\s/g, '') ?? '');
      assert.deepEqual(inOneLine.slice(0, 2), [typed.replace(/\s/g, ''), 'y=7y_pred=1']);

      // TensorFlow.js rejects odd names of layers, but not of classes.
      class Odd extends tf.layers.Layer {
        override getClassName = () => typed;
      }
      const model = tf.sequential();
      model.add(tf.layers.dense({ units: 2, inputShape: [3] }));
      model.add(new Odd({ name: 'odd' }));
      const texts = (await textsOf(networkDiagram(model))).map(text => text?.replace('\n(', ' ('));
      model.dispose();
      assert.ok(
        texts.some(text => text?.startsWith(`odd (${typed})\n`)),
        `${typed}: ${texts}`,
      );
    }, 10));
});
