/** TypeScript in the browser: cells that ran before it was there, errors with hints, completion, explanations. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { closePages, sharedBrowser } from '../../browser';
import { readData } from '../../texts';
import { kernelFiles, WorkerPage } from './worker-page';

const QUESTIONS = readData<{
  checked: Record<string, string>;
  complete: { code: string; replaced: string; first: string[]; kind?: string }[];
  inspect: Record<string, string>;
  'is-complete': Record<string, string[]>;
}>('kernel/browser/questions.yml');

describe('TypeScript in the browser', function () {
  this.timeout(60_000);
  let page: Page;
  let worker: WorkerPage;
  let address: string;
  const checkers = () => page.workers().filter(each => each.url().endsWith('/checker.js'));

  before(async () => {
    address = await kernelFiles();
    page = await (await sharedBrowser()).newPage();
    await page.clock.install();
    worker = await WorkerPage.open(page, address);
    const { answer } = await worker.run(`
      import * as tf from '@tensorflow/tfjs';
      import * as digits from 'digits';
      import { nudge, setLanguage } from 'digits';
      class Dog { name = 'Rex'; bark() {} get loud() { return 1; } private hidden = 1 }
      const dog = new Dog();
      const pets = { dog, list: [dog] };
      let count: number = 1;`);
    assert.equal(answer.status, 'ok', String(answer.evalue));
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
    assert.equal(await worker.transcript('const wrong: string = 5; wrong'), '5');
    const comes = page.waitForEvent('worker');
    assert.equal(checkers().length, 0);
    await page.clock.fastForward(4_000);
    await comes;
    await worker.untilChecked();
    assert.match(await worker.transcript('wrong * 2'), /^TypeScriptError: The left-hand side/);
    assert.equal(await worker.transcript('count = 2; pets.dog.name'), "'Rex'");
  });

  for (const [code, outcome] of Object.entries(QUESTIONS.checked)) {
    it(`runs, or does not run, ${JSON.stringify(code).slice(0, 100)}`, async () => {
      assert.match(await worker.transcript(code), new RegExp(outcome));
    });
  }

  it('runs nothing of a cell with an error, and hints in the language that a cell has chosen', async () => {
    await worker.run("setLanguage('zh')");
    assert.match(
      await worker.transcript("count = 3; count = 'a'"),
      / {4}这里需要数（number），实际给的是字符串（string）/,
    );
    await worker.run("setLanguage('en')");
    assert.equal(await worker.transcript('count'), '2');
  });

  it('knows what cells have beyond the names of a worker', async () => {
    assert.equal(await worker.transcript('const asked = () => prompt("Name?", "Ada");'), '');
    assert.match(
      await worker.transcript('prompt(1)'),
      /^TypeScriptError: Argument of type 'number'/,
    );
    assert.equal(await worker.transcript('typeof Symbol.dispose'), "'symbol'");
  });

  for (const { code: marked, replaced, first, kind } of QUESTIONS.complete) {
    it(`completes ${JSON.stringify(marked)}`, async () => {
      const [code, cursor] = at(marked);
      const answer = await worker.ask('complete', code, cursor);
      assert.deepEqual(answer.matches.slice(0, first.length), first);
      assert.equal(code.slice(answer.cursor_start, answer.cursor_end), replaced);
      assert.equal(answer.metadata._jupyter_types_experimental?.[0]?.type, kind);
    });
  }

  it('explains a name, or a call, with its documentation', async () => {
    for (const [marked, said] of Object.entries(QUESTIONS.inspect)) {
      const answer = await worker.ask('inspect', ...at(marked));
      assert.match(answer.data['text/plain'] ?? '', new RegExp(said));
    }
  });

  it('tells code that is not finished from code that is wrong', async () => {
    for (const [status, codes] of Object.entries(QUESTIONS['is-complete'])) {
      for (const code of codes) {
        const answer = await worker.ask('is_complete', code);
        assert.equal(answer.status, status, code);
      }
    }
  });

  it('answers while a cell computes', async () => {
    const cell = worker.run('const end = Date.now() + 2000; while (Date.now() < end) {}');
    const answer = await worker.ask('complete', ...at('pets.'));
    const first = await Promise.race([cell, 'computes']);
    assert.deepEqual([answer.matches[0], first], ['dog', 'computes']);
    await cell;
  });

  it('is ended when nobody has asked it for a minute, and comes back with what it knew', async () => {
    const ended = new Promise(resolve => checkers()[0]?.once('close', resolve));
    await page.clock.fastForward(61_000);
    await ended;
    await worker.untilChecked();
    assert.equal(checkers().length, 1);
    assert.match(await worker.transcript('count = pets'), /^TypeScriptError: Type '\{ dog: Dog; /);
  });
});

/** Finds the cursor. */
function at(marked: string): [code: string, cursor: number] {
  const [before = '', after = ''] = marked.split('|');
  return [before + after, before.length];
}
