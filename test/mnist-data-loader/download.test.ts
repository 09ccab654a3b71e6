import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DownloadError } from 'mnist-data-loader';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { type LoadOptions, loadDataset } from '../../lib/mnist-data-loader/load-dataset';
import { removeFolders, smallSet, temporaryFolder } from './fixture';
import { closeMirrors, mirror, serving } from './mirror-server';

const set = smallSet();
const first = `${fileNames[0]}.gz`;
const good = gzipSync(set.raw.get(fileNames[0]) as Buffer);

/** Packed beforehand: it takes longer than a mirror may be silent. */
const bomb = gzipSync(Buffer.alloc(32 << 20));

/** What a mirror can do wrong, and what the error says of it. */
const faults: Record<string, { answer: RequestListener; says: RegExp }> = {
  '404': {
    answer: (_, response) => response.writeHead(404).end('no'),
    says: /answered 404 Not Found/,
  },
  '500': { answer: (_, response) => response.writeHead(500).end(), says: /answered 500/ },
  'an empty answer': {
    answer: (_, response) => response.writeHead(200).end(),
    says: /expected 8 bytes, but there are only 0/,
  },
  'a web page': {
    answer: (_, response) => response.writeHead(200).end('<!DOCTYPE html><p>Log in first</p>'),
    says: /expected an IDX file .* but found a web page/,
  },
  'the wrong file': {
    answer: (_, response) => response.end(gzipSync(smallSet(2).raw.get(fileNames[0]) as Buffer)),
    says: /expected sha256 [0-9a-f]{64}, but the content has [0-9a-f]{64}/,
  },
  silence: { answer: () => {}, says: /sent nothing for 0\.2 s, after 0 bytes/ },
  'a stall in mid-file': {
    answer: (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 100));
    },
    says: /sent nothing for 0\.2 s, after 100 bytes/,
  },
  'a cut in mid-file': {
    answer: (_, response) => {
      response.writeHead(200, { 'content-length': good.length });
      response.write(good.subarray(0, 100), () => setTimeout(() => response.destroy(), 20));
    },
    says: /the connection broke after 100 bytes/,
  },
  'a cut without a length': {
    answer: (_, response) => response.end(good.subarray(0, 100)),
    says: /expected a whole gzip file, but it ends early, after 100 bytes/,
  },
  'endless redirects': {
    answer: (request, response) =>
      response.writeHead(302, { location: `${request.url}x`.slice(0, 60) }).end(),
    says: /redirected more than 5 times/,
  },
  'a redirect to nowhere': {
    answer: (_, response) => response.writeHead(302, { location: 'http://' }).end(),
    says: /no connection \(.+\)/,
  },
  'a declared size beyond the file': {
    answer: (_, response) => response.writeHead(200, { 'content-length': 1e9 }).write('x'),
    says: /sends more than the \d+ bytes that the file can have/,
  },
  'an endless answer': {
    answer: (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1 << 14)));
      };
      response.on('drain', more);
      more();
    },
    says: /sends more than the \d+ bytes that the file can have/,
  },
  'a gzip bomb': {
    answer: (_, response) => response.end(bomb),
    says: /expected an IDX file|at most \d+ bytes when unpacked/,
  },
};

