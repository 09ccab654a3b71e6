/** The record on the real kernel: durability, concurrent writers, and errors. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../../lib/class/report/catalogue';
import { learnerOf, readLog } from '../../../lib/digits/record/learner';
import { findLines } from '../../../lib/digits/record/line';
import type { Content } from '../../kernel/client';
import { Kernel, newFolder } from '../../kernel/kernel';

const PREPARE = "import { check, clearRecord, report, reveal, setLanguage } from 'digits';";
const WRONG = "await check('6.1', (inputs: number, units: number) => inputs * units);";
const RIGHT = "await check('6.1', (inputs: number, units: number) => inputs * units + units);";

const textIn = ({ data }: Content) => (data as Record<string, string>)?.['text/plain'] ?? '';

describe('the record of a learner', function () {
  this.timeout(120_000);
  this.retries(1);
  let folder: string;
  let file: string;
  before(async () => {
    process.env.DIGITS_RECORD = '';
    folder = await newFolder();
    file = join(folder, 'digits-record.jsonl');
  });
  after(() => {
    process.env.DIGITS_RECORD = 'off';
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => rmSync(file, { recursive: true, force: true }));

  /** Runs cells on a new kernel, and returns the output of each cell. */
  async function outputsOf(...cells: string[]): Promise<string[]> {
    const { kernel, client } = await Kernel.start({ folder: await newFolder() });
    try {
      const enter = `process.chdir(${JSON.stringify(folder)});`;
      await client.result(PREPARE + enter);
      const texts: string[] = [];
      for (const cell of cells) {
        const { published } = await client.result(cell);
        texts.push(published.map(({ content }) => textIn(content)).join('\n'));
      }
      return texts;
    } finally {
      await kernel.stop();
    }
  }
  const recorded = () => {
    const { head, events } = readLog(readFileSync(file, 'utf8'));
    return learnerOf(head?.id ?? '', events);
  };

  it('goes on in the next kernel with its tries and hints, says so once, and is cleared by a call', async () => {
    const [first = ''] = await outputsOf(WRONG, RIGHT);
    doesNotMatch(first, /Your record goes on/);
    deepEqual(recorded().exercises, {
      '6.1': { passed: true, tries: 1, mistakes: { noBiases: 1 } },
    });
    const idBefore = recorded().id;
    const [, again = '', more = '', line = '', , cleared = ''] = await outputsOf(
      "reveal('division');",
      WRONG,
      WRONG,
      "await report('Ann');",
      'await clearRecord();',
      WRONG,
    );
    match(again, /Your record goes on, with 1 exercise passed: .*digits-record\.jsonl/);
    match(more, /Hint: inputs \* units are the weights/);
    doesNotMatch(more, /Your record goes on/);
    const [learner] = findLines(line, catalogue().names);
    const exercises = { '6.1': { passed: true, tries: 1, mistakes: { noBiases: 1 } } };
    const guesses = { division: { right: 1 } };
    deepEqual(learner, { id: idBefore, name: 'Ann', count: 5, exercises, guesses, quiz: {} });
    match(cleared, /Hint: How many weights/);
    equal(recorded().count, 1);
    equal(recorded().id === idBefore, false);
  });

  it('holds what two kernels write at once, below half a line', async () => {
    writeFileSync(file, '{"v":1,"id":"00c0');
    const many = `for (let i = 0; i < 50; i++) ${WRONG}`;
    await Promise.all([outputsOf(many), outputsOf(many)]);
    equal(recorded().exercises['6.1']?.tries, 100);
    match(recorded().id, /^[0-9a-f]{8}$/);
  });

  it('stays beside the notebook, as a saved model does, when the folder is renamed', async function () {
    // Windows renames no working folder.
    if (process.platform === 'win32') return this.skip();
    const names = JSON.stringify([folder, await newFolder()]);
    const rename = `import { renameSync } from 'node:fs'; const [here, there] = ${names} as const;`;
    const save =
      "await saveModel(tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] }), 'net');";
    const imports = "import * as tf from '@tensorflow/tfjs'; import { saveModel } from 'digits';";
    await outputsOf(
      ...[WRONG, `${rename} renameSync(here, there);`, WRONG, imports, save],
      'renameSync(there, here);',
    );
    equal(recorded().exercises['6.1']?.tries, 2);
    ok(existsSync(join(folder, 'net', 'model.json')));
  });

  it('says why it is not kept, in a sentence, and the exercises go on', async () => {
    mkdirSync(file);
    const [folder = '', second = ''] = await outputsOf(WRONG, WRONG);
    match(folder, /cannot be kept in digits-record\.jsonl beside this notebook \(.*EISDIR/);
    match(second, /Hint: inputs \* units are the weights/);
    doesNotMatch(second, /cannot be kept/);
  });

  it('leaves the one of a newer lesson as it is, and says so', async () => {
    const newer = '{"v":2,"id":"00c0ffee"}\n{"z":1}\n';
    writeFileSync(file, newer);
    const [zh = ''] = await outputsOf(`setLanguage('zh'); ${WRONG}`);
    match(zh, /来自更新版本的课程/);
    equal(readFileSync(file, 'utf8'), newer);
  });

  it('holds what was clicked in the page, also before the lesson was there', async () => {
    const { kernel, client } = await Kernel.start({ folder });
    try {
      await client.ask('note_request', { g: 'division', o: 1 });
      await client.printed(PREPARE);
      await client.ask('note_request', { q: 3, o: 2 });
      await client.printed(WRONG);
      deepEqual(recorded().guesses, { division: { picked: 1 } });
      deepEqual(recorded().quiz, { 3: 2 });
    } finally {
      await kernel.stop();
    }
    equal(existsSync(folder), false);
  });
});
