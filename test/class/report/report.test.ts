import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { catalogue } from '../../../lib/class/report/catalogue';
import { texts } from '../../../lib/class/report/page/language';
import { type HandIn, handInOf, MAX_SIZE, readHandIns } from '../../../lib/class/report/read';
import { csvOf, exercisesOf, guessesOf, quizOf, rowsOf } from '../../../lib/class/report/tally';
import { learnerOf } from '../../../lib/digits/record/learner';
import { encodeLine } from '../../../lib/digits/record/line';
import { classOf, notebookOf } from './class';

const all = catalogue();

/** The visible data of hand-ins, except their sources. */
function resultsOf(...handIns: readonly HandIn[]) {
  const { learners } = readHandIns(handIns, all.names);
  const rows = rowsOf(learners.map(entry => ({ ...entry, source: '' })));
  return {
    ...{ rows, exercises: exercisesOf(rows, all.en), guesses: guessesOf(rows, all.en) },
    ...{ quiz: quizOf(rows, all.en), csv: csvOf(rows, all.en, texts.en) },
  };
}

describe('the report of a class', () => {
  it('is the same of thirty notebooks and of their thirty lines', () => {
    const learners = classOf(30);
    const lines = learners.map(encodeLine);
    const notebooks = learners.map((learner, index) => ({
      source: `${index}.ipynb`,
      // Earlier outputs hold earlier lines.
      text: notebookOf([encodeLine(learnerOf(learner.id, [])), encodeLine(learner)]),
    }));
    const ofNotebooks = resultsOf(...notebooks);
    deepEqual(
      ofNotebooks,
      resultsOf({ source: 'chat', text: `Hello,\n${lines.join('\n> ')}\nBye` }),
    );
    equal(ofNotebooks.rows.length, 30);
  });

  it('says of each exercise who passed, after how many tries, and the commonest mistakes in words', () => {
    const sign = { e: '7.1', m: 'sign' };
    const passed = { e: '7.1', ok: 1 } as const;
    const guess = [
      { g: 'shapes', o: 0 },
      { r: 'shapes', o: 1 },
      { q: 0, o: 1 },
    ];
    const events = [
      [sign, sign, passed, { q: 0, o: 2 }],
      [sign, { e: '7.1', m: '' }, { q: 0, o: 3 }],
      [passed, ...guess],
    ];
    const lines = events.map((learnerEvents, index) =>
      encodeLine(learnerOf(`${index}`, learnerEvents)),
    );
    const { exercises, guesses, quiz, csv } = resultsOf({ source: 'a', text: lines.join(' ') });
    match(csv, /\r\n0000,1,1,2\r\n0000 \(2\),1,1,0\r\n0000 \(3\),0,0,2\r\n$/);
    const { mistakes = [], ...found } = exercises.find(({ id }) => id === '7.1') ?? {};
    deepEqual(found, { id: '7.1', title: 'Cross-entropy by hand', tried: 3, passed: 2, tries: 1 });
    match(mistakes[0]?.words ?? '', /^The sign is missing/);
    equal(mistakes[0]?.learners, 2);
    deepEqual(
      guesses[0]?.options.slice(0, 2).map(({ picked, right }) => [picked, right]),
      [
        [1, 0],
        [0, 1],
      ],
    );
    deepEqual([quiz[0]?.right, quiz[0]?.missed, quiz[0]?.answered], ['0', 2, 3]);
    for (const { mistakes } of [...all.zh.exercises, ...all.en.exercises]) {
      for (const words of Object.values(mistakes)) doesNotMatch(words, /\[object|^$/);
    }
  });

  it('tells learners without a name apart by what stands before their lines, as in a chat', () => {
    const records = ['1', '2', '3', '4'].map(id => learnerOf(id, [{ e: '1.1', ok: 1 }]));
    const [ana = '', wrapped = '', ben = '', li = ''] = records.map(encodeLine);
    const chat = `Ana, 10:20\n${ana}\n\nO’Neill, Jr., 10:21\nhere: “${wrapped.replace(/.{20}/g, '$&\n')}”\nThanks!\n\n`;
    const text = `${chat}[29.11.26, 10:22] Ben: ${ben.slice(0, -9)}\n\n${ben} 李雷： ${li}`;
    const { learners, problems } = readHandIns([{ source: 'chat', text }], all.names);
    deepEqual(
      rowsOf(learners).map(({ name }) => name),
      ['Ana', 'chat', 'O’Neill, Jr.', '李雷'],
    );
    deepEqual(problems, [{ source: 'chat: Ben', kind: 'cut' }]);
    // A name from the classroom, not a file name.
    const [smith] = rowsOf([{ source: 'j.smith', record: learnerOf('5', []) }]);
    equal(smith?.name, 'j.smith');
  });

  it('counts each name that shares a record, and each name once', () => {
    for (const [given, learners, shared = []] of [
      [['Ben 3', 'Anna 3'], ['Anna 3', 'Ben 3'], ['Ben, Anna']],
      [['Ben 3', 'Anna 4', 'ben 5', ' 2', ' 6'], ['Anna 4', 'ben 6'], ['ben, Anna']],
      [['Ann Lee 1', 'ANN  lee 1', 'annlee 1'], ['Ann Lee 1']],
      [['李 雷 2', '李雷 1', ' 3'], ['李 雷 3']],
    ]) {
      const lines = (given ?? []).map(words => {
        const [, name = '', count = 0] = /(.*) (\d)/.exec(words) ?? [];
        return encodeLine({ ...learnerOf('1', []), name, count: Number(count) });
      });
      for (const text of [lines.join('\n'), notebookOf(lines)]) {
        const report = readHandIns([{ source: 'a', text }], all.names);
        const rows = rowsOf(report.learners).map(({ name, record }) => `${name} ${record.count}`);
        const doubts = report.problems.filter(({ kind }) => kind === 'shared');
        deepEqual([rows, doubts.map(({ source }) => source)], [learners, shared]);
      }
    }
  });

  it('takes of two lines that say the same the one with the name, and says once what holds of many', () => {
    const lines = ['1', '2'].map(id => {
      const record = learnerOf(id, [{ e: '1.1', ok: 1 }]);
      return [encodeLine(record), encodeLine({ ...record, name: 'Ann' })];
    });
    const notebooks = lines.map((line, index) => ({
      source: `${index}.ipynb`,
      text: notebookOf(line),
    }));
    const { learners, problems } = readHandIns([...notebooks, ...notebooks], all.names);
    deepEqual(
      rowsOf(learners).map(({ name }) => name),
      ['Ann', 'Ann (2)'],
    );
    deepEqual(problems, [
      { source: 'Ann (0.ipynb); Ann (1.ipynb)', kind: 'doubled' },
      { source: 'Ann', kind: 'sameName' },
    ]);
  });

  it('names what is wrong with a hand-in, and loses nothing of the others', () => {
    const [first = learnerOf('1', [])] = classOf(1);
    const line = encodeLine(first);
    const other = encodeLine(learnerOf('2', [{ e: '1.1', ok: 1 }]));
    const check = "await check('1.1', 1);";
    for (const [name, text, learners, ...expected] of [
      ['a.txt', '', 0, 'empty'],
      ['a.txt', 'Hello', 0, 'noLine'],
      ['a.txt', `${line.slice(0, -9)}\n${other}`, 1, 'cut'],
      ['a.txt', `${other}\n${other}`, 1, 'doubled'],
      ['a.txt', `${encodeLine({ ...first, count: 2 })}\n${line}`, 1, 'older'],
      ['a.txt', `${line}\n${line.replace(':1:', ':9:')}`, 1, 'newer'],
      ['a.txt', line.replace(/.$/, last => (last === '0' ? '1' : '0')), 0, 'damaged'],
      ['a.ipynb', notebookOf([line]).slice(0, -30), 0, 'noNotebook'],
      ['a.ipynb', '[]', 0, 'noNotebook'],
      ['a.ipynb', '{"cells":[{"cell_type":"code","source":{"toString":1}}]}', 0, 'noNotebook'],
      ['a.ipynb', notebookOf([other, line]), 1],
      ['a.ipynb', notebookOf([line], 'const check = () => {};'), 1, 'redefined'],
      ['a.ipynb', notebookOf([''], check), 0, 'noOutputs'],
      ['a.ipynb', notebookOf([''], 'print(1)'), 0, 'otherLesson'],
    ] as const) {
      const report = readHandIns([{ source: name, text }], all.names);
      deepEqual(
        [report.learners.length, ...report.problems.map(({ kind }) => kind)],
        [learners, ...expected],
      );
    }
    // Node 26 reads such JSON, older ones do not.
    const deep = `[${'['.repeat(1e6)}${']'.repeat(1e6)}]`;
    const text = notebookOf([]).replace('"outputs":[]', `"outputs":${deep}`);
    const [problem] = readHandIns([{ source: 'a.ipynb', text }], all.names).problems;
    match(problem?.kind ?? '', /^no(Notebook|Outputs)$/);
  });

  it('says how large a hand-in is that is too large, without reading the file', async () => {
    const file = { size: 2.5 * MAX_SIZE, text: () => Promise.reject() };
    const handIns = [await handInOf('a', file), { source: 'b', text: 'x'.repeat(1.5 * MAX_SIZE) }];
    deepEqual(readHandIns(handIns, all.names).problems, [
      { source: 'a (25.0 MB); b (15.0 MB)', kind: 'tooLarge' },
    ]);
  });
});