describe('download', () => {
  let dataDir: string;
  let warnings: string[];
  let drawn: string;
  let options: LoadOptions;

  beforeEach(() => {
    dataDir = join(temporaryFolder(), 'data');
    warnings = [];
    drawn = '';
    options = {
      dataDir,
      stallTimeout: 200,
      warn: message => warnings.push(message),
      progress: { write: (text: string) => (drawn += text) },
    };
  });
  afterEach(async () => {
    await closeMirrors();
    removeFolders();
  });

  it('keeps the files unpacked and asks no more', async () => {
    const server = await mirror(serving(set.raw));
    await loadDataset(set.dataset, { ...options, mirrors: [server.url.replace(/\/$/, '')] });
    assert.deepEqual(
      server.asked,
      fileNames.map(name => `/${name}.gz`),
    );
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
    for (const [name, content] of set.raw) {
      assert.deepEqual(readFileSync(join(dataDir, name)), content);
    }
    await loadDataset(set.dataset, { ...options, mirrors: [] });
    assert.deepEqual(warnings, []);
  });

  it('follows redirects', async () => {
    const server = await mirror(serving(set.raw));
    const moved = await mirror((request, response) =>
      response.writeHead(301, { location: `${server.url}.${request.url}` }).end(),
    );
    await loadDataset(set.dataset, { ...options, mirrors: [moved.url] });
    assert.equal(server.asked.length, 4);
  });

  it('takes a file that the server has unpacked', async () => {
    const server = await mirror((request, response) =>
      response.end(set.raw.get((request.url ?? '').slice(1, -3))),
    );
    await loadDataset(set.dataset, { ...options, mirrors: [server.url] });
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
  });

  for (const [fault, { answer, says }] of Object.entries(faults)) {
    it(`${fault}: goes on to the next mirror`, async () => {
      const bad = await mirror(answer);
      const server = await mirror(serving(set.raw));
      await loadDataset(set.dataset, { ...options, mirrors: [bad.url, server.url] });
      assert.equal(server.asked.length, 4);
      assert.match(drawn, says);
      assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
    });

    it(`${fault} from all mirrors: says what each answered, keeps nothing`, async () => {
      const mirrors = await Promise.all([mirror(answer), mirror(answer)]);
      const urls = mirrors.map(({ url }) => url);
      await assert.rejects(
        loadDataset(set.dataset, { ...options, mirrors: urls }),
        (error: DownloadError) => {
          assert.ok(error instanceof DownloadError, error.stack);
          assert.equal(error.file, fileNames[0]);
          assert.deepEqual(
            error.attempts.map(({ url }) => url),
            urls.map(url => url + first),
          );
          for (const { reason } of error.attempts) {
            assert.match(reason.en, says);
            assert.ok(!reason.en.includes('http') && !reason.zh.includes('http'), reason.en);
            assert.ok(error.message.includes(reason.en));
            assert.ok(error.messageIn('zh').includes(reason.zh));
          }
          assert.ok(error.message.endsWith(`put the file, raw or as .gz, into ${dataDir}.`));
          return true;
        },
      );
      assert.throws(() => readdirSync(dataDir), { code: 'ENOENT' });
    });
  }

  it('says that a mirror cannot be reached', async () => {
    const gone = await mirror(serving(set.raw));
    await gone.close();
    await assert.rejects(
      loadDataset(set.dataset, { ...options, mirrors: [gone.url, 'ftp://127.0.0.1/'] }),
      (error: DownloadError) => {
        assert.match(error.attempts[0]?.reason.en ?? '', /no connection \(ECONNREFUSED\)/);
        assert.match(error.attempts[1]?.reason.en ?? '', /no connection \(.+\)/);
        return true;
      },
    );
  });

  it('says that there is no mirror', async () => {
    await assert.rejects(
      loadDataset(set.dataset, { ...options, mirrors: [] }),
      (error: Error) => error instanceof DownloadError && /no mirror was given/.test(error.message),
    );
  });

  it('uses a file that cannot be kept, and says so', async () => {
    writeFileSync(dataDir, 'a file where the folder should be');
    const server = await mirror(serving(set.raw));
    const [[images]] = await loadDataset(set.dataset, { ...options, mirrors: [server.url] });
    assert.deepEqual(images.shape, [20, 6, 6]);
    assert.equal(warnings.length, 4);
    assert.match(
      warnings[0] ?? '',
      /was downloaded but could not be kept in .+ \(.+\); it will be/,
    );
  });

  it('draws one line a file, redrawn by carriage return, ended by a line feed', async () => {
    const server = await mirror(serving(set.raw));
    await loadDataset(set.dataset, { ...options, mirrors: [server.url] });
    const [head, ...lines] = drawn.split('\n');
    assert.equal(head, `Downloading Small (ours) into ${dataDir}`);
    assert.equal(lines.pop(), '');
    assert.equal(lines.length, 4);
    for (const [i, line] of lines.entries()) {
      const frames = line.split('\r').slice(1);
      assert.match(frames.at(-1) ?? '', /^\S+\.gz \[={30}\] 100% \d+\.\d kB\/\d+\.\d kB$/);
      assert.ok(frames.every(frame => frame.startsWith(`${fileNames[i]}.gz [`)));
      assert.ok(!line.includes('\x1b'));
    }
  });

  it('writes nothing where progress is off', async () => {
    const server = await mirror(serving(set.raw));
    await loadDataset(set.dataset, { ...options, progress: false, mirrors: [server.url] });
    assert.equal(drawn, '');
  });
});
