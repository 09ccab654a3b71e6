/** Tests of the browser's kernel alone: ■ during a blocking computation, cells while the page is busy. */
import { deepEqual, equal, match } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { page as en } from '../../../lib/kernel/messages/en';
import { closePages, sharedBrowser } from '../../browser';
import { kernelFiles, PageClient } from './page-client';

describe('The kernel in the browser', function () {
  this.retries(1);
  let page: Page;
  let client: PageClient;
  before(async () => {
    page = await (await sharedBrowser()).newPage();
    await page.route('**/checker.js', route => route.abort());
    client = await PageClient.open(page, await kernelFiles());
  });
  after(closePages);

  it('runs one cell behind the other, also while the page is busy', async () => {
    const stamp = (name: string) =>
      `await new Promise(done => setTimeout(done, 300)); const ${name} = Date.now(); console.log('${name}')`;
    const cells = ['t1', 't2', 't3'].map(name => client.run(stamp(name)));
    await page.evaluate(() => {
      const end = Date.now() + 3000;
      while (Date.now() < end);
    });
    await Promise.all(cells.map(({ idle }) => idle));
    const order = ['status', 'execute_input', 'stream', 'status'];
    deepEqual(
      client.published.map(({ parent, type }) => [parent, type]),
      cells.flatMap(({ id }) => order.map(type => [id, type])),
    );
    deepEqual(await client.printed('t3 - t1 < 2000'), ['true\n']);
  });

  it('ends what hears nothing with its worker at ■, says what is lost, and runs again', async () => {
    await client.result(
      'const lost = 1; const spin = (n: number): number => n && spin(n - 1) + spin(n - 1);',
    );
    const cell = client.run("console.log('begun'); spin(60)");
    await cell.printed('begun');
    await client.interrupt();
    const { ename, evalue } = await cell.reply;
    deepEqual([ename, evalue], ['Interrupt', en.restarted]);
    match((await client.result('lost')).printed, /^ReferenceError: lost is not defined/);
    equal((await client.result('1 + 1')).printed, '2\n');
  });
});
