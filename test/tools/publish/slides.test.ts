import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Cell,
  type CodeCell,
  isCode,
  joined,
  type MarkdownCell,
  type Notebook,
  PLOTLY,
} from '../../../lib/tools/publish/notebook';
import { heightInColumns, heightOf } from '../../../lib/tools/publish/slide-height';
import { layOut, type Slide } from '../../../lib/tools/publish/slide-layout';
import { speakerNotes } from '../../../lib/tools/publish/slide-notes';
import { paragraphs } from '../../../lib/tools/publish/slide-parts';
import { withSlides } from '../../../lib/tools/publish/slides';

let count = 0;
const text = (source: string): MarkdownCell => {
  count += 1;
  return { cell_type: 'markdown', id: `t${count}`, metadata: {}, source };
};
const code = (lines: number, printed = ''): CodeCell => ({
  cell_type: 'code',
  id: 'c',
  metadata: {},
  source: Array(lines).fill('let a;').join('\n'),
  execution_count: 1,
  outputs: printed ? [{ output_type: 'stream', name: 'stdout', text: printed }] : [],
});
const figure = (height: number): CodeCell => ({
  ...code(1),
  outputs: [
    { output_type: 'display_data', data: { [PLOTLY]: { layout: { height } } }, metadata: {} },
  ],
});
const pad = (): CodeCell => ({
  ...code(1),
  outputs: [
    { output_type: 'display_data', data: { 'text/html': '<canvas></canvas>' }, metadata: {} },
  ],
});
const words = (length: number) => 'word '.repeat(length).trim();

/** What stands on each slide, texts by their first line, `[]` for code and `[figure]`. */
const shown = (slides: readonly Slide[]): string[][] =>
  slides.map(({ cells }) =>
    cells.map(cell => {
      if (!isCode(cell)) return joined(cell.source).split('\n', 1)[0] ?? '';
      return cell.source === '' ? '[again]' : '[]';
    }),
  );

describe('layOut', () => {
  it('begins a section at each heading # and ##, and whatever comes first', () => {
    const cells = [code(1), text('## 1 A\n\na'), text('### detail\n\nb'), text('# B\n\nc')];
    assert.deepEqual(
      layOut(cells).map(({ begins }) => begins),
      [true, true, true],
    );
  });

  it('keeps code with the text that leads to it and the text that says what came out', () => {
    for (const result of ['**What came out**: a', '**结果**：a', '① a']) {
      const cells = [
        text(`## 1 A\n\n${words(60)}`),
        code(9, 'a\n'),
        text(`${result}\n\nAnd what is this?`),
        code(9, 'b\n'),
        text(`**结果**：${words(60)}`),
      ];
      assert.deepEqual(shown(layOut(cells)), [
        ['## 1 A', words(60), '[]', result].filter(line => line !== words(60)),
        ['And what is this?', '[]', `**结果**：${words(60)}`],
      ]);
    }
  });

  it('leaves with its output the only text before other code where that begins in bold', () => {
    const bold = [text('## A\n\na'), figure(400), text('**How to read it**: b'), figure(400)];
    assert.deepEqual(shown(layOut(bold)), [['## A', '[]', '**How to read it**: b'], ['[]']]);
    const plain = [text('## A\n\na'), figure(400), text('The same, drawn:'), figure(400)];
    assert.deepEqual(shown(layOut(plain)), [
      ['## A', '[]'],
      ['The same, drawn:', '[]'],
    ]);
  });

  it('sets a high figure beside its text, and shows it again beside what is left to say', () => {
    const cells = [
      text('## A\n\na'),
      figure(500),
      text(['**What came out**', '**How to read it**'].map(b => `${b} ${words(90)}`).join('\n\n')),
    ];
    const slides = layOut(cells);
    assert.deepEqual(shown(slides), [
      ['## A', '[]', `**What came out** ${words(90)}`],
      ['[again]', `**How to read it** ${words(90)}`],
    ]);
    assert.deepEqual(
      slides.map(({ columns }) => columns),
      ['figure', 'figure'],
    );
  });

  it('gives a pad the wider column, and shows it once', () => {
    const slides = layOut([
      text('## A\n\na'),
      pad(),
      text(`**What came out** ${words(40)}\n\n${words(200)}`),
    ]);
    assert.deepEqual(shown(slides), [
      ['## A', '[]', `**What came out** ${words(40)}`],
      [words(200)],
    ]);
    assert.equal(slides[0]?.columns, 'wide');
  });

  it('has no slide with a sentence alone', () => {
    const cells = [
      text('## A\n\na'),
      code(15, 'a\n'.repeat(9)),
      text(words(150)),
      text('The end.'),
    ];
    for (const { cells: on } of layOut(cells)) assert.ok(heightOf(...on) > 100);
  });

  const cell = fc.oneof(
    fc.integer({ min: 1, max: 40 }).map(lines => code(lines, 'out\n'.repeat(lines % 7))),
    fc.integer({ min: 200, max: 700 }).map(figure),
    fc.constant(pad()),
    fc
      .array(fc.constantFrom('## A', '### b', '- c', '  d', '**e**', '```', 'f:', words(50), ''))
      .map(lines => text(lines.join('\n\n'))),
  );

  it('loses nothing and changes no order', () => {
    const content = (cells: readonly Cell[]) =>
      cells
        .filter(each => !isCode(each) || each.source !== '')
        .map(each => joined(each.source).replace(/\s/g, ''))
        .join('');
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), cells => {
        assert.equal(content(layOut(cells).flatMap(slide => slide.cells)), content(cells));
      }),
    );
  });

  it('puts two figures on no slide, and a heading alone only where nothing follows it', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), cells => {
        for (const { cells: on, columns } of layOut(cells)) {
          const outputs = on.filter(each => isCode(each) && each.outputs.length > 0);
          if (columns) assert.equal(outputs.length, 1);
          const last = on.at(-1) as Cell;
          if (isCode(last)) continue;
          const source = joined(last.source).trim();
          if (!/^#+ .*$/.test(source)) continue;
          const next = cells[cells.findIndex(each => each.id === last.id) + 1];
          assert.ok(!next || !isCode(next));
        }
      }),
    );
  });
});

