import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileNames } from '../../lib/mnist-data-loader/datasets';
import { loadDataset } from '../../lib/mnist-data-loader/load-data';
import type { LoadOptions } from '../../lib/mnist-data-loader/options';
import { temporaryFolder } from '../folder';
import { closeMirrors, mirror, serving, smallSet, warned } from './support';

const set = smallSet();

describe('download', () => {
  let dataDir: string;
  let warnings: string[];
  let output: string;
  let options: LoadOptions;

  beforeEach(() => {
    dataDir = join(temporaryFolder(), 'data');
    output = '';
    const progress = { write: (text: string) => (output += text) };
    const gathered = warned();
    warnings = gathered.warnings;
    options = { dataDir, warn: gathered.warn, progress };
  });
  afterEach(closeMirrors);

  const loadFrom = (url: string, more: LoadOptions = {}) =>
    loadDataset(set.dataset, { ...options, mirrors: [url], ...more });

  it('keeps the files unpacked and asks no more', async () => {
    const server = await mirror(serving(set.raw));
    await loadFrom(server.url.replace(/\/$/, ''));
    assert.deepEqual(
      server.requests,
      fileNames.map(name => `/${name}.gz`),
    );
    assert.deepEqual(readdirSync(dataDir).sort(), [...fileNames].sort());
    for (const [name, content] of set.raw) {
      assert.deepEqual(readFileSync(join(dataDir, name)), content);
    }
    await loadDataset(set.dataset, { ...options, mirrors: [] });
    assert.deepEqual(warnings, []);
  });

  it('follows redirects, and writes nothing if progress is off', async () => {
    const server = await mirror(serving(set.raw));
    const moved = await mirror((request, response) =>
      response.writeHead(301, { location: `${server.url}.${request.url}` }).end(),
    );
    await loadFrom(moved.url, { progress: false });
    assert.equal(server.requests.length, 4);
    assert.equal(output, '');
  });

  it('draws one line a file, redrawn by carriage return, ended by a line feed', async () => {
    await loadFrom((await mirror(serving(set.raw))).url);
    const [head, ...lines] = output.split('\n');
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
});
