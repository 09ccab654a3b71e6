/** The kernel in the browser: cells as on the installed kernel, errors, and what it does beside. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../../lib/kernel/worker-messages';
import { projectRoot } from '../../../lib/tools/project/paths';
import { closePages, sharedBrowser } from '../../browser';
import type { Result } from '../client';
import { Kernel } from '../kernel';
import { cells, DIFFERENCES, type Differing } from './cells';
import { errorCells, kernelFiles, type Outcome, WorkerPage } from './worker-page';

const sourceOf = (cell: string | Differing) => (typeof cell === 'string' ? cell : cell.code);

const asText = (answer: Answer, printed: string): string =>
  (answer.status === 'ok' ? printed : `${answer.ename}: ${answer.evalue}`).trimEnd();

describe('Cells in the browser and on the installed kernel', () => {
  const installed: Result[] = [];
  const inBrowser: Outcome[] = [];

  before(async function () {
    this.timeout(240_000);
    const page = await (await sharedBrowser()).newPage();
    const worker = await WorkerPage.open(page, await kernelFiles());
    const { kernel, client } = await Kernel.start();
    for (const cell of cells) {
      installed.push(await client.result(sourceOf(cell)));
      inBrowser.push(await worker.run(sourceOf(cell)));
    }
    await kernel.stop();
  });
  after(closePages);

  const inBrowserAs = (i: number) => {
    const { answer, printed } = inBrowser[i] as Outcome;
    return asText(answer, printed);
  };
  const installedAs = (i: number) => {
    const { reply, printed } = installed[i] as Result;
    return asText(reply, printed);
  };

  for (const [i, cell] of cells.entries()) {
    const title = sourceOf(cell).replace(/\s+/g, ' ').slice(0, 100);
    if (typeof cell === 'string') {
      it(`prints the same: ${title}`, () => {
        assert.equal(inBrowserAs(i), installedAs(i));
        assert.deepEqual(inBrowser[i]?.answer.traceback, installed[i]?.reply.traceback);
      });
    } else {
      it(`differs by ${DIFFERENCES[cell.by]}: ${title}`, () => {
        assert.equal(inBrowserAs(i), cell.browser);
        assert.equal(installedAs(i), cell.installed);
      });
    }
  }

  it('differ by nothing that the table of the README does not name', async () => {
    const readme = await readFile(join(projectRoot, 'lib', 'kernel', 'README.md'), 'utf8');
    const [, table = ''] = readme.split('## Where the kernels differ');
    const named = Array.from(table.matchAll(/^\| ([^|]+) \|/gm), ([, name = '']) => name).slice(1);
    assert.deepEqual(named, Object.values(DIFFERENCES));
    const used = new Set(cells.flatMap(cell => (typeof cell === 'string' ? [] : [cell.by])));
    assert.deepEqual([...used].sort(), Object.keys(DIFFERENCES).sort());
  });
});

describe('The kernel in the browser', function () {
  this.timeout(60_000);
  this.retries(1);
  let worker: WorkerPage;
  before(async () => {
    worker = await WorkerPage.open(await (await sharedBrowser()).newPage(), await kernelFiles());
  });
  after(closePages);

  describe('shows, of a cell that fails,', () => {
    for (const [code, outcome] of errorCells) {
      it(JSON.stringify(code).slice(0, 100), async () => {
        assert.equal(await worker.transcript(code), outcome);
      });
    }
  });

  describe('beside cells', () => {
    before(async () => {
      const { answer } = await worker.run(`
      import * as tf from '@tensorflow/tfjs';
      import { display, fit, setLanguage, useDevice } from 'digits';
      import * as tslab from 'tslab';
      await useDevice();
      class Dog { name = 'Rex'; bark() {} get loud() { throw new Error('read'); } _hidden = 1 }
      const dog = new Dog();
      const pets = { dog, list: [dog] };
      let undefinedYet;
    `);
      assert.equal(answer.status, 'ok', String(answer.evalue));
    });

    const complete = async (code: string, cursor = code.length) => {
      const { answer } = await worker.ask({ type: 'complete', code, cursor });
      const { matches, cursor_start, cursor_end } = answer as Record<string, never>;
      return {
        matches: matches as unknown as string[],
        replaced: code.slice(cursor_start, cursor_end),
      };
    };

    describe('completes', () => {
      const first = async (code: string, cursor?: number) => (await complete(code, cursor)).matches;
      const cases: [code: string, matches: string[], cursor?: number][] = [
        ['pe', ['performance', 'pets']],
        ['dog.b', ['bark']],
        ['pets.dog.n', ['name']],
        ['pets.list[0].na', ['name']],
        ['pets?.dog?.ba', ['bark']],
        ['tf.layers.den', ['dense']],
        ['tslab.display.ht', ['html']],
        ['dog.b + 1', ['bark'], 5],
        ["import { setL } from 'digits'", ['setLanguage'], 13],
        ["import mnist from 'mnist", ['mnist-data-loader']],
        ['awa', ['await']],
        ['nothing.here.at.', []],
        ['undefinedYet.', []],
        ['12', []],
      ];
      for (const [code, matches, cursor] of cases) {
        it(`${JSON.stringify(code)}`, async () =>
          assert.deepEqual(await first(code, cursor), matches));
      }

      it('replaces what was begun, and no more', async () => {
        assert.equal((await complete('pets.dog.na')).replaced, 'na');
        assert.equal((await complete('const x = do', 12)).replaced, 'do');
      });

      it('calls no getter, and has what is hidden last', async () => {
        const { matches } = await complete('dog.');
        assert.deepEqual(matches, ['bark', 'loud', 'name', '_hidden']);
        assert.deepEqual((await complete('dog.loud.')).matches, []);
      });
    });

    it('explains the name at the cursor', async () => {
      const ask = async (code: string, cursor: number) =>
        (await worker.ask({ type: 'inspect', code, cursor })).answer;
      const found = (await ask('pets.dog', 6)) as { data: Record<string, string> };
      assert.match(found.data['text/plain'] ?? '', /^pets\.dog: Dog \{ name: 'Rex'/);
      const saidOf = async (code: string) => {
        const { data } = (await ask(code, code.length)) as { data: Record<string, string> };
        return data['text/plain'] ?? '';
      };
      assert.match(
        await saidOf('fit'),
        /^fit\(model: LayersModel,[\s\S]*\n\nTrains a compiled model/,
      );
      assert.match(
        await saidOf('tf.layers.dense'),
        /^dense\(args: DenseLayerArgs\): Dense\n\nCreates/,
      );
      await worker.run('const train = fit;');
      assert.match(await saidOf('train'), /Trains a compiled model/);
      assert.equal((await ask('nothing', 3)).found, false);
      assert.equal((await ask('1 + 1', 2)).found, false);
    });

    it('tells code that is not finished from code that is wrong', async () => {
      const statusOf = async (code: string) =>
        (await worker.ask({ type: 'is-complete', code })).answer.status;
      for (const code of ['const a = {', '`open', 'f(', '/* open', 'if (true) {', '1 +']) {
        assert.equal(await statusOf(code), 'incomplete', code);
      }
      for (const code of ['const q = ;', '"open', 'return 1', ')']) {
        assert.equal(await statusOf(code), 'invalid', code);
      }
      for (const code of ['', 'const fresh = 1', 'dog.bark()']) {
        assert.equal(await statusOf(code), 'complete', code);
      }
    });

    it('shows content of several types, also in place', async () => {
      const { displays } = await worker.run(`
      tslab.display.html('<b>1</b>');
      tslab.display.png(Uint8Array.of(137, 80));
      const place = tslab.newDisplay();
      place.markdown('*2*');
      place.markdown('*3*');
    `);
      const data = displays.map(({ content }) => content.data);
      assert.deepEqual(data, [
        { 'text/html': '<b>1</b>' },
        { 'image/png': 'iVA=' },
        { 'text/markdown': '*2*' },
        { 'text/markdown': '*3*' },
      ]);
      const [first, second] = displays.slice(2);
      assert.ok(second?.update && !first?.update);
      const { transient } = second?.content ?? {};
      assert.ok(transient && transient.display_id === first?.content.transient?.display_id);
    });

    it('asks for an await where a value has not come, and shows one that has', async () => {
      const { printed } = await worker.run('new Promise(() => {})');
      assert.match(
        printed,
        /^Promise \{ <pending> \}\nThis value is not ready yet. Is an await missing\?\n$/,
      );
      assert.equal(
        (await worker.run('Promise.resolve({ a: 1 })')).printed,
        'Promise { { a: 1 } }\n',
      );
    });

    it('prints ten thousand lines in their order, between displays and errors', async () => {
      const { printed } = await worker.run(`
      for (let i = 0; i < 10_000; i++) console.log(i);
      console.error('red');
      console.log('last');`);
      assert.equal(
        printed,
        `${Array.from({ length: 10_000 }, (_, i) => `${i}\n`).join('')}red\nlast\n`,
      );
    });

    it('prints a million characters of a cell, and says that there is more', async () => {
      const { printed } = await worker.run(
        "for (let i = 0; i < 300_000; i++) console.log('0123456789');",
      );
      assert.ok(printed.length < 1_000_200, String(printed.length));
      assert.match(printed, /\n\(Too much output; the rest is not shown\.\)\n$/);
      assert.equal((await worker.run("console.log('again')")).printed, 'again\n');
    });

    describe('at an interrupt', () => {
      it('breaks off what waits', async () => {
        const { answer, milliseconds } = await worker.run(
          'await new Promise(done => setTimeout(done, 20_000))',
          100,
        );
        assert.equal(answer.ename, 'Interrupt');
        assert.ok(milliseconds < 1000);
      });

      it('ends a loop at its next await', async () => {
        const code = `
        let rounds = 0;
        for (;;) { await new Promise(done => setTimeout(done, 5)); rounds++; }`;
        assert.equal((await worker.run(code, 100)).answer.ename, 'Interrupt');
        await worker.run('await new Promise(done => setTimeout(done, 50)); const then = rounds;');
        await worker.run('await new Promise(done => setTimeout(done, 100));');
        assert.equal((await worker.run('rounds === then')).printed, 'true\n');
      });

      it('leaves nothing for the next cell of one that waits', async () => {
        await worker.run(
          "let ghost = 0; await new Promise(done => setTimeout(done, 300)); console.log('ghost'); ghost = 1;",
          50,
        );
        const { printed } = await worker.run(
          'await new Promise(done => setTimeout(done, 500)); ghost',
        );
        assert.equal(printed, '0\n');
      });

      it('ends a training that no cell waits for', async () => {
        await worker.run(`
        const loose = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784], activation: 'softmax' })] });
        loose.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });`);
        const { answer } = await worker.run(
          'const training = fit(loose, tf.ones([20000, 784]), tf.zeros([20000]), { epochs: 1000 }); 0',
          300,
        );
        assert.equal(answer.status, 'ok');
        assert.match((await worker.run('(await training).epoch.length < 1000')).printed, /true\n$/);
      });

      it('ends fit within a second, with the weights so far', async () => {
        await worker.run(`
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784], activation: 'softmax' })] });
        model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
        const before = model.getWeights()[0].arraySync();
      `);
        const { answer, printed, milliseconds } = await worker.run(
          'await fit(model, tf.ones([20000, 784]), tf.zeros([20000]), { epochs: 1000 }); 0',
          1000,
        );
        assert.equal(answer.status, 'ok');
        assert.match(printed, /interrupted at epoch \d+, step \d+/);
        assert.ok(milliseconds < 1000, String(milliseconds));
        const change =
          'JSON.stringify(before) !== JSON.stringify(model.getWeights()[0].arraySync())';
        assert.equal((await worker.run(change)).printed, 'true\n');
      });

      it('does nothing where no cell runs', async () => {
        await worker.run('1', 50);
        await new Promise(done => setTimeout(done, 200));
        assert.equal(
          (await worker.run('await new Promise(done => setTimeout(done, 200)); 5')).printed,
          '5\n',
        );
      });
    });
  });
});
