/** What the kernel in the browser does beside running cells, of which `../cells.system.ts` sees. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { readData } from '../../texts';
import { kernelFiles, type Outcome, type Published, WorkerPage } from './worker-page';

const { cutOff, aroundCutOff } =
  readData<Record<'cutOff' | 'aroundCutOff', string[]>>('kernel/cells.yml');
const [prepare = '', overflow = '', trains = ''] = aroundCutOff;
const { endless: ENDLESS } = readData<{ endless: string[] }>('kernel/browser/questions.yml');

describe('The kernel in the browser', function () {
  this.retries(1);
  let page: Page;
  let worker: WorkerPage;
  before(async () => {
    page = await (await sharedBrowser()).newPage();
    await page.route('**/checker.js', route => route.abort());
    worker = await WorkerPage.open(page, await kernelFiles());
    const { answer } = await worker.run(`${prepare}; import * as tslab from 'tslab';`);
    assert.equal(answer.status, 'ok', String(answer.evalue));
  });
  after(closePages);
  const printed = async (code: string) => (await worker.run(code)).printed;

  it('shows content of several types, also in place', async () => {
    const { said } = await worker.run(`
      tslab.display.html('<b>1</b>');
      tslab.display.png(Uint8Array.of(137, 80));
      const place = tslab.newDisplay();
      place.markdown('*2*');
      place.markdown('*3*');`);
    const displays = said.filter(({ type }) => type.endsWith('display_data'));
    assert.deepEqual(
      displays.map(({ type, content: { data } }) => [type, data]),
      [
        ['display_data', { 'text/html': '<b>1</b>' }],
        ['display_data', { 'image/png': 'iVA=' }],
        ['display_data', { 'text/markdown': '*2*' }],
        ['update_display_data', { 'text/markdown': '*3*' }],
      ],
    );
    const [first, second] = displays.slice(2).map(({ content }) => content.transient?.display_id);
    assert.ok(first && first === second);
  });

  it('prints ten thousand lines in their order, and a million characters at most', async () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join('');
    const print = 'for (let i = 0; i < 10_000; i++) console.log(i); console.error("red"); ';
    assert.equal(await printed(`${print} console.log("last");`), `${lines}red\nlast\n`);
    const most = await printed('for (let i = 0; i < 300_000; i++) console.log("0123456789");');
    assert.ok(most.length < 1_000_200, String(most.length));
    assert.match(most, /\n\(Too much output; the rest is not shown\.\)\n$/);
    assert.equal(await printed("console.log('again')"), 'again\n');
  });

  it('shows what a cell causes as its own while another one runs', async () => {
    const first = await worker.run(`
      let [left, begun] = [9, false];
      const say = (text: string) => { console.log(text); left--; };
      const later = () => new Promise<void>(done => {
        const timer = setInterval(() => { if (begun) done(clearInterval(timer)); }, 5);
      });
      const report = async () => { say('begins'); await later(); await later(); say('ends'); };
      later().then(() => say('promise'));
      report();
      later().then(() => queueMicrotask(() => setImmediate(() => say('nested'))));
      later().then(() => setTimeout(() => say('timer'), 20));
      later().then(() => setTimeout(() => { left--; throw new Error('thrown'); }));
      later().then(() => { left--; tslab.display.html('<b>shown</b>'); });`);
    const second = await worker.run(`
      begun = true;
      await report();
      console.log('second');
      while (left > 0) await new Promise<void>(done => setTimeout(done, 10));
      console.log('over');`);
    const shownBy = ({ id }: Outcome) =>
      [...first.said, ...second.said].flatMap(({ type, parent, content }) => {
        if (parent !== id) return [];
        if (type === 'display_data') return [content.data['text/html']];
        return type === 'stream' ? content.text.trim().split('\n') : [];
      });
    const causes = ['begins', 'ends', 'timer', 'promise', 'nested', '<b>shown</b>'];
    const words = shownBy(first).filter(text => !/^( |Uncaught)/.test(String(text)));
    assert.deepEqual(words.sort(), causes.sort());
    assert.match(shownBy(first).join(), /Error.*: thrown/);
    assert.deepEqual(shownBy(second), ['begins', 'ends', 'second', 'over']);
  });

  it('runs one cell behind the other, also while the page is busy', async () => {
    const stamp = (name: string) =>
      `await new Promise(done => setTimeout(done, 300)); const ${name} = Date.now(); console.log('${name}')`;
    const cells = ['t1', 't2', 't3'].map(name => worker.run(stamp(name)));
    await page.evaluate(() => {
      const end = Date.now() + 3000;
      while (Date.now() < end);
    });
    const outcomes = await Promise.all(cells);
    const ids = outcomes.map(({ id }) => id);
    const said: Published[] = await page.evaluate('state.said');
    const order = ['status', 'execute_input', 'stream', 'execute_reply', 'status'];
    assert.deepEqual(
      said.filter(({ parent }) => ids.includes(parent)).map(({ parent, type }) => [parent, type]),
      ids.flatMap(id => order.map(type => [id, type])),
    );
    assert.equal(await printed('t3 - t1 < 2000'), 'true\n');
  });

  it('drops the cells that wait at an error or an interrupt, and none that come later', async () => {
    const waits = (ms: number) => `await new Promise(done => setTimeout(done, ${ms}));`;
    for (const [first, after] of [[`${waits(500)} throw 1`], [waits(9000), 500]] as const) {
      const before = await worker.run('let dropped = 0');
      const codes = [first, 'dropped++', 'dropped++'];
      const outcomes = await Promise.all(
        codes.map((code, i) => worker.run(code, i ? undefined : after)),
      );
      const statuses = outcomes.map(({ answer }) => answer.status);
      assert.deepEqual(statuses, ['error', 'aborted', 'aborted']);
      const { answer, printed } = await worker.run('dropped');
      assert.equal(printed, '0\n');
      assert.equal(answer.execution_count, Number(before.answer.execution_count) + 2);
    }
  });

  it('breaks off what waits at an interrupt, and leaves nothing of it', async () => {
    const pause = (ms: number) => `await new Promise(done => setTimeout(done, ${ms}));`;
    const { answer, milliseconds } = await worker.run(
      `let ghost = 0; ${pause(500)} console.log('ghost'); ghost = 1;`,
      50,
    );
    assert.equal(answer.ename, 'Interrupt');
    assert.ok(milliseconds < 400);
    const loop = `let rounds = 0; for (;;) { ${pause(5)} rounds++; }`;
    assert.equal((await worker.run(loop, 100)).answer.ename, 'Interrupt');
    await worker.run(`${pause(50)} const then = rounds;`);
    assert.equal(await printed(`${pause(600)} [ghost, rounds === then]`), '[ 0, true ]\n');
    // Of no cell it does nothing.
    await worker.run('1', 50);
    await new Promise(done => setTimeout(done, 200));
    assert.equal(await printed(`${pause(200)} 5`), '5\n');
  });

  for (const code of ENDLESS) {
    it(`ends at an interrupt, and keeps the variables of, ${code}`, async () => {
      const { answer } = await worker.run(code, 100);
      assert.equal(answer.ename, 'Interrupt');
      assert.match(await printed('a'), /^\d+\n$/);
    });
  }

  it('leaves no call of TensorFlow.js open at an interrupt, so that models still train', async () => {
    await worker.run(prepare);
    for (const code of cutOff) {
      assert.equal((await worker.run(code, 100)).answer.ename, 'Interrupt');
    }
    assert.equal((await worker.run(overflow)).answer.ename, 'RangeError');
    assert.equal(await printed(trains), '2 0 0 0 false\n');
  });

  it('ends a training at an interrupt, with its weights, also one that no cell waits for', async () => {
    await worker.run(`${prepare}
      const weights = () => JSON.stringify(model.getWeights()[0].arraySync());
      const before = weights();`);
    const training = 'fit(model, tf.ones([20000, 300]), tf.zeros([20000, 300]), { epochs: 1000 })';
    const trained = await worker.run(`await ${training}; 0`, 1000);
    assert.equal(trained.answer.status, 'ok');
    assert.match(trained.printed, /interrupted at epoch \d+, step \d+/);
    assert.ok(trained.milliseconds < 1000, String(trained.milliseconds));
    assert.equal(await printed('before !== weights()'), 'true\n');
    const { answer } = await worker.run(`const loose = ${training}; 0`);
    await worker.interrupt();
    assert.equal(answer.status, 'ok');
    assert.match(await printed('(await loose).epoch.length < 1000'), /true\n$/);
  });
});
