/** TypeScript in the browser: size, loading and unloading, cells before loading, errors with hints. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { readData } from '../../texts';
import { kernelFiles, PageClient } from './page-client';

const CELLS = readData<Record<string, string>>('kernel/browser/checked.yml');

describe('TypeScript in the browser', function () {
  this.timeout(60_000);
  this.retries(1);
  let page: Page;
  let client: PageClient;
  let address: string;
  /** Runs a cell, and returns the output without cell numbers. */
  const transcript = async (code: string) => {
    const { reply, printed } = await client.result(code);
    return printed
      .trimEnd()
      .replaceAll(`cell [${reply.execution_count}]`, 'cell [here]')
      .replaceAll(/cell \[\d+\]/g, 'cell [above]');
  };
  const checkers = () => page.workers().filter(worker => worker.url().endsWith('/checker.js'));

  before(async () => {
    address = await kernelFiles();
    page = await (await sharedBrowser()).newPage();
    await page.clock.install();
    client = await PageClient.open(page, address);
    const { reply, printed } = await client.result(`
      import * as tf from '@tensorflow/tfjs';
      import * as digits from 'digits';
      import { nudge, setLanguage } from 'digits';
      class Dog { name = 'Rex'; bark() {} get loud() { return 1; } private hidden = 1 }
      const dog = new Dog();
      const pets = { dog, list: [dog] };
      let count: number = 1;`);
    assert.equal(reply.status, 'ok', printed);
  });
  after(closePages);

  it('takes at most 1.5 MB of the network', async () => {
    const sizes = ['checker.js', 'types.json'].map(async name => {
      const response = await fetch(new URL(name, address));
      return gzipSync(Buffer.from(await response.arrayBuffer())).length;
    });
    const [script = 0, types = 0] = await Promise.all(sizes);
    assert.ok(script > 0 && types > 0 && script + types < 1.5e6, `${script} + ${types}`);
  });

  it('checks nothing before it is there, comes while nothing computes, and knows what ran', async () => {
    assert.equal(await transcript('const wrong: string = 5; wrong'), '5');
    const comes = page.waitForEvent('worker');
    assert.equal(checkers().length, 0);
    await page.clock.fastForward(4_000);
    await comes;
    await client.untilChecked();
    assert.match(await transcript('wrong * 2'), /^TypeScriptError: The left-hand side/);
    assert.equal(await transcript('count = 2; pets.dog.name'), "'Rex'");
  });

  for (const [code, outcome] of Object.entries(CELLS)) {
    it(`runs, or does not run, ${JSON.stringify(code).slice(0, 100)}`, async () => {
      assert.match(await transcript(code), new RegExp(outcome));
    });
  }

  it('runs nothing of a cell with an error, and hints in the language that a cell has chosen', async () => {
    await client.result("setLanguage('zh')");
    assert.match(
      await transcript("count = 3; count = 'a'"),
      / {4}这里需要数（number），实际给的是字符串（string）/,
    );
    await client.result("setLanguage('en')");
    assert.equal(await transcript('count'), '2');
  });

  it('knows what cells have beyond the names of a worker', async () => {
    assert.equal(await transcript('const ask = () => prompt("Name?", "Ada");'), '');
    assert.match(await transcript('prompt(1)'), /^TypeScriptError: Argument of type 'number'/);
    assert.equal(await transcript('typeof Symbol.dispose'), "'symbol'");
  });

  it('is ended when nobody has asked it for a minute, and comes back with what it knew', async () => {
    const ended = new Promise(resolve => checkers()[0]?.once('close', resolve));
    await page.clock.fastForward(61_000);
    await ended;
    await client.untilChecked();
    assert.equal(checkers().length, 1);
    assert.match(await transcript('count = pets'), /^TypeScriptError: Type '\{ dog: Dog; /);
  });
});
