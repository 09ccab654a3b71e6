import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DownloadError } from 'mnist-data-loader';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import type { LoadOptions } from '../../lib/mnist-data-loader/options';
import { closeMirrors, mirror, removeFolders, serving, smallSet, temporaryFolder } from './support';

const set = smallSet();
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
      /was downloaded and is used, but could not be saved in .+: a file is where a folder should be \(EEXIST\)\. Fix this/,
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
