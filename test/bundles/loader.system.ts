/** The loader in a browser's worker: downloads, verification and typed errors. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { tables } from '../../lib/mnist-data-loader/language';
import type { Messages } from '../../lib/mnist-data-loader/messages/en';
import { closePages } from '../browser';
import { bytes, idx, type SmallSet, smallSet } from '../mnist-data-loader/support';
import { type Answer, bundled, hosted, open, type Site, serve, untrustedAddress } from './support';

const IMAGES = fileNames[0];

const status =
  (code: number): Answer =>
  (response: ServerResponse) =>
    response.writeHead(code).end('no');

/** Sends half of the file, and then does something else. */
const half =
  (then: (response: ServerResponse) => void) =>
  (raw: Buffer): Answer => {
    const packed = gzipSync(raw);
    return response => {
      response.writeHead(200, { 'content-length': packed.length });
      response.write(packed.subarray(0, packed.length / 2), () => setTimeout(then, 100, response));
    };
  };

/** Flips a bit of the content after the header. */
function flipped(raw: Buffer): Buffer {
  const content = Buffer.from(raw);
  content.writeUInt8(content.readUInt8(100) ^ 1, 100);
  return content;
}

/** The response to the request for the file, the error, and words that the error must contain. */
type Fault = readonly [
  file: (raw: Buffer) => Answer | undefined,
  name: string,
  ...says: ((table: Messages) => string)[],
];

const nothing = (table: Messages) => table.found.nothing;
/** The end of a problem that begins with the file's address. */
const problem =
  (pick: (problems: Messages['problem']) => string) =>
  ({ problem }: Messages) =>
    pick(problem);

/** Faults of the first file of the small set. */
const FAULTS: Readonly<Record<string, Fault>> = {
  'is not there': [() => undefined, 'FileNotFoundError', nothing, m => m.browser.notFound.nothing],
  'is kept back': [
    () => status(403),
    'FileNotFoundError',
    m => m.place('', m.found.unreadable, m.mirror.answered('403 Forbidden')),
    m => m.browser.notFound.unreadable,
  ],
  'meets a fault of the server': [
    () => status(500),
    'DownloadError',
    m => m.mirror.answered('500 Internal Server Error'),
    m => m.browser.download(''),
  ],
  'has a bit flipped': [
    raw => gzipSync(flipped(raw)),
    'ChecksumError',
    problem(({ checksum }) => checksum('', '', '').slice(0, 10)),
    m => m.browser.damaged,
  ],
  'is cut': [
    raw => gzipSync(raw).subarray(0, 500),
    'TruncatedError',
    problem(({ truncatedGzip }) => truncatedGzip('', 500)),
    m => m.browser.truncated,
  ],
  'is neither gzip nor IDX': [
    () => 'PK\u0003\u0004',
    'NotIdxError',
    m => m.content.bytes('504b0304'),
    m => m.browser.notIdx,
  ],
  'is a gzip bomb': [
    () => gzipSync(Buffer.concat([idx(8, [200, 6, 6], bytes(7200, 1)), Buffer.alloc(1 << 26)])),
    'WrongShapeError',
    m => m.content.atMost(7216),
  ],
  'is broken off': [half(response => response.destroy()), 'DownloadError', m => m.noNetwork],
  'stops coming': [
    half(() => {}),
    'DownloadError',
    m =>
      m.mirror
        .stalled(7, 0, 0.5)
        .split('7')
        .sort((a, b) => b.length - a.length)[0] ?? '',
  ],
};

/** The result of a load. */
interface Outcome {
  readonly shapes?: number[][];
  readonly sum?: number;
  readonly name?: string;
  readonly en: string;
  readonly zh: string;
  readonly stack: string;
  readonly warnings: string[];
  readonly said: string;
}

const set = smallSet(1, [200, 50]);

const ENTRY = `
  export * from './lib/mnist-data-loader/index';
  export { loadDataset } from './lib/mnist-data-loader/load-data';
`;

/** Puts the set's files into a folder of the site, as they are or otherwise. */
function fill(
  { files }: Site,
  folder: string,
  answer: (raw: Buffer, name: string) => Answer | undefined = raw => gzipSync(raw),
): void {
  for (const [name, raw] of set.raw) {
    const content = answer(raw, name);
    if (content !== undefined) files.set(`${folder}/${name}.gz`, content);
  }
}

/** The same as ever but for the first file. */
const first =
  (answer: (raw: Buffer) => Answer | undefined) =>
  (raw: Buffer, name: string): Answer | undefined =>
    name === IMAGES ? answer(raw) : gzipSync(raw);

