/** What holds for every figure, in both languages. */
import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { setLanguage, tables } from '../../../lib/digits/language';
import { underPseudo, unmarkedWords } from '../../pseudo';
import { drawings } from './cases';
import type { Trace } from './support';

/** Names of code that a figure may show: Keras's layers, activations, losses and metrics. */
const NAMES =
  /^(pred|None|[Dd]ense|[Ff]latten|[Cc]onv|D|(Max)?Pooling|max|pooling|[Bb]atch|normalization|BatchNormalization|MaxPooling|relu|linear|softmax|val|loss|sparse|categorical|accuracy)$/;

const CHINESE = /[\u4e00-\u9fff]/;

/** Each value of a figure, with its place. */
function* valuesOf(value: unknown, place = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [place, value];
  else for (const [key, part] of Object.entries(value)) yield* valuesOf(part, `${place}.${key}`);
}

describe('every figure', () => {
  let drawn: [name: string, zh: Figure, en: Figure][];

  before(async () => {
    await useDevice('cpu');
    const all = Object.entries(await drawings());
    const draw = (language: 'zh' | 'en') => {
      setLanguage(language);
      return all.map(([, draw]) => draw());
    };
    const [zh, en] = [draw('zh'), draw('en')];
    drawn = all.map(([name], i) => [name, zh[i] as Figure, en[i] as Figure]);
  });

  it('is among these', () => {
    const tried = new Set(drawn.map(([name]) => name.split(/\W/)[0]));
    for (const [name, value] of Object.entries(figures)) {
      assert.ok(typeof value !== 'function' || tried.has(name), name);
    }
  });

  it('is plain data, whose numbers are numbers', () => {
    for (const [name, ...both] of drawn) {
      for (const figure of both) {
        assert.deepEqual(JSON.parse(JSON.stringify(figure)), figure, name);
        for (const [place, value] of valuesOf(figure)) {
          if (place.endsWith('.source')) continue;
          assert.doesNotMatch(String(value), /NaN|undefined|Infinity|\[object/, name + place);
        }
      }
    }
  });

  it('speaks one language, and in both draws the same and says as many lines', () => {
    for (const [name, zh, en] of drawn) {
      assert.equal(zh.text.split('\n').length, en.text.split('\n').length, name);
      assert.ok(name.startsWith('digitRow') || CHINESE.test(zh.text), zh.text);
      for (const [place, value] of valuesOf(en)) {
        assert.ok(!CHINESE.test(String(value)), `${name}${place}: ${value}`);
      }
      const numbers = ({ data }: Figure) =>
        [...valuesOf(data)].filter(([, value]) => typeof value === 'number');
      assert.deepEqual(numbers(zh), numbers(en), name);
    }
  });

  it('takes its words from the table of texts', async () => {
    const all = Object.entries(await drawings());
    await underPseudo(tables, 'en', () => {
      for (const [name, draw] of all) {
        const shown = [...valuesOf(draw())]
          .filter(([place]) => /\.(text|name|label)$|\.(text|ticktext)\.\d+$/.test(place))
          .map(([, value]) => String(value).replace(/<[^>]*>/g, ' '));
        const unmarked = unmarkedWords(shown.join(' ')).filter(word => !NAMES.test(word));
        assert.deepEqual(unmarked, [], name);
      }
    });
  });

  it('has the common look: fonts that show Chinese, a height of its own, no scripts of its own', () => {
    for (const [name, figure] of drawn) {
      assert.match(String(figure.layout.font?.family), /^SimHei, .*"Noto Sans SC".*sans-serif$/);
      assert.ok(Number(figure.layout.height) >= 120, name);
      assert.equal(figure.layout.paper_bgcolor, 'white');
      assert.equal(figure.config.responsive, false);
    }
  });

  it('stands within its axes, whose panels lie within the plot and apart', () => {
    interface Axis {
      readonly domain?: [number, number];
      readonly range?: [number, number];
    }
    const within = (value: unknown, [a = 0, b = 1]: readonly number[] = []) =>
      typeof value !== 'number' || (value >= Math.min(a, b) && value <= Math.max(a, b));
    for (const [name, , { data, layout }] of drawn) {
      const axes = layout as Record<string, Axis | undefined>;
      const panels = Object.keys(axes).flatMap(key => /^xaxis(\d*)$/.exec(key)?.[1] ?? []);
      const boxes = panels.map(n =>
        ['xaxis', 'yaxis'].map(axis => axes[axis + n]?.domain ?? [0, 1]),
      );
      boxes.flat().forEach(([from = 0, to = 1]) => {
        assert.ok(from >= 0 && from < to && to <= 1, `${name}: ${from} to ${to}`);
      });
      for (const [i, box] of boxes.entries()) {
        const overlaps = boxes.slice(i + 1).some(other =>
          box.every(([from = 0, to = 1], axis) => {
            const [start = 0, end = 1] = other[axis] ?? [];
            return from < end && start < to;
          }),
        );
        assert.ok(!overlaps, `${name}: panel ${i}`);
      }
      for (const { x, y, xaxis = 'x', yaxis = 'y' } of data as unknown as Trace[]) {
        const ranges = [xaxis, yaxis].map(axis => axes[axis.replace(/^./, '$&axis')]?.range);
        assert.ok(
          (x ?? []).every(value => within(value, ranges[0] ?? [-1e9, 1e9])),
          `${name}: ${xaxis}`,
        );
        // Losses may begin, or grow, beyond what is worth showing.
        const isLoss = /^(historyCurves|oneStep)/.test(name) && yaxis !== 'y3';
        assert.ok(
          isLoss || (y ?? []).every(value => within(value, ranges[1] ?? [-1e9, 1e9])),
          name + yaxis,
        );
      }
    }
  });

  it('takes less than 120 kB of the notebook', () => {
    for (const [name, figure] of drawn) {
      const { length } = JSON.stringify(figure);
      assert.ok(length < 120e3, `${name}: ${length} bytes`);
    }
  });
});
