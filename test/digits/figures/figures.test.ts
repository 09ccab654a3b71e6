/** Properties of every figure, in both languages. */
import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import * as figures from '../../../lib/digits/figures';
import type { Figure } from '../../../lib/digits/figures/figure';
import { setLanguage, tables } from '../../../lib/digits/language';
import { underPseudo, unmarkedWords } from '../../pseudo';
import { readData } from '../../texts';
import { drawings } from './cases';
import { type Trace, traces } from './support';

/** Names of code that a figure may show: Keras's layers, activations, losses and metrics. */
const NAMES =
  /^(pred|None|[Dd]ense|[Ff]latten|[Cc]onv|D|(Max)?Pooling|max|pooling|[Bb]atch|normalization|BatchNormalization|MaxPooling|relu|linear|softmax|val|loss|sparse|categorical|accuracy)$/;

const CHINESE = /[\u4e00-\u9fff]/;

/** The values of a figure with their paths. */
function* valuesOf(value: unknown, place = ''): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) yield [place, value];
  else for (const [key, part] of Object.entries(value)) yield* valuesOf(part, `${place}.${key}`);
}

describe('every figure', () => {
  let all: [name: string, draw: () => Figure][];
  let figuresByName: [name: string, zh: Figure, en: Figure][];

  before(async () => {
    await useDevice('cpu');
    all = Object.entries(await drawings());
    const draw = (language: 'zh' | 'en') => {
      setLanguage(language);
      return all.map(([, draw]) => draw());
    };
    const [zh, en] = [draw('zh'), draw('en')];
    figuresByName = all.map(([name], i) => [name, zh[i] as Figure, en[i] as Figure]);
  });

  it('is among these', () => {
    const tried = new Set(figuresByName.map(([name]) => name.split(/\W/)[0]));
    for (const [name, value] of Object.entries(figures)) {
      assert.ok(typeof value !== 'function' || tried.has(name), name);
    }
  });

  it('has its texts at the pointer compared, if it shows any', () => {
    type Facts = { facts: { draws: string; hovers?: object }[]; hovers: object };
    const { facts, hovers } = readData<Facts>('digits/figures/facts.yml');
    const compared = facts.flatMap(fact => (fact.hovers ? fact.draws : []));
    compared.push(...Object.keys(hovers));
    const names = figuresByName.flatMap(([name, , figure]) =>
      traces(figure).some(trace => trace.hovertemplate) ? name.replace(/\W.*/, '') : [],
    );
    assert.deepEqual(new Set([...compared, ...names]), new Set(compared));
  });

  it('is plain data, whose numbers are numbers, in less than 120 kB of the notebook', () => {
    for (const [name, ...both] of figuresByName) {
      for (const figure of both) {
        const json = JSON.stringify(figure);
        assert.ok(json.length < 120e3, `${name}: ${json.length} bytes`);
        assert.deepEqual(JSON.parse(json), figure, name);
        for (const [place, value] of valuesOf(figure)) {
          if (place.endsWith('.source')) continue;
          assert.doesNotMatch(String(value), /NaN|undefined|Infinity|\[object/, name + place);
        }
      }
    }
  });

  it('speaks one language, and in both draws the same and says as many lines', () => {
    for (const [name, zh, en] of figuresByName) {
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
    await underPseudo(tables, 'en', () => {
      for (const [name, draw] of all) {
        const numbers = [...valuesOf(draw())]
          .filter(([place]) => /\.(text|name|label)$|\.(text|ticktext)\.\d+$/.test(place))
          .map(([, value]) => String(value).replace(/<[^>]*>/g, ' '));
        const unmarked = unmarkedWords(numbers.join(' ')).filter(word => !NAMES.test(word));
        assert.deepEqual(unmarked, [], name);
      }
    });
  });

  it('stands within its axes', () => {
    for (const [name, , { data, layout }] of figuresByName) {
      const axes = layout as Record<string, { range?: [number, number] } | undefined>;
      for (const { x, y, xaxis = 'x', yaxis = 'y' } of data as unknown as Trace[]) {
        // Losses may start or grow beyond the visible range.
        const isLoss = /^(historyCurves|learningRates|valley)/.test(name);
        // Of a sheet, a part is in sight.
        const isBeyond = isLoss || name.startsWith('unitsBorn');
        for (const [axis, values = []] of [
          [xaxis, x] as const,
          [yaxis, isBeyond ? [] : y] as const,
        ]) {
          const ends = axes[axis.replace(/^./, '$&axis')]?.range ?? [-1e9, 1e9];
          const [from, to] = [Math.min(...ends), Math.max(...ends)];
          assert.ok(
            values.every(number => typeof number !== 'number' || (number >= from && number <= to)),
            name + axis,
          );
        }
      }
    }
  });
});
