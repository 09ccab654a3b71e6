import assert from 'node:assert/strict';
import { historyCurves } from '../../../lib/digits/figures/history-curves';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { display, displayHtml, LiveDisplay } from '../../../lib/digits/notebook/display';
import { PLOTLY } from '../../../lib/tools/publish/notebook';
import { printed } from '../../support';
import { inNotebook } from './support';

const figure = historyCurves({ loss: [0.33, 0.15] });
const picture = historyPicture({ loss: [0.33, 0.15] });

describe('display', () => {
  it('prints the words of a figure where there is no notebook', async () => {
    assert.equal(await printed(() => display(figure)), figure.text);
  });

  it('shows a figure as data, with its words', async () => {
    const [shown, ...more] = await inNotebook(() => display(figure));
    const { data, layout, config, text } = figure;
    assert.deepEqual(shown?.data, { [PLOTLY]: { data, layout, config }, 'text/plain': text });
    assert.equal(shown?.update, false);
    assert.deepEqual(more, []);
  });

  it('asks for a figure where it is given something else', () => {
    for (const other of ['words', undefined, {}, historyCurves]) {
      assert.throws(() => display(other as never), {
        name: 'TypeError',
        message: `Expected display to be given a figure, such as display(figures.classCounts(trainY, testY)), but it received ${typeof other}.`,
      });
    }
  });

  it('gives each figure a place of its own', async () => {
    const shown = await inNotebook(() => {
      display(figure);
      display(figure);
    });
    assert.equal(new Set(shown.map(({ id }) => id)).size, 2);
    assert.ok(shown.every(({ update }) => !update));
  });
});

describe('displayHtml', () => {
  it('shows HTML with the same in words, which are printed where there is no notebook', async () => {
    const [shown] = await inNotebook(() => displayHtml('<b>7</b>', '7'));
    assert.deepEqual(shown?.data, { 'text/html': '<b>7</b>', 'text/plain': '7' });
    assert.equal(await printed(() => displayHtml('<b>7</b>', '7')), '7');
  });
});

describe('LiveDisplay', () => {
  it('shows pictures and a figure one after the other in one place', async () => {
    const shown = await inNotebook(() => {
      const place = new LiveDisplay();
      assert.ok(place.isSeen);
      place.picture(picture);
      place.picture(picture);
      place.figure(figure);
    });
    assert.deepEqual(
      shown.map(({ data, update }) => [...Object.keys(data), update]),
      [
        ['text/html', 'text/plain', false],
        ['text/html', 'text/plain', true],
        [PLOTLY, 'text/plain', true],
      ],
    );
    assert.equal(new Set(shown.map(({ id }) => id)).size, 1);
  });

  it('shows a picture as an image of its height, with its words', async () => {
    const words = 'a "name" & <more>';
    const [shown] = await inNotebook(() =>
      new LiveDisplay().picture({ svg: '<svg>数字</svg>', height: 380, text: words }),
    );
    const html = shown?.data['text/html'] ?? '';
    const [, source = ''] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html) ?? [];
    assert.equal(Buffer.from(source, 'base64').toString(), '<svg>数字</svg>');
    assert.match(html, /height: 380px/);
    assert.match(html, /alt="a &#34;name&#34; &#38; &#60;more&#62;"/);
    assert.equal(shown?.data['text/plain'], words);
  });

  it('shows no picture where there is no notebook, and prints the words of a figure', async () => {
    const place = new LiveDisplay();
    assert.equal(place.isSeen, false);
    assert.equal(await printed(() => place.picture(picture)), '');
    assert.equal(await printed(() => place.figure(figure)), figure.text);
  });
});
