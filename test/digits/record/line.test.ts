import assert from 'node:assert/strict';
import { catalogue } from '../../../lib/class/report/catalogue';
import { setLanguage } from '../../../lib/digits/language';
import { isKnown, type LearnerEvent, learnerOf, readLog } from '../../../lib/digits/record/learner';
import { encodeLine, findLines } from '../../../lib/digits/record/line';

const { names } = catalogue();
const mistakes = Object.entries(names.mistakes);

const some: LearnerEvent[] = [
  { e: '7.1', m: 'sign' },
  { e: '7.1', m: 'sign' },
  { e: '7.1', m: '' },
  { e: '7.1', ok: 1 },
  { e: '10.4', m: 'low' },
  { g: 'first-loss', o: 0 },
  { r: 'first-loss', o: 2 },
  { q: 9, o: 3 },
  { q: 9, o: 0 },
];
const record = { ...learnerOf('00c0ffee', some), name: '王小明' };

/** A record with three different mistakes in each solved exercise, and the longest name. */
const full = {
  ...learnerOf('ffffffff', [
    ...mistakes.flatMap(([e, all]): LearnerEvent[] => [...all.map(m => ({ e, m })), { e, ok: 1 }]),
    ...names.guesses.flatMap((id): LearnerEvent[] => [
      { g: id, o: 3 },
      { r: id, o: 3 },
    ]),
    ...Array.from({ length: 10 }, (_, q) => ({ q, o: 3 })),
  ]),
  name: '一二三四五六七八九十一二三四五六',
};

describe('the line of a record', () => {
  it('says what has been done: before an exercise was passed, and the first answer to a question', () => {
    const [learner] = findLines(encodeLine(record), names);
    assert.deepEqual(learner, {
      ...{ id: '00c0ffee', name: '王小明', count: 9, quiz: { 9: 3 } },
      exercises: {
        '7.1': { passed: true, tries: 3, mistakes: { sign: 2 } },
        '10.4': { passed: false, tries: 1, mistakes: { low: 1 } },
      },
      guesses: { 'first-loss': { picked: 0, right: 2 } },
    });
  });

  it('has at most 640 characters, also with everything solved and a long name', () => {
    const line = encodeLine(full);
    assert.ok(line.length <= 640, `${line.length}`);
    const [learner] = findLines(line, names) as [typeof full];
    assert.deepEqual(Object.keys(learner.exercises), Object.keys(full.exercises));
    assert.ok(Object.values(learner.exercises).every(({ passed }) => passed));
    assert.equal(learner.name, full.name);
  });

  it('keeps the three commonest mistakes of an exercise', () => {
    const [id, all] = mistakes.find(([, names]) => names.length > 3) as [string, string[]];
    const events = all.slice(0, 4).flatMap((m, i) => Array<LearnerEvent>(i + 1).fill({ e: id, m }));
    const [learner] = findLines(encodeLine(learnerOf('00c0ffee', events)), names) as [typeof full];
    const [, second, third, fourth] = all as [string, string, string, string];
    assert.deepEqual(learner.exercises[id]?.mistakes, { [second]: 2, [third]: 3, [fourth]: 4 });
  });

  it('tells all names of mistakes and guesses apart', () => {
    const events = mistakes.flatMap(([e, all]) => all.map((m): LearnerEvent => ({ e, m })));
    const all = [...events, ...names.guesses.map((g): LearnerEvent => ({ g, o: 1 }))];
    const records = all.map(event => learnerOf('00c0ffee', [event]));
    assert.deepEqual(findLines(records.map(encodeLine).join('\n'), names), records);
  });

  it('is found in whatever a chat has made of it, and in the midst of a message', () => {
    const line = encodeLine(record);
    const changed = {
      'a message': `Dear teacher, here it is: ${line}. Thanks, O’Neill`,
      'line breaks': line.replace(/.{20}/g, '$&\n'),
      'a quoted mail': line.replace(/.{30}/g, '$&\r\n> '),
      spaces: line.replace(/.{9}/g, '$& '),
      dashes: line.replace('-', '–'),
      'small letters': `Digits-${line.slice(7).toLowerCase()}`,
      'full width': line.replaceAll(':', '：'),
      'code marks': `\`${line}\``,
      'letters read aloud': line.replace(/[^:]+$/, all =>
        all.replaceAll('0', 'O').replaceAll('1', 'l'),
      ),
      'no-width spaces': line.replace(/.{12}/g, '$&\u200b'),
    };
    for (const [how, text] of Object.entries(changed)) {
      assert.deepEqual(findLines(text, names), findLines(line, names), how);
    }
    const two = `${line}\n${encodeLine(full)}`;
    assert.equal(findLines(two, names).length, 2);
  });

  it('is named where it is cut, changed, or of a newer lesson', () => {
    const line = encodeLine(record);
    for (let i = 0; i < 60; i++) {
      const index = line.length - 1 - Math.floor(Math.random() * 60);
      const letter = line[index] === 'A' ? 'B' : 'A';
      const other = line.slice(0, index) + letter + line.slice(index + 1);
      assert.deepEqual(findLines(other, names), [{ problem: 'damaged' }], other);
      assert.deepEqual(findLines(line.slice(0, index), names), [{ problem: 'cut' }]);
    }
    assert.deepEqual(findLines(line.replace(':1:', ':2:'), names), [{ problem: 'newer' }]);
    assert.deepEqual(findLines('no digits report in here: 12', names), []);
  });

  it('takes a name of 48 bytes, and says how to shorten another', () => {
    setLanguage('en');
    const name = 'x'.repeat(49);
    assert.throws(() => encodeLine({ ...record, name }), /at most 48 bytes, .* received 49 bytes/);
  });
});

describe('the log of a record', () => {
  it('keeps of damaged lines nothing, and of all others everything', () => {
    const lines = ['{"v":1,"id":"00c0ffee"}', '{"e":"7.1","m":"si', '', 'null', '[]', '{"e":7}'];
    lines.push('{"e":"__proto__","ok":1}');
    const { head, events } = readLog(
      [...lines, ...some.map(value => JSON.stringify(value))].join('\n'),
    );
    assert.deepEqual(head, { v: 1, id: '00c0ffee' });
    assert.deepEqual(events, some);
  });

  it('grows by what is new alone, however often the lesson runs', () => {
    const events: [LearnerEvent, boolean][] = [
      [{ e: '7.1', ok: 1 }, false],
      [{ g: 'first-loss', o: 0 }, true],
      [{ g: 'first-loss', o: 1 }, false],
      [{ r: 'first-loss', o: 2 }, true],
      [{ r: 'first-loss', o: 0 }, false],
      [{ q: 9, o: 1 }, true],
      [{ q: 1, o: 1 }, false],
    ];
    for (const [event, known] of events) assert.equal(isKnown(event, some), known);
  });
});
