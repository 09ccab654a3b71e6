/** The lesson's calls in a browser: the numbers that Node gives, shown where the host has a place for them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import type { Page } from 'playwright-core';
import { pngAddress } from '../../lib/digits/figures/png';
import { pageScript } from '../../lib/digits/pad/page-script';
import { closePages, sharedBrowser } from '../browser';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import {
  bundled,
  ENGINE,
  open,
  PLACES,
  type Run,
  type Site,
  serve,
  untrustedAddress,
} from './support';

/** What the pages bundle. `png` is no export of the package, and `tf` is the one that it uses. */
const ENTRY = `
  export * from 'digits';
  export * as tf from '@tensorflow/tfjs';
  export { pngAddress } from './lib/digits/figures/png';
  export { byteBackend } from './lib/tfjs-graph/graph/byte-backend';
`;

/** Trains, measures and predicts on pictures that need no file. It runs here as well as in a browser. */
const LESSON = `
  const data = Uint8Array.from({ length: 300 * 784 }, (_, i) => (i * 7919) % 5 ? 0 : (i * 104729) % 256);
  const x = lib.divide({ data, shape: [300, 28, 28] }, 255);
  const y = lib.tf.tensor1d(Array.from({ length: 300 }, (_, i) => i % 10), 'int32');
  const initial = seed => ({ kernelInitializer: lib.tf.initializers.glorotUniform({ seed }) });
  const model = lib.tf.sequential();
  model.add(lib.tf.layers.flatten({ inputShape: [28, 28] }));
  model.add(lib.tf.layers.dense({ units: 32, activation: 'relu', ...initial(1) }));
  model.add(lib.tf.layers.dense({ units: 10, activation: 'softmax', ...initial(2) }));
  model.compile({
    optimizer: 'adam',
    loss: 'sparseCategoricalCrossentropy',
    metrics: [lib.tf.metrics.sparseCategoricalAccuracy],
  });
  globalThis.lesson = { model, x, y };
  const options = { batchSize: 32, epochs: 3, validationSplit: 0.2, shuffle: false, ...given };
  const { history } = await lib.fit(model, x, y, options);
  const evaluated = await lib.evaluate(model, x, y, { verbose: given.verbose ?? 2 });
  const predicted = [...lib.predict(model, x.slice(0, 3)).dataSync()];
  return { history, evaluated, predicted };
`;

interface Numbers {
  readonly history: Record<string, number[]>;
  readonly evaluated: number[];
  readonly predicted: number[];
}

/** What a worker's host was given to show. */
interface Shown {
  readonly content: { readonly data: Record<string, string>; readonly transient?: object };
  readonly update: boolean;
}

/** Numbers to five digits. */
const rounded = (numbers: Numbers): unknown =>
  JSON.parse(
    JSON.stringify(numbers, (_, value) =>
      typeof value === 'number' ? Number(value.toPrecision(5)) : value,
    ),
  );

const onNode = async (): Promise<Numbers> => {
  const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
  await digits.useDevice('wasm');
  return new AsyncFunction('lib', 'given', LESSON)({ ...digits, tf }, { verbose: 0 });
};

const UNTRAINED = 'await lib.fit(lib.tf.sequential(), undefined, undefined)';
const SVG = 'data:image/svg+xml;base64,';

