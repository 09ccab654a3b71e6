/**
 * The lesson's calls in a page that provides only the packages' files: the same numbers as in Node,
 * and words for each figure. The tests of the site run the bundles in a worker.
 */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { pngAddress } from '../../lib/digits/figures/png';
import { closePages } from '../browser';
import { readText } from '../texts';
import { bundled, hosted, open, serve } from './support';

/** The entry points of the pages. `png` is no export of the package; `tf` is the package's TensorFlow.js. */
const ENTRY = `
  export * from 'digits';
  export * as tf from '@tensorflow/tfjs';
  export { pngAddress } from './lib/digits/figures/png';
`;

const LESSON = readText('test/bundles/lesson.js').trim().replace(/;$/, '');

/** Returns the result with numbers of five digits. */
const rounded = (returned: unknown) =>
  JSON.parse(
    JSON.stringify(returned, (_, value) =>
      typeof value === 'number' ? Number(value.toPrecision(5)) : value,
    ),
  );

const UNTRAINED = `
  const model = lib.tf.sequential({ layers: [lib.tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ loss: 'meanSquaredError', optimizer: 'sgd' });
  await model.fit(lib.tf.zeros([1, 1]), lib.tf.zeros([1, 1]));`;

describe('the lesson in a browser’s page', () => {
  const logged: string[] = [];
  const host = hosted('page', ENTRY, { minify: true, keepNames: true });
  const { run } = host;
  before(() => void host.page.on('console', message => logged.push(message.text())));
  beforeEach(() => void logged.splice(0));

  const thrown = (code: string) =>
    run<string>(`try { ${code} } catch (error) { return error.name + ': ' + error.message; }`);

  it('says where the engine’s files belong, and starts by tf.ready() once they are there', async () => {
    const { files } = host.site;
    const engine = [...files].filter(([path]) => path.startsWith('wasm/'));
    for (const [path] of engine) files.delete(path);
    assert.match(await thrown(UNTRAINED), /^NotReadyError: .*await tf\.ready\(\)/);
    const message = await thrown('await lib.useDevice()');
    assert.match(message, /did not start\. Its files should be under http:\/\/127.*\/wasm\/\./);
    assert.match(await thrown(UNTRAINED), /^NotReadyError: .*await tf\.ready\(\)/);
    for (const [path, content] of engine) files.set(path, content);
    assert.equal(await run('await lib.tf.ready(); return lib.tf.getBackend()'), 'wasm');
    assert.equal(await run('return (await lib.useDevice()).kind'), 'wasm');
  });

  it('starts WebAssembly, whatever is asked for, and says why', async () => {
    const described = (request: string) =>
      run<string>(
        `return (await lib.useDevice(${request}))[Symbol.for('nodejs.util.inspect.custom')]();`,
      );
    const cores = await run('return navigator.hardwareConcurrency');
    assert.equal(
      await described(''),
      `Device: CPU, ${cores} core${cores === 1 ? '' : 's'}\n` +
        `Engine: TensorFlow.js ${tf.version.tfjs}, WebAssembly\n` +
        'Why: the lesson runs in the browser, with nothing installed\n' +
        'GPU memory growth: on; no GPU is in use, so it has no effect, and the lesson runs as usual',
    );
    assert.match(await described("'wasm'"), /^Why: you asked for it$/m);
    for (const other of ["'gpu'", "'cpu'"]) {
      assert.match(await described(other), /^Why: .*for the GPU or the native engine, install/m);
    }
    await run("lib.setLanguage('zh')");
    const chinese = await described("'gpu'");
    await run("lib.setLanguage('en')");
    assert.match(chinese, /^设备：CPU，\d+ 核\n引擎：.*\n原因：浏览器里只有 WebAssembly；/);
    assert.ok(!host.site.requests.some(path => path.includes('threaded')));
  });

  it('names the browser, the libraries and the device', async () => {
    const text = await run<string>(
      "return lib.versions()[Symbol.for('nodejs.util.inspect.custom')]();",
    );
    assert.match(
      text,
      /^Browser: Chrome \d+[\d.]*\nTensorFlow\.js: [\d.]+\nplotly\.js: [\d.]+\nDevice to be used: CPU, WebAssembly$/,
    );
  });

  it('trains, measures and predicts to the numbers that Node gives', async () => {
    await digits.useDevice('wasm');
    const onNode = await new Function(`return (${LESSON})`)()({ ...digits, tf });
    const ours = rounded(await run(`return (${LESSON})(lib)`));
    assert.deepEqual(ours, rounded(onNode));
    assert.equal(ours.history.loss.length, 3);
  });

  it('lets messages and the page have their turn while it trains', async () => {
    const turns = await run<number>(`
        let turns = 0;
        const clock = setInterval(() => turns++, 5);
        const { model, x, y } = lesson;
        const before = model.getWeights().map(weights => weights.clone());
        await model.fit(x, y, { batchSize: 8, epochs: 60, verbose: 0 });
        clearInterval(clock);
        model.setWeights(before);
        return turns;`);
    assert.ok(turns > 1, `${turns} turns`);
  });

  it('prints Keras’s lines, each to the console once it is whole', async () => {
    await run('await lesson.model.fit(lesson.x, lesson.y, { epochs: 2 })');
    assert.deepEqual([logged[0], logged[2], logged.length], ['Epoch 1/2', 'Epoch 2/2', 4]);
    assert.match(
      logged[1] ?? '',
      /10\/10 \[={30}\] - 0s \d+[mu]s\/step - loss: \d\.\d{4} - sparse_categorical_accuracy: \d\.\d{4}/,
    );
  });

  it('gives words for live curves, figures and the pad', async () => {
    await run(`
        const { model, x, y } = lesson;
        const callbacks = lib.curves();
        const { history } = await model.fit(x, y, { epochs: 2, callbacks, verbose: 0 });
        lib.display(lib.figures.historyCurves(history));
        lib.digitPad(model);`);
    assert.match(logged[1] ?? '', /loss|epoch/i);
    assert.match(logged[2] ?? '', /^The digit pad: run this cell/);
  });

  it('writes a picture to the bytes that Node writes', async () => {
    const pixels = Array.from({ length: 60 }, (_, i) => (i * 31) % 256);
    const ours = await run(`return lib.pngAddress(Uint8Array.of(${pixels}), 10);`);
    assert.equal(ours, pngAddress(Uint8Array.from(pixels), 10));
  });
});

describe('a bundle without what the host may give', () => {
  after(closePages);

  it('says so in a worker that has no address of its own', async () => {
    const site = await serve();
    try {
      const { code } = await bundled(
        `import { loadData } from 'mnist-data-loader';
        import { useDevice } from 'digits';
        const tell = error => error.name + ': ' + error.message;
        const works = [loadData(), useDevice()].map(work => work.then(String, tell));
        Promise.all(works).then(told => postMessage(told));`,
      );
      const [, page] = await open(site, code, 'page');
      const [data = '', device = ''] = await page.evaluate<string[]>(`
        fetch('lib.js').then(answer => answer.blob()).then(blob => new Promise(done => {
          new Worker(URL.createObjectURL(blob)).onmessage = ({ data }) => done(data);
        }))`);
      assert.match(data, /^FileNotFoundError: .*not a full address \(https:\/\/…\)/s);
      assert.match(device, /did not start\. Its files should be under wasm\/\./);
    } finally {
      await site.close();
    }
  });
});