describe('the loader in a browser’s worker', () => {
  const host = hosted('worker', ENTRY, { minify: true });
  const { run } = host;
  const put = (folder: string, answer?: Parameters<typeof fill>[2]) =>
    fill(host.site, folder, answer);
  beforeEach(() => void host.site.requests.splice(0));

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
          if (!(error instanceof lib.DataError)) throw error;
          const { name, stack } = error;
          return { name, en: error.messageIn('en'), zh: error.messageIn('zh'), stack, ...rest() };
        }`);

  const sum = [...set.raw].reduce(
    (sum, [name, raw]) => raw.subarray(name.includes('idx3') ? 16 : 8).reduce((a, b) => a + b, sum),
    0,
  );
  const isWhole = ({ shapes, sum: own, en }: Outcome) => {
    assert.deepEqual(shapes, [[200, 6, 6], [200], [50, 6, 6], [50]], en);
    assert.equal(own, sum);
  };

  it('loads gzipped files from the folder data beside it', async () => {
    put('data');
    const outcome = await load('{}');
    isWhole(outcome);
    assert.deepEqual([outcome.said, outcome.warnings], ['', []]);
    assert.deepEqual(
      host.site.requests.filter(path => path.startsWith('data/')).sort(),
      [...set.raw.keys()].map(name => `data/${name}.gz`).sort(),
    );
  });

  it('loads them where the server calls gzip an encoding, so that the browser unpacks them', async () => {
    put('encoded', raw => response => {
      const packed = gzipSync(raw);
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length });
      response.end(packed);
    });
    isWhole(await load("{ dataDir: 'encoded' }"));
  });

  it('takes a whole address, and a further set from its folder below', async () => {
    put('far/clothes');
    const dataset = { ...set.dataset, folder: 'clothes' };
    isWhole(await load(`{ dataDir: '${host.site.url}far' }`, { ...set, dataset }));
  });

  it('takes the option dir, and looks nowhere else', async () => {
    put('own');
    put('mirror');
    isWhole(await load("{ dir: 'own' }"));
    const { name } = await load(`{ dir: 'none', mirrors: ['${host.site.url}mirror'] }`);
    assert.equal(name, 'FileNotFoundError');
    assert.ok(
      !host.site.requests.some(path => path.startsWith('mirror')),
      String(host.site.requests),
    );
  });

  it('loads from the mirrors it is given what the folder lacks, and says so', async () => {
    put(
      'some',
      first(() => undefined),
    );
    put('mirror');
    const outcome = await load(`{ dataDir: 'some', mirrors: ['${host.site.url}mirror'] }`);
    isWhole(outcome);
    assert.deepEqual(outcome.warnings, []);
    assert.match(outcome.said, /^Downloading Small \(ours\)\n\r.*ubyte\.gz \[=+\] 100%.*\n$/s);
    assert.equal(host.site.requests.filter(path => path.startsWith('mirror')).length, 1);
  });

  it('warns of a damaged file, and takes that of a mirror', async () => {
    put(
      'bad',
      first(raw => gzipSync(flipped(raw))),
    );
    put('mirror');
    const outcome = await load(`{ dataDir: 'bad', mirrors: ['${host.site.url}mirror'] }`);
    isWhole(outcome);
    assert.match(outcome.warnings.join(), /expected sha256.*Trying the mirrors\.$/);
  });

  describe('throws a typed error where the first file', () => {
    for (const [what, [file, name, ...says]] of Object.entries(FAULTS)) {
      it(what, async () => {
        const folder = what.replaceAll(' ', '-');
        put(folder, first(file));
        const outcome = await load(`{ dataDir: '${folder}' }`);
        assert.equal(outcome.name, name, outcome.en);
        for (const language of ['en', 'zh'] as const) {
          for (const words of says) {
            const text = words(tables[language]);
            assert.ok(outcome[language].includes(text), `${text}: ${outcome[language]}`);
          }
        }
        assert.match(outcome.stack, new RegExp(`^${name}: `));
        const words = outcome.en + outcome.zh;
        assert.ok(!/npm|chmod|kernel|内核|MNIST_DATA_DIR/.test(words), words);
      });
    }
  });
});

describe('the loader in a page that came without https', () => {
  it('verifies all the same, by code of its own', async function () {
    const address = untrustedAddress();
    // Without a network, a machine has only the address that browsers trust.
    if (!address) this.skip();
    const site = await serve(undefined, address);
    try {
      fill(site, 'data');
      const { code } = await bundled(ENTRY);
      const [run] = await open(site, code, 'page');
      const load = () =>
        run<string>(`
          if (globalThis.crypto?.subtle) return 'there is crypto.subtle';
          const load = lib.loadDataset(${JSON.stringify(set.dataset)}, {});
          return load.then(() => 'loaded', error => error.name);`);
      assert.equal(await load(), 'loaded');
      fill(site, 'data', raw =>
        gzipSync(raw.map((byte, i) => (i === raw.length - 1 ? byte ^ 1 : byte))),
      );
      assert.equal(await load(), 'ChecksumError');
    } finally {
      await closePages();
      await site.close();
    }
  });
});
