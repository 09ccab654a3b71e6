import assert from 'node:assert/strict';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Images } from 'mnist-data-loader';
import { type DrawnDigit, readLine, writeLine } from '../../../lib/digits/drawn/line';
import { setLanguage, tables } from '../../../lib/digits/language';
import { drawn, drawnSet } from '../../../lib/digits/pad/drawn';
import { mnistPicture } from '../../../lib/digits/pad/mnist-picture';
import { takeDrawing } from '../../../lib/digits/record/drawing';
import { clearRecord } from '../../../lib/digits/record/record';
import { temporaryFolder } from '../../folder';
import { heard, printed } from '../../support';
import { ONE, SEVEN, strokeOf } from './hand';
import { inkOf } from './photo';

/** A digit drawn on the pad, with the network's answer. */
function digitOf(label: number, ...strokes: Parameters<typeof inkOf>) {
  const { levels, pixels } = mnistPicture(inkOf(...strokes)) ?? assert.fail();
  return { label, levels, pixels };
}

const ring = (x: number, y: number, size: number) =>
  Array.from({ length: 33 }, (_, i) => {
    const angle = (i * Math.PI) / 16;
    return [x + size * Math.cos(angle), y + size * Math.sin(angle)] as const;
  });
const seven = digitOf(7, SEVEN);
const digitOne = digitOf(1, ONE);
const eight = digitOf(8, ring(140, 90, 45), ring(140, 190, 55));
const lineOf = (digit: DrawnDigit) => writeLine({ digits: [digit] });
const setOf = (name: string, ...digits: DrawnDigit[]) => writeLine({ name, digits });
const line = lineOf(seven);

/** Returns the error. */
async function thrown(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    assert.equal((error as Error).name, 'DrawnLineError');
    return (error as Error).message;
  }
  return assert.fail();
}

/** The levels of the pad in a picture of the loader. */
const levelsOf = (x: Images): Uint8Array => Uint8Array.from(x.data, byte => byte / 17);

