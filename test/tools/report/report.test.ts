import { deepEqual, equal, match } from 'node:assert/strict';
import Papa from 'papaparse';
import { learnerOf } from '../../../lib/digits/record/learner';
import { catalogue } from '../../../lib/tools/report/catalogue';
import { texts } from '../../../lib/tools/report/page/language';
import { MOST_LETTERS, readHandIns } from '../../../lib/tools/report/read';
import { csvOf, exercisesOf, guessesOf, quizOf, rowsOf } from '../../../lib/tools/report/tally';
import { classOf, lineOf, notebookWith } from './class';

const all = catalogue();
const read = (text: string, source = 'a.txt') => readHandIns([{ source, text }], all.names);

/** All that a teacher sees of some hand-ins, but for where each came from. */
function seen(handIns: Parameters<typeof readHandIns>[0]) {
  const { learners } = readHandIns(handIns, all.names);
  const rows = rowsOf(learners.map(each => ({ ...each, source: '' })));
  return {
    ...{ rows, exercises: exercisesOf(rows, all.en), guesses: guessesOf(rows, all.en) },
    ...{ quiz: quizOf(rows, all.en), csv: csvOf(rows, all.en, texts.en) },
  };
}

describe('the report of a class', () => {
  it('is the same of thirty notebooks and of their thirty lines', () => {
    const learners = classOf(30);
    const lines = learners.map(lineOf);
    const notebooks = lines.map((line, at) => ({
      source: `${at}.ipynb`,
      // Earlier outputs hold earlier lines.
      text: notebookWith([lineOf({ ...learnerOf(learners[at]?.id ?? '', []) }), line]),
    }));
    const ofNotebooks = seen(notebooks);
    deepEqual(ofNotebooks, seen([{ source: 'chat', text: `Hello,\n${lines.join('\n> ')}\nBye` }]));
    equal(ofNotebooks.rows.length, 30);
  });

  it('says of each exercise who passed, after how many tries, and the commonest mistakes in words', () => {
    const wrong = [
      { e: '7.1', m: 'sign' },
      { e: '7.1', m: 'sign' },
    ];
    const lines = [
      learnerOf('1', [...wrong, { e: '7.1', ok: 1 }]),
      learnerOf('2', [wrong[0] as (typeof wrong)[0], { e: '7.1', m: '' }]),
      learnerOf('3', [
        { e: '7.1', ok: 1 },
        { g: 'device', o: 0 },
        { r: 'device', o: 1 },
        { q: 0, o: 1 },
      ]),
    ].map(lineOf);
    const { exercises, guesses, quiz } = seen([{ source: 'a', text: lines.join(' ') }]);
    const found = exercises.find(({ id }) => id === '7.1');
    deepEqual(
      { ...found, mistakes: undefined },
      {
        ...{ id: '7.1', title: 'Cross-entropy by hand', tried: 3, passed: 2, tries: 1 },
        mistakes: undefined,
      },
    );
    match(found?.mistakes[0]?.words ?? '', /^The sign is missing/);
    equal(found?.mistakes[0]?.learners, 2);
    deepEqual(guesses[0]?.options.map(({ picked, right }) => [picked, right]).slice(0, 2), [
      [1, 0],
      [0, 1],
    ]);
    deepEqual([quiz[0]?.missed, quiz[0]?.answered], [1, 1]);
  });

  it('has words for each mistake, in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      for (const { id, mistakes } of all[language].exercises) {
        for (const [name, words] of Object.entries(mistakes)) {
          equal(/\[object/.test(words) || words === '', false, `${id} ${name}: ${words}`);
        }
      }
    }
  });

  it('gives spreadsheets every name as text', () => {
    const rows = rowsOf(
      readHandIns([{ source: 'a', text: classOf(6).map(lineOf).join('\n') }], all.names).learners,
    );
    const { data } = Papa.parse<string[]>(csvOf(rows, all.en, texts.en).trim());
    const names = data
      .slice(1)
      .map(([name]) => name)
      .sort();
    deepEqual(
      names,
      ['"Pat" O’Neill', "'=cmd|calc", '<b>Zoë</b>', 'Lee, Ann', '王小明', '王小明 (2)'].sort(),
    );
    equal(new Set(data.map(({ length }) => length)).size, 1);
  });
});

describe('what learners hand in', () => {
  const [first = learnerOf('1', [])] = classOf(1);
  const line = lineOf(first);
  const kinds = (text: string, source?: string) => {
    const { learners, problems } = read(`${text}`, source);
    return [learners.length, ...problems.map(({ kind }) => kind)];
  };

  it('is named where it is wrong, and nothing of the others is lost', () => {
    const other = lineOf(learnerOf('2', [{ e: '1.1', ok: 1 }]));
    deepEqual(kinds(''), [0, 'empty']);
    deepEqual(kinds('Hello'), [0, 'noLine']);
    deepEqual(kinds(`${line.slice(0, -9)}\n${other}`), [1, 'cut']);
    deepEqual(kinds(`${other}\n${other}`), [1, 'doubled']);
    deepEqual(kinds(`${lineOf({ ...first, count: 2 })}\n${line}`), [1, 'older']);
    deepEqual(kinds(`${line}\n${line.replace(':1:', ':9:')}`), [1, 'newer']);
    deepEqual(kinds(line.replace(/.$/, letter => (letter === '0' ? '1' : '0'))), [0, 'damaged']);
    deepEqual(kinds(notebookWith([line]).slice(0, -30), 'a.ipynb'), [0, 'noNotebook']);
    deepEqual(kinds('[]', 'a.ipynb'), [0, 'noNotebook']);
    deepEqual(kinds(notebookWith([line], 'const check = () => {};'), 'a.ipynb'), [1, 'redefined']);
    deepEqual(kinds(notebookWith([''], "await check('1.1', 1)"), 'a.ipynb'), [0, 'noOutputs']);
    deepEqual(kinds(notebookWith([''], 'print(1)'), 'a.ipynb'), [0, 'otherLesson']);
    deepEqual(kinds(' '.repeat(MOST_LETTERS + 1), 'a.ipynb'), [0, 'tooLarge']);
    deepEqual(Object.keys(texts.zh.kinds), Object.keys(texts.en.kinds));
  });
});
