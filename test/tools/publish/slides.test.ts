import assert from 'node:assert/strict';
import fc from 'fast-check';
import { itemAt } from '../../../lib/digits/item-at';
import type { Cell } from '../../../lib/tools/publish/notebook';
import { heightOf, ROOM } from '../../../lib/tools/publish/slide-height';
import { slideTypes } from '../../../lib/tools/publish/slides';

const text = (source: string): Cell => ({ cell_type: 'markdown', id: 't', metadata: {}, source });
const code = (lines: number, printed = ''): Cell => ({
  cell_type: 'code',
  id: 'c',
  metadata: {},
  source: Array(lines).fill('let a;').join('\n'),
  execution_count: 1,
  outputs: printed ? [{ output_type: 'stream', name: 'stdout', text: printed }] : [],
});

describe('slideTypes', () => {
  it('begins a section at each heading, a slide at other text, and lets code stand below', () => {
    const cells = [text('# T'), text('## 1 A'), code(2), code(1, 'a\n'), text('Why'), code(1)];
    assert.deepEqual(slideTypes(cells), ['slide', 'slide', '-', '-', 'subslide', '-']);
  });

  it('begins with a section whatever the first cell is, and none at a smaller heading', () => {
    assert.deepEqual(slideTypes([code(1), text('### detail')]), ['slide', 'subslide']);
  });

  it('gives code a slide of its own where it would not fit', () => {
    assert.deepEqual(slideTypes([text('## 1 A'), code(30), code(2)]), [
      'slide',
      'subslide',
      'subslide',
    ]);
  });

  it('never puts more on a slide than it holds, one cell apart', () => {
    const cell = fc.oneof(
      fc.integer({ min: 1, max: 40 }).map(lines => code(lines, 'out\n'.repeat(lines % 7))),
      fc.string({ maxLength: 900 }).map(text),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), cells => {
        const types = slideTypes(cells);
        let slide: Cell[] = [];
        for (const [at, type] of types.entries()) {
          slide = [...(type === '-' ? slide : []), itemAt(cells, at)];
          const height = slide.reduce((sum, cell) => sum + heightOf(cell), 0);
          assert.ok(slide.length === 1 || height <= ROOM);
        }
      }),
    );
  });
});

describe('heightOf', () => {
  it('grows with the text, twice as fast in Chinese, and with outputs', () => {
    assert.ok(heightOf(text('a'.repeat(300))) > heightOf(text('a'.repeat(80))));
    assert.equal(heightOf(text('字'.repeat(200))), heightOf(text('a'.repeat(400))));
    assert.ok(heightOf(code(3, 'a\nb\n')) > heightOf(code(3)));
    assert.equal(heightOf(code(9, '')) - heightOf(code(8, '')), 27);
  });
});
