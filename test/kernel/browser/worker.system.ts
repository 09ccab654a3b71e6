/** What the kernel in the browser does beside running cells. */
import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { closePages, sharedBrowser } from '../../browser';
import { kernelFiles, WorkerPage } from './worker-page';

describe('The kernel in the browser', function () {
  this.timeout(60_000);
  this.retries(1);
  let worker: WorkerPage;

  before(async () => {
    const page = await (await sharedBrowser()).newPage();
    worker = await WorkerPage.open(page, await kernelFiles());
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
  after(closePages);

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

  describe('gives an error', () => {
    const failing = async (code: string) => {
      const { answer } = await worker.run(code);
      assert.equal(answer.status, 'error', code);
      const [head = '', ...lines] = (answer.traceback as string[]).map(line =>
        stripVTControlCharacters(line),
      );
      return { name: answer.ename, message: answer.evalue, head, lines };
    };

    it('the line of its cell', async () => {
      const { head, lines } = await failing('const fine = 1;\n\nmissing(fine);');
      assert.equal(head, 'ReferenceError: missing is not defined');
      assert.match(lines[0] ?? '', /^ {4}at cell \[\d+\], line 3$/);
      assert.equal(lines[1], '      missing(fine);');
    });

    it('the lines of all cells that led to it', async () => {
      await worker.run('function inner(value: any) {\n  return value.x.y;\n}');
      const { lines } = await failing('// one\ninner({});');
      assert.deepEqual(
        lines.filter((_, i) => i % 2),
        ['      return value.x.y;', '      inner({});'],
      );
    });

    it('the line after an import of several lines, an interface and an enum', async () => {
      const code =
        'import {\n  range,\n} from "digits";\ninterface A {\n  b: 1;\n}\nenum C { D }\nnull!.x;';
      assert.match((await failing(code)).lines[0] ?? '', /line 8$/);
    });

    it('the line at which it cannot be read', async () => {
      const { name, lines } = await failing('const a = 1;\nconst b = ;');
      assert.equal(name, 'SyntaxError');
      assert.match(lines[0] ?? '', /line 2$/);
    });

    it('names as they are written, not as they are compiled', async () => {
      assert.equal(
        (await failing('const notOne: any = 1; notOne();')).message,
        'notOne is not a function',
      );
      assert.match(String((await failing('undefinedYet.x')).message), /reading 'x'/);
    });

    it('its own name and message, where a class of ours has them', async () => {
      const { name, message } = await failing(
        'await fit(tf.sequential(), tf.zeros([1]), tf.zeros([1]))',
      );
      assert.equal(name, 'NotReadyError');
      assert.match(String(message), /no layers/);
    });

    it('that names what can be imported, in the language of the lesson', async () => {
      const { name, message } = await failing("import fs from 'fs';");
      assert.equal(name, 'ImportError');
      assert.match(String(message), /'fs' cannot be imported in the browser.*digits/);
      await worker.run("setLanguage('zh')");
      assert.match(
        String((await failing("import x from './mine'")).message),
        /浏览器里不能导入 '\.\/mine'/,
      );
      await worker.run("setLanguage('en')");
    });

    it('the place at which it cannot be read, and what a Chinese sign stands for', async () => {
      const { lines } = await failing('const a = 1;\n  const b = 1；');
      assert.deepEqual(lines.slice(1), [
        '      const b = 1；',
        '                 ^',
        '    "；" is a Chinese punctuation mark; write ;',
      ]);
      assert.match((await failing('console.log（1）')).lines.at(-1) ?? '', /"（".*write \($/);
      assert.equal((await failing('const q = ;')).lines.length, 3);
    });

    it('that is printed, with the lines of cells alone', async () => {
      const { errors } = await worker.run(
        "function thrown() {\n  return new TypeError('oops');\n}\nconsole.error(thrown());",
      );
      assert.match(errors, /^TypeError: oops\n {4}at thrown \(cell \[\d+\], line 2\)\n/);
      assert.doesNotMatch(errors, /https?:|worker\.js/);
    });

    it('that nobody waited for, where it comes later', async () => {
      const { answer, errors } = await worker.run(`
        setTimeout(() => { throw new Error('timer'); }, 1);
        (async () => { await null; throw new Error('promise'); })();
        await new Promise(done => setTimeout(done, 100));
      `);
      assert.equal(answer.status, 'ok');
      const plain = stripVTControlCharacters(errors);
      assert.match(plain, /Uncaught Error: timer\n {4}at cell \[\d+\], line 2\n/);
      assert.match(plain, /Uncaught \(in promise\) Error: promise\n {4}at cell \[\d+\], line 3\n/);
      assert.doesNotMatch(plain, /https?:/);
    });
  });

  it('asks for an await where a value has not come, and shows one that has', async () => {
    const { printed } = await worker.run('new Promise(() => {})');
    assert.match(
      printed,
      /^Promise \{ <pending> \}\nThis value is not ready yet. Is an await missing\?\n$/,
    );
    assert.equal((await worker.run('Promise.resolve({ a: 1 })')).printed, 'Promise { { a: 1 } }\n');
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

  it('keeps what a cell made before it failed', async () => {
    await worker.run("const kept = 'yes'; throw new Error('no');");
    assert.equal((await worker.run('kept')).printed, "'yes'\n");
  });

  it('lets no name of a cell touch its own program', async () => {
    const code =
      'const performance = 1, crypto = 2, postMessage = 3, console2 = 4; var self = 5; let process = 6;';
    assert.equal((await worker.run(code)).answer.status, 'ok');
    assert.equal((await worker.run('performance + crypto + self')).printed, '8\n');
    assert.equal((await worker.run('tf.zeros([2]).arraySync()')).printed, '[ 0, 0 ]\n');
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
      const change = 'JSON.stringify(before) !== JSON.stringify(model.getWeights()[0].arraySync())';
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