describe('a drawn digit as a line', () => {
  it('comes back bit for bit, whatever is drawn, with its label and the name of its writer', () => {
    const pixel = fc.oneof(fc.constant(0), fc.constant(15), fc.nat(15));
    const levels = fc.array(pixel, { minLength: 784, maxLength: 784 });
    const parts = { label: fc.nat(9), levels: levels.map(all => Uint8Array.from(all)) };
    const digit = fc.record(parts, { noNullPrototype: true });
    const name = fc.option(fc.string({ unit: 'grapheme', maxLength: 8 }), { nil: undefined });
    const comesBack = (some: DrawnDigit[], name: string | undefined) => {
      const digits = name === undefined ? some.slice(0, 1) : some;
      const set = readLine(writeLine({ digits, name }));
      assert.deepEqual(set, { digits, name: name?.trim() });
    };
    const some = fc.array(digit, { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(some, name, comesBack), { numRuns: 30 });
  });

  it('is short: a pad’s digits take 200 characters with the call, a writer’s ten at most 2000', () => {
    for (const digit of [seven, digitOne, eight]) assert.ok(lineOf(digit).length <= 184);
    const ten = Array.from({ length: 10 }, (_, label) => ({ ...eight, label }));
    assert.ok(setOf('Ada', ...ten).length < 2000);
  });
});

describe('drawn', () => {
  afterEach(() => setLanguage('en'));

  it('gives picture and label as the loader does, and says whose digit it is', async () => {
    const [[x, y], said] = await heard(() => drawn(line));
    assert.deepEqual([x.dtype, x.shape, y.dtype, y.shape], ['uint8', [1, 28, 28], 'uint8', [1]]);
    assert.deepEqual([levelsOf(x), [...y.data]], [seven.levels, [7]]);
    assert.deepEqual(
      Float32Array.from(x.data, byte => byte / 255),
      seven.pixels,
    );
    assert.equal(said, 'Your digit, a 7.');
    assert.equal(await printed(() => drawn(lineOf(eight))), 'Your digit, an 8.');
    setLanguage('zh');
    assert.equal(await printed(() => drawn(line)), '你写的数字：7。');
  });

  it('gives a 4 of our own hand where nothing is given, and says so', async () => {
    const stroke = strokeOf('92,48 86,84 78,118 72,148 98,152 132,148 168,142 206,138');
    const four = digitOf(4, stroke, strokeOf('172,56 168,104 162,152 157,198 150,244'));
    for (const input of ['', ' \n', undefined]) {
      const [[x, y], said] = await heard(() => drawn(input));
      assert.deepEqual([levelsOf(x), [...y.data]], [four.levels, [4]]);
      assert.match(
        said,
        /^There is no digit of yours yet, so a 4 .* run this cell again\. If your digit still/,
      );
    }
  });

  it('takes a line with the call, quotes, spaces or line breaks around or within it', () => {
    const [half, rest] = [line.slice(0, 40), line.slice(40)];
    for (const input of [
      `const [myImage, myLabel] = digits.drawn("${line}");`,
      `  ‘${line}’ `,
      `\n${half}\r\n  ${rest}\n`,
      `"${line}" // mine`,
    ]) {
      assert.deepEqual(readLine(input), readLine(line), input);
    }
  });

  it('says what is wrong with a line, such as that any one letter of it was changed', async () => {
    for (const language of ['en', 'zh'] as const) {
      setLanguage(language);
      const texts = tables[language].drawn;
      const faults: [given: unknown, message: string][] = [
        [line.slice(0, -9), texts.cut(line.length, line.length - 9)],
        ['d1.', texts.cut(12, 3)],
        [line.replace('d1', 'd2'), texts.version(2)],
        [setOf('Ada', digitOne), texts.isSet],
        ['my digit is a seven', texts.other('‘my digit is a seven’')],
        [7, texts.other('number')],
        [null, texts.other('null')],
      ];
      for (let index = 12; index < line.length; index++) {
        const letter = line[index] === 'A' ? 'B' : 'A';
        faults.push([line.slice(0, index) + letter + line.slice(index + 1), texts.changed]);
      }
      for (const [given, message] of faults) {
        const errorText = await thrown(() => drawn(given as string));
        assert.equal(errorText, message, `${given}`);
      }
    }
  });
});

/** Not by the kernel's symbol: another copy of digits in this process would receive the note. */
const receive = (note: object): unknown => takeDrawing(note);

describe('drawn, without a line', () => {
  const start = Date.now() - 60_000;
  const setting = process.env.DIGITS_RECORD;
  const folder = temporaryFolder();
  const home = process.cwd();
  before(() => {
    process.env.DIGITS_RECORD = '';
    process.chdir(folder);
  });
  afterEach(() => clearRecord());
  after(() => {
    process.env.DIGITS_RECORD = setting;
    process.chdir(home);
  });
  const file = join(folder, 'digits-drawing.json');
  const output = () => printed(() => drawn());
  const [ours, restored] = [tables.en.drawn.yours, tables.en.drawn.restored];
  const specimen = tables.en.drawn.specimen(4);

  it('returns the digit of the page’s last note, bit for bit, also of one that is under way', async () => {
    receive({ d: lineOf(digitOne), at: Date.now() });
    setTimeout(() => receive({ d: line, at: Date.now() + 1 }));
    const [[x, y], words] = await heard(() => drawn());
    assert.deepEqual([levelsOf(x), [...y.data], words], [seven.levels, [7], ours(7)]);
  });

  it('does not return to an older digit, which another tab or a pad that starts again sends', async () => {
    receive({ d: line, at: start + 2 });
    assert.equal(await output(), specimen); // drawn before the record was cleared
    receive({ d: line, at: Date.now() });
    receive({ d: lineOf(digitOne), at: start + 1 });
    assert.equal(await output(), ours(7));
  });

  it('takes a newer digit of another kernel, and says that it is from before', async () => {
    receive({ d: line, at: Date.now() });
    assert.equal(await output(), ours(7));
    writeFileSync(file, JSON.stringify({ d: lineOf(digitOne), at: Date.now() + 1000 }));
    assert.equal(await output(), restored(1));
  });

  it('forgets a digit that was cleared, and one without a label until it has one', async () => {
    receive({ d: line, at: Date.now() });
    const time = Date.now() + 1;
    while (Date.now() < time + 1);
    receive({ d: '', at: time });
    assert.equal(await output(), specimen);
    receive({ d: lineOf(eight), at: time });
    receive({ d: '', at: time });
    assert.equal(await output(), ours(8));
    // The message of a pad without a label to a new kernel.
    await clearRecord();
    const again = Date.now() + 1;
    while (Date.now() < again);
    writeFileSync(file, JSON.stringify({ d: line, at: again }));
    receive({ d: '', at: again });
    assert.equal(await output(), restored(7));
  });

  it('lasts as long as the kernel where the record is off, or cannot be written', async () => {
    process.env.DIGITS_RECORD = 'off';
    receive({ d: line, at: Date.now() });
    assert.equal(await output(), ours(7));
    assert.equal(existsSync(file), false);
    process.env.DIGITS_RECORD = '';
    mkdirSync(file);
    receive({ d: lineOf(digitOne), at: Date.now() + 1 });
    assert.equal(await output(), ours(1));
    rmSync(file, { recursive: true });
  });

  it('takes no note or file that is damaged or of another version', async () => {
    const bad = [
      line.slice(0, -1),
      line.replace('d1', 'd2'),
      setOf('Ada', digitOne),
      7,
      'x'.repeat(5000),
    ];
    for (const d of bad) receive({ d, at: Date.now() });
    receive({ d: line, at: 'now' });
    assert.equal(await output(), specimen);
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify({ d: 'd2.', at: Date.now() + 1000 }),
    ]) {
      writeFileSync(file, text);
      assert.equal(await output(), specimen, text);
    }
  });

  it('is not kept out by a note of a browser whose clock is ahead', async () => {
    receive({ d: line, at: Date.now() + 1e9 });
    await output();
    receive({ d: lineOf(digitOne), at: Date.now() });
    assert.equal(await output(), ours(1));
  });
});

