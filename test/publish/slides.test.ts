import { deepEqual, equal } from 'node:assert/strict';
import { type Cell, type MimeBundle, PLOTLY } from '../../lib/publish/notebook';
import { withSlides } from '../../lib/publish/slides';
import { codeCell, displayOutput, notebookWith, textCell } from '../notebook';
import { readData } from '../texts';

const { guide, ofA, asked, ofB } = readData<{
  readonly guide: string;
  readonly ofA: readonly string[];
  readonly asked: string;
  readonly ofB: readonly string[];
}>('publish/slides.yml');

const text = (source: string, slide_type?: string): Cell =>
  textCell(source, { metadata: slide_type ? { slideshow: { slide_type } } : {} });
const code = (...data: MimeBundle[]): Cell => codeCell('let a;', data.map(displayOutput));
const figure = (height: number) => ({ [PLOTLY]: { layout: { height } } });
const PAD = { 'text/html': '<canvas></canvas>' };

const slides = (cells: Cell[], guide = '') => {
  return withSlides(notebookWith(...cells), guide).cells.map(
    ({ source, metadata: { slideshow } }) => {
      const { slide_type = '-', columns } = (slideshow ?? {}) as Record<string, string>;
      return { source, slide_type, columns };
    },
  );
};
const notes = (cells: Cell[], guide: string) =>
  slides(cells, guide)
    .filter(({ slide_type }) => slide_type === 'notes')
    .map(({ source }) => String(source).split('\n'));

describe('the slides of a notebook', () => {
  it('begin a section at each heading # and ##, and a slide wherever a cell says so', () => {
    const optional = textCell('### E', { metadata: { tags: ['optional'] } });
    const sub = text('### C', 'subslide');
    const cells = [text('# A'), text('## B\n\nb'), code(), sub, text('d'), optional];
    deepEqual(
      slides(cells).map(({ slide_type }) => slide_type),
      ['slide', 'slide', '-', 'subslide', '-', 'subslide'],
    );
  });

  it('set one high figure or pad beside its text, and all else below', () => {
    const columns = (...cells: Cell[]) => slides([text('## A'), ...cells])[0]?.columns;
    equal(columns(code(figure(450)), text('b')), 'figure');
    equal(columns(code({ 'image/png': '' })), 'figure');
    equal(columns(code(PAD)), 'wide');
    equal(columns(code(figure(200))), undefined);
    equal(columns(code(figure(450)), code(figure(450))), undefined);
    equal(columns(code()), undefined);
  });

  it('have for notes the minutes and questions of their section', () => {
    const [a, more] = notes([text('## 1 A'), text('more', 'subslide'), text('## 2 B')], guide);
    deepEqual([a, more], [ofA, ofA]);
    deepEqual(notes([text('## 3 C'), code()], guide), []);
  });

  it('have a question that names a part where that part stands, if there is one', () => {
    const [a, detail, b] = notes(
      [text('## 1 A'), text('### detail', 'subslide'), text('## 2 B\n\nb\n\n### 细节\n\nc')],
      guide,
    );
    equal(a?.includes(asked), false);
    equal(detail?.[2], asked);
    deepEqual(b, ofB);
  });
});
