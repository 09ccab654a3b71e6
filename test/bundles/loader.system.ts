/** The loader in a browser: it fetches, verifies and throws its typed errors in a page and in a worker. */
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { tables } from '../../lib/mnist-data-loader/language';
import { closePages } from '../browser';
import { rawOf, type SmallSet, smallSet } from '../mnist-data-loader/support';
import { FAULTS, flipped, half, IMAGES } from './loader-faults';
import {
  type Answer,
  bundled,
  open,
  PLACES,
  type Run,
  type Site,
  serve,
  untrustedAddress,
} from './support';

/** What came of a load. */
interface Outcome {
  readonly shapes?: number[][];
  readonly sum?: number;
  readonly name?: string;
  readonly isDataError?: boolean;
  readonly en: string;
  readonly zh: string;
  readonly stack: string;
  readonly warnings: string[];
  readonly said: string;
}

const set = smallSet(1, [200, 50]);

/** Puts the set's files into a folder of the site, as they are or otherwise. */
function put(
  site: Site,
  folder: string,
  answer: (raw: Buffer, name: string) => Answer | undefined = raw => gzipSync(raw),
): void {
  for (const [name, raw] of set.raw) {
    const content = answer(raw, name);
    if (content !== undefined) site.files.set(`${folder}/${name}.gz`, content);
  }
}

/** The same as ever but for the first file. */
const first =
  (answer: (raw: Buffer) => Answer | undefined) =>
  (raw: Buffer, name: string): Answer | undefined =>
    name === IMAGES ? answer(raw) : gzipSync(raw);