for (const place of PLACES) {
  describe(`the lesson in a browser’s ${place}`, function () {
    this.timeout(60_000);
    let site: Site;
    let run: Run;
    let page: Page;
    const logged: string[] = [];
    before(async () => {
      site = await serve();
      const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
      for (const kind of ['', '-simd']) {
        const file = `tfjs-backend-wasm${kind}.wasm`;
        site.files.set(`wasm/${file}`, readFileSync(join(folder, file)));
      }
      const { code } = await bundled(ENTRY, {
        alias: ENGINE,
        minify: true,
        keepNames: true,
        define: { DIGITS_PAD_SCRIPT: JSON.stringify(pageScript()) },
      });
      [run, page] = await open(site, code, place);
      page.on('console', message => logged.push(message.text()));
    });
    after(async () => {
      await closePages();
      await site.close();
    });

    const thrown = (code: string) =>
      run<string>(`try { ${code} } catch (error) { return error.name + ': ' + error.message; }`);

    it('asks for a device before it trains', async () => {
      assert.match(await thrown(UNTRAINED), /^NotReadyError: .*await useDevice\(\)/);
    });

    it('says where the engine’s files belong, and starts once they are there', async () => {
      const files = [...site.files].filter(([path]) => path.startsWith('wasm/'));
      for (const [path] of files) site.files.delete(path);
      const message = await thrown('await lib.useDevice()');
      assert.match(message, /did not start\. Its files should be under http:\/\/127.*\/wasm\/\./);
      assert.match(await thrown(UNTRAINED), /^NotReadyError: .*await useDevice\(\)/);
      for (const [path, content] of files) site.files.set(path, content);
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
      assert.ok(!site.asked.some(path => path.includes('threaded')), String(site.asked));
    });

    it('starts it once for two that ask at once', async () => {
      const kinds = await run(
        'return (await Promise.all([lib.useDevice(), lib.useDevice()])).map(({ kind }) => kind);',
      );
      assert.deepEqual(kinds, ['wasm', 'wasm']);
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
      const expected = await onNode();
      const ours = await run<Numbers>(`const given = { verbose: 0 }; ${LESSON}`);
      assert.deepEqual(rounded(ours), rounded(expected));
      assert.equal(ours.history.loss?.length, 3);
    });

    it('keeps the pictures as bytes all the way', async () => {
      const [held, memory] = await run<[boolean, number]>(
        'return [lib.byteBackend.holds(lesson.x.dataId), lib.tf.backend().wasm.HEAPU8.length];',
      );
      assert.ok(held);
      assert.ok(memory < 32e6, `${memory} bytes of WebAssembly`);
    });

    it('lets messages and the page have their turn while it trains', async () => {
      const turns = await run<number>(`
        let turns = 0;
        const clock = setInterval(() => turns++, 5);
        const { model, x, y } = lesson;
        const before = model.getWeights().map(weights => weights.clone());
        await lib.fit(model, x, y, { batchSize: 8, epochs: 300, verbose: 0 });
        clearInterval(clock);
        model.setWeights(before);
        return turns;`);
      assert.ok(turns > 1, `${turns} turns`);
    });

    it('prints Keras’s lines', async () => {
      logged.splice(0);
      const said = await run<string>(`
        globalThis.said = '';
        const { model, x, y } = lesson;
        await lib.fit(model, x, y, { epochs: 2 });
        return globalThis.said;`);
      const line =
        /10\/10 \[={30}\] - 0s \d+[mu]s\/step - loss: \d\.\d{4} - sparse_categorical_accuracy: \d\.\d{4}/;
      if (place === 'worker') {
        assert.match(said, /^Epoch 1\/2\n\r.*\nEpoch 2\/2\n\r.*\n$/s);
        assert.match(said, line);
      } else {
        // A page has no standard output: each line goes to its console, once it is whole.
        assert.deepEqual([logged[0], logged[2], logged.length], ['Epoch 1/2', 'Epoch 2/2', 4]);
        assert.match(logged[1] ?? '', line);
      }
    });

    it('shows figures and live curves where the host has a place, and else their words', async () => {
      logged.splice(0);
      const shown = await run<Shown[] | undefined>(`
        if (globalThis.shown) globalThis.shown.length = 0;
        const { model, x, y } = lesson;
        const { history } = await lib.fit(model, x, y, { epochs: 2, curves: true, verbose: 0 });
        lib.display(lib.figures.historyCurves(history));
        return globalThis.shown;`);
      if (!shown) {
        assert.equal(logged.length, 2);
        assert.match(logged[1] ?? '', /loss|epoch/i);
        return;
      }
      const kinds = shown.map(({ content }) => Object.keys(content.data)[0]);
      assert.equal(kinds[0], 'text/html');
      assert.deepEqual(kinds.slice(-2), Array(2).fill('application/vnd.plotly.v1+json'));
      assert.deepEqual(shown.at(0)?.update, false);
      assert.deepEqual(shown.at(-2)?.update, true);
      const picture = shown[0]?.content.data['text/html'] ?? '';
      const svg = picture.slice(picture.indexOf(SVG) + SVG.length).split('"')[0] ?? '';
      assert.match(Buffer.from(svg, 'base64').toString(), /^<svg[\s>].*<\/svg>\s*$/s);
    });

    it('writes a picture to the bytes that Node writes', async () => {
      const pixels = Array.from({ length: 60 }, (_, i) => (i * 31) % 256);
      const ours = await run(`return lib.pngAddress(Uint8Array.of(${pixels}), 10);`);
      assert.equal(ours, pngAddress(Uint8Array.from(pixels), 10));
    });

    it('shows a pad that reads what is drawn', async () => {
      if (place === 'page') {
        logged.splice(0);
        await run('lib.digitPad(lesson.model)');
        assert.match(logged.join(), /^The digit pad: run this cell/);
        return;
      }
      const html = await run<string>(`
        globalThis.shown.length = 0;
        lib.digitPad(lesson.model);
        return globalThis.shown[0].content.data['text/html'];`);
      const other = await (await sharedBrowser()).newPage();
      await other.setContent(html);
      const pad = new PadOnPage(other.locator('[data-digit-pad]'));
      await pad.drawByMouse(SEVEN);
      assert.match((await pad.answer.textContent()) ?? '', /says \d: \d+%/);
      await other.close();
    });

    it('explains what a learner of this host can do', async () => {
      const message = await thrown(`
        const { tf } = lib;
        class Spectrum extends tf.layers.Layer {
          static className = 'Spectrum';
          call(x) { return tf.real(tf.fft(tf.complex([x].flat()[0], [x].flat()[0]))); }
        }
        const model = tf.sequential();
        model.add(tf.layers.dense({ units: 4, inputShape: [3] }));
        model.add(new Spectrum({}));
        model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
        model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
        const y = tf.tensor1d([1, 2], 'int32');
        await lib.fit(model, tf.zeros([2, 3]), y, { verbose: 0, write: () => {} });`);
      assert.match(
        message,
        /lacks the operation Complex\. Use other layers, or install the lesson/,
      );
      assert.ok(!/npm/.test(message), message);
    });
  });
}

describe('a bundle without what the host may give', function () {
  this.timeout(60_000);
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

  it('has a pad that is a still and a line, also in a page that came without https', async function () {
    const address = untrustedAddress();
    if (!address) this.skip();
    const site = await serve(undefined, address);
    try {
      const { code } = await bundled(ENTRY);
      const [run] = await open(site, code, 'worker');
      assert.equal(await run('return isSecureContext'), false);
      const html = await run<string>(`
        await lib.tf.setBackend('cpu');
        const model = lib.tf.sequential();
        model.add(lib.tf.layers.flatten({ inputShape: [28, 28] }));
        model.add(lib.tf.layers.dense({ units: 10, activation: 'softmax' }));
        lib.digitPad(model);
        return globalThis.shown[0].content.data['text/html'];`);
      assert.match(html, /<img src="data:image\/png;base64,.*<p>The digit pad/s);
      assert.ok(!html.includes('<script'), html);
    } finally {
      await site.close();
    }
  });
});