describe('paragraphs', () => {
  const kept = {
    'a heading with what follows': '## A\n\nb',
    'a colon with what follows': 'these:\n\n- a\n- b',
    'a colon in bold, in Chinese': '**这三个：**\n\n- a',
    'an item of several paragraphs': '- a\n\n  b',
    'a fence': '```\na\n\nb\n```',
    'what is folded': '<details><summary>a</summary>\n\nb\n\nc\n</details>',
    'a quotation': '> a\n>\n> b',
    'a table': '| a |\n| --- |\n| b |',
  };
  for (const [what, source] of Object.entries(kept)) {
    it(`keep together ${what}`, () => {
      assert.deepEqual(paragraphs(`x\n\n${source}\n\n\ny`), ['x', source, 'y']);
    });
  }
});

describe('the height', () => {
  it('grows with the text, twice as fast in Chinese, and with outputs', () => {
    assert.ok(heightOf(text('a'.repeat(300))) > heightOf(text('a'.repeat(80))));
    assert.equal(heightOf(text('字'.repeat(200))), heightOf(text('a'.repeat(400))));
    assert.ok(heightOf(code(3, 'a\nb\n')) > heightOf(code(3)));
    assert.equal(heightOf(code(9, '')) - heightOf(code(8, '')), 27);
  });

  it('in columns is that of the higher one', () => {
    const [short, long] = [text('a'), text(words(300))];
    assert.equal(
      heightInColumns('figure', short, figure(900)),
      heightInColumns('figure', figure(900)),
    );
    assert.ok(
      heightInColumns('figure', long, figure(300)) > heightInColumns('figure', figure(300)),
    );
    assert.ok(heightInColumns('wide', long) > heightInColumns('figure', long));
  });

  it('counts what is folded as a line', () => {
    const folded = text(`<details><summary>a</summary>\n\n${words(300)}\n\n</details>`);
    assert.ok(heightOf(folded) < 80);
    const hidden = { ...code(30), metadata: { jupyter: { source_hidden: true } } };
    assert.ok(heightOf(hidden) < 80);
  });
});

describe('speakerNotes', () => {
  const guide = `# Teaching

## Lesson 1

| Minutes | Stage | What happens |
| --- | --- | --- |
| 3 | opening | write a 4 |
| 7 | 1 A | divide |
| 2 | 2 B | multiply |
| 3 | close | what now? |

## Stage by stage

### 1 A

- **Ask**: Why? — Because.
- **Ask** (detail): Which \`x\`? — This.
- **Expect** (no such part): that.

### 2 B

- **提问**（细节）：哪一个？
`;
  const slides = (cells: Cell[]) =>
    speakerNotes(layOut(cells), guide).map(({ notes }) => notes.split('\n'));

  it('give each slide of a section its minutes and questions', () => {
    const [a, more] = slides([
      text(`## 1 A\n\n${words(200)}`),
      text(words(150)),
      text('## 2 B\n\nb'),
    ]);
    assert.deepEqual(a, [
      '- **3 minutes** (opening): write a 4',
      '- **7 minutes**: divide',
      '- **Ask**: Why? — Because.',
      '- **Ask** (detail): Which `x`? — This.',
      '- **Expect** (no such part): that.',
    ]);
    assert.deepEqual(more, a);
  });

  it('bring a question that names a part where that part stands, if there is one', () => {
    const asked = '- **Ask** (detail): Which `x`? — This.';
    const [a, detail, b] = slides([
      text('## 1 A\n\na'),
      code(9, 'out\n'.repeat(9)),
      text(`### detail\n\n${words(90)}`),
      text('## 2 B\n\nb\n\n### 细节\n\nc'),
    ]);
    assert.ok(!a?.includes(asked));
    assert.equal(detail?.[2], asked);
    assert.deepEqual(b, [
      '- **2 minutes**: multiply',
      '- **3 minutes** (close): what now?',
      '- **提问**（细节）：哪一个？',
    ]);
  });

  it('are empty where the guide says nothing, or there is none', () => {
    assert.deepEqual(slides([text('## 3 C\n\nc'), code(1)]), [['']]);
    assert.deepEqual(slides([code(1)]), [['']]);
  });
});

describe('withSlides', () => {
  const notebook = (cells: Cell[]): Notebook => ({
    cells,
    metadata: {},
    nbformat: 4,
    nbformat_minor: 5,
  });

  it('marks the cells as Jupyter does, and ends each slide with its notes', () => {
    const cells = [text('## 1 A\n\na'), code(1), text('## 2 B\n\nb')];
    const marked = withSlides(notebook(cells), '### 1 A\n\n- **Ask**: Why?\n').cells;
    assert.deepEqual(
      marked.map(({ metadata }) => (metadata.slideshow as { slide_type: string }).slide_type),
      ['slide', '-', 'notes', 'slide'],
    );
    assert.equal(marked[2]?.source, '- **Ask**: Why?');
  });

  it('gives each cell a name of its own, also where one is parted or shown again', () => {
    const cells = [text(`a\n\n${words(300)}\n\n${words(300)}`), figure(500), text(words(300))];
    const ids = withSlides(notebook(cells), '').cells.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.equal(ids[0], cells[0]?.id);
  });
});