describe('drawnSet', () => {
  it('joins the lines of a class, in any order and form, and names each digit’s writer', async () => {
    const chinese = setOf('小明', seven, eight);
    const text = `
      digits.drawn('${lineOf(digitOne)}')

      ${setOf('“Ada” <b>😀', digitOne, seven)}
      > ${chinese.slice(0, 60)}
      > ${chinese.slice(60)}
      Bob: ${setOf('Bob', eight)} Eve: ${setOf('Eve', digitOne)}`;
    const [[x, y, writers], said] = await heard(() => drawnSet(text));
    assert.equal(said, '5 lines: 7 digits by 5 writers.');
    assert.deepEqual([x.shape, ...y.data], [[7, 28, 28], 1, 1, 7, 7, 8, 8, 1]);
    const [ada, ming] = ['“Ada” <b>😀', '小明'];
    assert.deepEqual(writers, ['No name', ada, ada, ming, ming, 'Bob', 'Eve']);
    assert.deepEqual(levelsOf(x.slice(3, 1)), seven.levels);
  });

  it('leaves broken lines of thirty out, and says which and why; the others are all there', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => setOf(`writer ${i}`, digitOne, seven));
    const line = lines[6] ?? '';
    const { cut, version, other } = tables.en.drawn;
    const broken = [
      [line.slice(0, 50), cut(line.length, 50)],
      [`${line.slice(0, -1)}é`, cut(line.length, line.length - 1)],
      [line.replace('s1.', 's3.'), version(3)],
      ['hello', other('‘hello’')],
    ] as const;
    lines.splice(6, 1, ...broken.map(([line]) => line));
    const [[x, , writers], said] = await heard(() => drawnSet(lines.join('\n')));
    assert.deepEqual([x.shape[0], new Set(writers).size], [58, 29]);
    assert.ok(!writers.includes('writer 6'));
    const [first, ...rest] = said.split('\n');
    assert.equal(first, '33 lines: 58 digits by 29 writers.');
    for (const [i, [, why]] of broken.entries()) {
      assert.match(rest[i] ?? '', RegExp(`^Line ${7 + i}, .* was left out\\. `));
      assert.ok(rest[i]?.endsWith(why), rest[i]);
    }
  });

  it('counts a line that comes twice once, and tells writers of one name apart', async () => {
    const [mine, other] = [setOf('Ada', digitOne), setOf('Ada', seven)];
    const [[, , writers], said] = await heard(() => drawnSet([mine, other, mine].join('\n')));
    assert.deepEqual(writers, ['Ada', 'Ada (2)']);
    assert.deepEqual(said.split('\n'), [
      '3 lines: 2 digits by 2 writers.',
      'Line 2: Ada has come before, so this writer is called Ada (2).',
      'Line 3 is the same as line 1 and counts only once.',
    ]);
  });

  it('says how it is done where nothing is pasted, and why where nothing can be read', async () => {
    for (const input of ['', ' \n\n', undefined]) {
      const [[x, y, writers], said] = await heard(() => drawnSet(input));
      assert.deepEqual([x.shape, [...y.data], writers], [[1, 28, 28], [4], ['The lesson']]);
      assert.match(said, /digits\.digitPad\('set'\), write the digits 0 to 9 and press Copy/);
    }
    const message = await thrown(() => drawnSet('hello\nworld'));
    assert.match(message, /^Expected at least one line .* received 2 of which none can/);
    assert.match(message, /\nLine 2, world, was left out\. Expected a line of the pad/);
    const errorText = await thrown(() => drawnSet([] as never));
    assert.match(errorText, /received Array\. Draw a digit/);
  });
});
