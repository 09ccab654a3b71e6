/** The record in the engine whose database hangs after two concurrent transactions. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { engines } from '../../engines';
import { temporaryFolder } from '../../folder';
import { TestServer } from '../../publish/site/support';

const RECORD = join(__dirname, '..', '..', '..', 'lib', 'digits', 'record');

/** Stores tries and digits until the page ends the worker, and sends the number of tries. */
const WORKER = `
  import { note } from './record';
  import { takeDrawing } from './drawing';
  for (;;) {
    takeDrawing({ d: '', at: Date.now() });
    const { events } = await note({ e: '3.2', ok: 1 });
    postMessage(events.length);
  }`;

describe('the record in WebKit', function () {
  this.timeout(120_000);
  const webkit = engines.find(({ name }) => name === 'WebKit');

  it('answers after workers that ended during their transactions', async function () {
    if (!webkit || webkit.missing) {
      console.log(`    skipped: it needs ${webkit?.missing}`);
      return this.skip();
    }
    const folder = temporaryFolder();
    const stdin = { contents: WORKER, resolveDir: RECORD };
    const outfile = join(folder, 'worker.js');
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'browser' });
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>store</title>');
    const server = await TestServer.start(folder);
    const browser = await webkit.open();
    try {
      await browser.goto(server.address);
      const counts = await browser.evaluate(async rounds => {
        const counts: number[] = [];
        for (let round = 0; round < rounds; round++) {
          const worker = new Worker('worker.js', { type: 'module' });
          const count = await new Promise<number | undefined>(resolve => {
            worker.onmessage = ({ data }) => resolve(data);
            setTimeout(resolve, 20_000);
          });
          if (count === undefined) throw new Error(`no answer in round ${round}`);
          counts.push(count);
          await new Promise(resolve => setTimeout(resolve, (7 * round) % 31));
          worker.terminate();
        }
        return counts;
      }, 60);
      const growing = counts.filter((count, i) => i === 0 || count > (counts[i - 1] as number));
      assert.deepEqual(growing, counts);
    } finally {
      await browser.close();
      await server.stop();
    }
  });
});