for (const place of PLACES) {
  describe(`the loader in a browser’s ${place}`, function () {
    this.timeout(60_000);
    let site: Site;
    let run: Run;
    before(async () => {
      site = await serve();
      const { code } = await bundled(
        "export * from './lib/mnist-data-loader/index'; export { loadDataset } from './lib/mnist-data-loader/load-data';",
        { minify: true },
      );
      [run] = await open(site, code, place);
    });
    beforeEach(() => void site.asked.splice(0));
    after(async () => {
      await closePages();
      await site.close();
    });

    /** Loads the small set, by the options that this text gives. */
    const load = (options: string, { dataset }: SmallSet = set) =>
      run<Outcome>(`
        const warnings = [];
        globalThis.said = '';
        const rest = () => ({ warnings, said: globalThis.said });
        try {
          const options = { stallTimeout: 500, warn: text => warnings.push(text), ...(${options}) };
          const loaded = await lib.loadDataset(${JSON.stringify(dataset)}, options);
          const all = loaded.flat();
          const sum = all.reduce((sum, { data }) => data.reduce((a, b) => a + b, sum), 0);
          return { shapes: all.map(({ shape }) => shape), sum, ...rest() };
        } catch (error) {
          const isDataError = error instanceof lib.DataError;
          if (!isDataError) throw error;
          const { name, stack } = error;
          return { name, isDataError, en: error.messageIn('en'), zh: error.messageIn('zh'), stack, ...rest() };
        }`);

    const sum = [...set.raw].reduce(
      (sum, [name, raw]) =>
        raw.subarray(name.includes('idx3') ? 16 : 8).reduce((a, b) => a + b, sum),
      0,
    );
    const isWhole = ({ shapes, sum: own, en }: Outcome) => {
      assert.deepEqual(shapes, [[200, 6, 6], [200], [50, 6, 6], [50]], en);
      assert.equal(own, sum);
    };

    it('loads gzipped files from the folder data beside it', async () => {
      put(site, 'data');
      const outcome = await load('{}');
      isWhole(outcome);
      assert.deepEqual([outcome.said, outcome.warnings], ['', []]);
      assert.deepEqual(
        site.asked.filter(path => path.startsWith('data/')).sort(),
        [...set.raw.keys()].map(name => `data/${name}.gz`).sort(),
      );
    });

    it('loads them where the server calls gzip an encoding, so that the browser unpacks them', async () => {
      put(site, 'encoded', raw => response => {
        const packed = gzipSync(raw);
        response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
        response.end(packed);
      });
      isWhole(await load("{ dataDir: 'encoded' }"));
    });

    it('loads them where the server packs them once more', async () => {
      put(site, 'twice', raw => response => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(gzipSync(raw)));
      });
      isWhole(await load("{ dataDir: 'twice' }"));
    });

    it('loads raw files', async () => {
      for (const [name, raw] of set.raw) site.files.set(`raw/${name}`, raw);
      isWhole(await load("{ dataDir: 'raw/' }"));
    });

    it('loads them in many small pieces, without a length', async () => {
      put(site, 'pieces', raw => response => {
        response.writeHead(200);
        for (const byte of gzipSync(raw)) response.write(Uint8Array.of(byte));
        response.end();
      });
      isWhole(await load("{ dataDir: 'pieces' }"));
    });

    it('follows a server that sends it elsewhere', async () => {
      put(site, 'there');
      put(site, 'here', (_, name) => response => {
        response.writeHead(301, { location: `/there/${name}.gz` }).end();
      });
      isWhole(await load("{ dataDir: 'here' }"));
    });

    it('takes a whole address, and a further set from its folder below', async () => {
      put(site, 'far/clothes');
      const dataset = { ...set.dataset, folder: 'clothes' };
      isWhole(await load(`{ dataDir: '${site.url}far' }`, { ...set, dataset }));
    });

    it('takes the option dir, and looks nowhere else', async () => {
      put(site, 'own');
      put(site, 'mirror');
      isWhole(await load("{ dir: 'own' }"));
      const { name } = await load(`{ dir: 'none', mirrors: ['${site.url}mirror'] }`);
      assert.equal(name, 'FileNotFoundError');
      assert.ok(!site.asked.some(path => path.startsWith('mirror')), String(site.asked));
    });

    it('loads from the mirrors it is given what the folder lacks, and says so', async () => {
      put(
        site,
        'some',
        first(() => undefined),
      );
      put(site, 'mirror');
      const outcome = await load(`{ dataDir: 'some', mirrors: ['${site.url}mirror'] }`);
      isWhole(outcome);
      assert.deepEqual(outcome.warnings, []);
      if (place === 'worker') {
        assert.match(outcome.said, /^Downloading Small \(ours\)\n\r.*ubyte\.gz \[=+\] 100%.*\n$/s);
      }
      assert.equal(site.asked.filter(path => path.startsWith('mirror')).length, 1);
    });

    it('warns of a damaged file, and takes that of a mirror', async () => {
      put(
        site,
        'bad',
        first(raw => gzipSync(flipped(raw))),
      );
      put(site, 'mirror');
      const outcome = await load(`{ dataDir: 'bad', mirrors: ['${site.url}mirror'] }`);
      isWhole(outcome);
      assert.match(outcome.warnings.join(), /expected sha256.*Trying the mirrors\.$/);
    });

    it('asks no mirror with download: false', async () => {
      put(site, 'mirror');
      const { name, en } = await load(
        `{ dataDir: 'none', download: false, mirrors: ['${site.url}mirror'] }`,
      );
      assert.equal(name, 'FileNotFoundError');
      assert.match(
        en,
        /To try other sites, leave out download: false, and name them by the option/,
      );
      assert.ok(!site.asked.some(path => path.startsWith('mirror')), String(site.asked));
    });

    it('refuses an option that is none', async () => {
      const said = await run<string>(
        "return lib.loadData({ datadir: 'data' }).catch(error => error.name + ': ' + error.message)",
      );
      assert.match(said, /^OptionError: .* received datadir\. Did you mean dataDir\?$/);
    });

    it('draws a line of progress for what takes its time', async () => {
      const packed = gzipSync(rawOf(set, IMAGES));
      const rest = packed.subarray(packed.length / 2);
      const later = half(response => void setTimeout(() => response.end(rest), 1500));
      put(site, 'slow', first(later));
      const outcome = await load("{ dataDir: 'slow', stallTimeout: 20000 }");
      isWhole(outcome);
      if (place === 'worker') assert.match(outcome.said, /^\rtrain-images.* \[=+\] 100% .*\n$/s);
    });

    it('says what is wrong where the network is gone', async () => {
      const gone = await serve();
      await gone.close();
      const outcome = await load(`{ dataDir: '${gone.url}' }`);
      assert.equal(outcome.name, 'DownloadError');
      assert.match(outcome.en, /no connection: is there a network\? \(Failed to fetch\)/);
      assert.match(outcome.zh, /无法连接：网络是否连通？（Failed to fetch）/);
    });

    describe('throws a typed error where the first file', () => {
      for (const [what, [file, name, ...says]] of Object.entries(FAULTS)) {
        it(what, async () => {
          // A folder of its own: a browser keeps some answers, such as 410, for ever.
          const folder = what.replaceAll(' ', '-');
          put(site, folder, first(file));
          const outcome = await load(`{ dataDir: '${folder}' }`);
          assert.equal(outcome.name, name, outcome.en);
          for (const language of ['en', 'zh'] as const) {
            for (const words of says) {
              const said = words(tables[language]);
              assert.ok(outcome[language].includes(said), `${said}: ${outcome[language]}`);
            }
          }
          assert.match(outcome.stack, new RegExp(`^${name}: `));
          const words = outcome.en + outcome.zh;
          assert.ok(!/npm|chmod|kernel|内核|MNIST_DATA_DIR/.test(words), words);
        });
      }
    });

    it('refuses an unknown name, and MNIST where it is not', async () => {
      const thrown = (call: string) =>
        run<string>(`return ${call}.then(() => 'loaded', error => error.name)`);
      assert.equal(await thrown("lib.loadData({ name: 'minst' })"), 'UnknownSetError');
      assert.equal(await thrown("lib.loadData({ dataDir: 'none' })"), 'FileNotFoundError');
      assert.equal(await thrown('lib.fashionMnist.loadData()'), 'FileNotFoundError');
    });
  });
}

describe('the loader in a page that came without https', function () {
  this.timeout(60_000);

  it('verifies all the same, by code of its own', async function () {
    const address = untrustedAddress();
    // A machine without a network has no address but that which browsers trust.
    if (!address) this.skip();
    const site = await serve(undefined, address);
    try {
      put(site, 'data');
      const { code } = await bundled(
        "export * from './lib/mnist-data-loader/index'; export { loadDataset } from './lib/mnist-data-loader/load-data';",
      );
      const [run] = await open(site, code, 'page');
      const load = () =>
        run<string>(`
          if (globalThis.crypto?.subtle) return 'there is crypto.subtle';
          const load = lib.loadDataset(${JSON.stringify(set.dataset)}, {});
          return load.then(() => 'loaded', error => error.name);`);
      assert.equal(await load(), 'loaded');
      put(site, 'data', raw =>
        gzipSync(raw.map((byte, i) => (i === raw.length - 1 ? byte ^ 1 : byte))),
      );
      assert.equal(await load(), 'ChecksumError');
    } finally {
      await closePages();
      await site.close();
    }
  });
});
