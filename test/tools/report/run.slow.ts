/** Notebooks of strangers, run anew in a real browser. */
import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../../lib/digits/language';
import { tables } from '../../../lib/tools/project/messages';
import { isCode, type Notebook } from '../../../lib/tools/publish/notebook';
import { catalogue } from '../../../lib/tools/report/catalogue';
import { readHandIn } from '../../../lib/tools/report/read';
import { runNotebooks } from '../../../lib/tools/report/run';
import { temporaryFolder } from '../../folder';
import { codeCell, notebookWith, shown } from '../../notebook';
import { readData, readText } from '../../texts';

interface Stranger {
  readonly language?: Language;
  readonly unprepared?: boolean;
  readonly cells: readonly string[];
  readonly output?: string;
  readonly exercises: Readonly<Record<string, string>>;
  readonly notes?: readonly Note[];
}

/** By the name of its text, its place, and whatever else it says. */
type Note = readonly [name: string, place?: number | string | null, what?: string];

type Text = (...given: unknown[]) => string;
const words = tables.en.judge as unknown as Readonly<Record<string, string | Text>>;

const { names } = catalogue();
const ids = Object.keys(names.mistakes);
const saved = (name: string): Notebook => JSON.parse(readText(`notebooks/${name}.ipynb`));

function handedIn({ language = 'en', unprepared, cells, output }: Stranger): string {
  const code = saved(`exercises.${language}`)
    .cells.filter(isCode)
    .slice(0, unprepared ? 0 : 4);
  const outputs = output ? [shown({ 'text/plain': output })] : [];
  return JSON.stringify(notebookWith(...code, ...cells.map(source => codeCell(source, outputs))));
}

let progress = '';

/** Runs notebooks, given by name, and says how each was marked; ends with an error once so many have ended. */
async function run(
  notebooks: Readonly<Record<string, string>>,
  results = temporaryFolder(),
  until = 99,
) {
  const reads = Object.entries(notebooks).map(
    ([source, text]) => [source, readHandIn({ source, text }, names)] as const,
  );
  const ended = await runNotebooks(reads, {
    ...{ language: 'en', names, results },
    onProgress(count, all) {
      progress = `${count}/${all}`;
      if (count === until) throw new Error('ended');
    },
  });
  // Each counts by itself.
  const ids = [...ended.values()].flatMap(({ records }) => records.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  const marks = reads.map(([source, read]) => {
    const { records, notes = [] } = ended.get(read) ?? {};
    const done = Object.entries(records?.[0]?.exercises ?? {}).map(([id, { passed, mistakes }]) => {
      return [id, passed ? '✓' : Object.keys(mistakes).join()];
    });
    return [source, { exercises: Object.fromEntries(done), notes: [...notes].sort() }] as const;
  });
  return Object.fromEntries(marks);
}

/** Writes a note in English, of the cell of an exercise or with a number. */
function say([name, place, what]: Note): string {
  const text = words[name];
  if (typeof text !== 'function') return text ?? name;
  const where = words[typeof place === 'number' ? 'numbered' : 'ofExercise'] as Text;
  return place === null ? text(what) : text(where(place), what);
}

describe('notebooks that are run anew', () => {
  const strangers = readData<Record<string, Stranger>>('tools/report/strangers.yml');
  let marks: Awaited<ReturnType<typeof run>>;
  before(async () => {
    const notebooks = Object.entries(strangers).map(([name, each]) => [name, handedIn(each)]);
    marks = await run(Object.fromEntries(notebooks));
  });

  for (const [name, { exercises, notes = [], cells, output }] of Object.entries(strangers)) {
    it(`are judged by what their cells make: ${name}`, () => {
      const missing = ids.filter(id => !cells.some(cell => cell.includes(`check('${id}'`)));
      const usual: Note[] = [['missing', null, missing.join(', ')]];
      if (!output) usual.push(['cleared']);
      assert.deepEqual(marks[name], { exercises, notes: [...usual, ...notes].map(say).sort() });
    });
  }

  it('pass with the solutions, are blank untouched; a run goes on where it was ended', async () => {
    const large = saved('exercises.zh');
    large.cells.push(codeCell('1', [shown({ 'text/plain': 'x'.repeat(25e6) })]));
    const notebooks = {
      '空 a.ipynb': readText('notebooks/exercises.en.ipynb'),
      'solved.ipynb': readText('notebooks/solutions.zh.ipynb'),
      'large.ipynb': JSON.stringify(large),
    };
    const results = temporaryFolder();
    await assert.rejects(run(notebooks, results, 1), /ended/);
    const [first = '', ...others] = readdirSync(results);
    assert.deepEqual(others, []);
    const known = { exercises: {}, notes: ['as it was'] };
    writeFileSync(join(results, first), JSON.stringify(known));
    assert.deepEqual(await run(notebooks, results), {
      '空 a.ipynb': known,
      'solved.ipynb': { exercises: Object.fromEntries(ids.map(id => [id, '✓'])), notes: [] },
      'large.ipynb': { exercises: {}, notes: [words.large] },
    });
    assert.equal(progress, '3/3');
  });
});
