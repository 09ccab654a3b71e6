/** What the kernel in the browser does beside running cells, of which `../cells.system.ts` sees. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { kernelFiles, type Published, WorkerPage } from './worker-page';

describe('The kernel in the browser', function () {
  this.retries(1);
  let page: Page;
  let worker: WorkerPage;
  before(async () => {
    page = await (await sharedBrowser()).newPage();
    await page.route('**/checker.js', route => route.abort());
    worker = await WorkerPage.open(page, await kernelFiles());
    const { answer } = await worker.run("import * as tslab from 'tslab';");
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
});
