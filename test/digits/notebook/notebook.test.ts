import assert from 'node:assert/strict';
import { historyCurves } from '../../../lib/digits/figures/history-curves';
import { historyPicture } from '../../../lib/digits/figures/history-picture';
import { tables } from '../../../lib/digits/language';
import { display, displayHtml, LiveDisplay } from '../../../lib/digits/notebook/display';
import { openWork, requestInterrupt } from '../../../lib/digits/notebook/interrupt';
import { PLOTLY } from '../../../lib/publish/notebook';
import { printed } from '../../support';
import { inNotebook } from './support';

const figure = historyCurves({ loss: [0.33, 0.15] });
const picture = historyPicture({ loss: [0.33, 0.15] });

describe('display', () => {
  it('shows by the channel that a stock tslab keeps to itself, too', () => {
    const tslab: { lastWriteDisplayData: unknown } = require('tslab/dist/jupyter');
    const outputs: unknown[] = [];
    tslab.lastWriteDisplayData = (content: unknown) => outputs.push(content);
    try {
      displayHtml('<b>7</b>', '7');
    } finally {
      tslab.lastWriteDisplayData = null;
    }
    assert.deepEqual(outputs, [
      { data: { 'text/html': '<b>7</b>', 'text/plain': '7' }, metadata: {} },
    ]);
  });

  it('prints the words if there is no notebook', async () => {
    assert.equal(await printed(() => display(figure)), figure.text);
    assert.equal(await printed(() => new LiveDisplay().picture(picture)), '');
  });

  it('asks for a figure if it is given something else', () => {
    for (const other of [undefined, {}]) {
      const message = tables.en.notebook.noFigure(typeof other);
      assert.throws(() => display(other as never), { name: 'TypeError', message });
    }
  });

  it('shows pictures, with their words, and a figure one after the other in one place', async () => {
    const text = 'a "name" & <more>';
    const outputs = await inNotebook(() => {
      const live = new LiveDisplay();
      live.picture({ svg: '<svg>数字</svg>', height: 380, text });
      live.picture(picture);
      live.figure(figure);
    });
    const kinds = outputs.map(({ data, update }) => [Object.keys(data)[0], update]);
    assert.deepEqual(kinds, [
      ['text/html', false],
      ['text/html', true],
      [PLOTLY, true],
    ]);
    assert.equal(new Set(outputs.map(({ id }) => id)).size, 1);
    const { data, layout, config } = figure;
    assert.deepEqual(outputs[2]?.data[PLOTLY], { data, layout, config });
    const html = outputs[0]?.data['text/html'] ?? '';
    const [, source = ''] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html) ?? [];
    assert.equal(Buffer.from(source, 'base64').toString(), '<svg>数字</svg>');
    assert.match(html, /alt="a &#34;name&#34; &#38; &#60;more&#62;".* height: 380px/);
    assert.equal(outputs[0]?.data['text/plain'], text);
  });
});

describe('interrupt', () => {
  it('reaches the work that registered last, once', () => {
    const calls: string[] = [];
    const open = (name: string) =>
      openWork({ stop: () => !calls.includes(name) && calls.push(name) > 0, abandon() {} });
    const closings = ['outer', 'inner'].map(open);
    assert.deepEqual([1, 2, 3].map(requestInterrupt), [true, true, false]);
    assert.deepEqual(calls, ['inner', 'outer']);
    for (const close of closings) close();
  });
});
