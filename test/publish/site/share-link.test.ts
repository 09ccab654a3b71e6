import { deepEqual, equal, ok, rejects, throws } from 'node:assert/strict';
import {
  type Cell,
  diff,
  MAX_LENGTH,
  pack,
  restoreCells,
  type Shared,
  unpack,
} from '../../../lib/publish/site/page/share-link';

const cell = (id: string, source = `${id};`): Cell => ({ id, cell_type: 'code', source });
const letters = ['a', 'b', 'c', 'd', 'e'].map(id => cell(id));
const changed = [
  letters[0],
  cell('b', '// 中文 😀'),
  letters[2],
  letters[4],
  cell('new', 'let n = 1;'),
] as Cell[];
/** The fields of a cell in a link. */
const bare = ({ id, cell_type, source }: Cell): Cell => ({ id, cell_type, source });
const shared = (cells: readonly Cell[]): Shared => ({
  ...{ name: 'lesson.zh.ipynb', original: '0f' },
  parts: diff(cells, letters),
});

describe('a link that shares a notebook', () => {
  it('carries what differs from the site’s own, and gives the same cells again', async () => {
    const all = shared(letters);
    deepEqual(all.parts, ['a', 'b', 'c', 'd', 'e']);
    const link = await pack(shared(changed));
    ok(/^#share=[\w-]+$/.test(link) && link.length < 300, link);
    const content = await unpack(link);
    deepEqual(content && restoreCells(content, letters).map(bare), changed);
    const [first, second] = letters as [Cell, Cell];
    deepEqual(restoreCells(shared([second, first]), letters).map(bare), [second, first]);
    equal(await unpack('#cell-id=stage-8'), undefined);
  });

  it('unfolds changed cells and their sections, and leaves the others folded', () => {
    const hidden = { jupyter: { source_hidden: true } };
    const heading = { 'jp-MarkdownHeadingCollapsed': true };
    const [first, second] = ['h1', 'h2'].map(id => ({ ...cell(id, '#'), metadata: heading }));
    const [answer, solution] = ['a', 'b'].map(id => ({ ...cell(id), metadata: hidden }));
    const site = [first, answer, second, solution] as Cell[];
    const received = restoreCells(
      { ...shared([]), parts: diff([first, answer, second, cell('b', 'evil();')] as Cell[], site) },
      site,
    );
    deepEqual(
      received.map(({ metadata }) => metadata),
      [heading, hidden, {}, {}],
    );
  });

  it('is refused if its end is missing, a letter is another, or it is too long', async () => {
    const link = await pack(shared(changed));
    const end = link.length - 30;
    for (const length of [10, 40, link.length - 1]) await rejects(unpack(link.slice(0, length)));
    await rejects(
      unpack(link.slice(0, end) + (link[end] === 'A' ? 'B' : 'A') + link.slice(end + 1)),
    );
    await rejects(unpack(link.padEnd(MAX_LENGTH + 1, 'A')));
    // A chat may append a full stop to the link.
    deepEqual(await unpack(`${link}.`), await unpack(link));
  });

  it('does not become a notebook without the cells that it needs, or of what is no cell', () => {
    throws(() => restoreCells(shared(letters), letters.slice(1)));
    const odd = { ...cell('x'), cell_type: 'script' } as unknown as Cell;
    for (const part of [odd, null as unknown as Cell]) {
      throws(() => restoreCells({ ...shared([]), parts: [part] }, letters));
    }
  });
});
