import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../../lib/kernel/worker-messages';
import { projectRoot } from '../../../lib/tools/project/paths';
import { closePages, sharedBrowser } from '../../browser';
import { ask, type Reply } from '../support';
import { cells, DIFFERENCES, type Differing } from './cells';
import { errorCells } from './error-cells';
import { outcomeOf } from './outcome';
import { kernelFiles, type Outcome, WorkerPage } from './worker-page';

const sourceOf = (cell: string | Differing) => (typeof cell === 'string' ? cell : cell.code);

const asText = (answer: Answer, printed: string): string =>
  (answer.status === 'ok' ? printed : `${answer.ename}: ${answer.evalue}`).trimEnd();

describe('Cells in the browser and on the installed kernel', () => {
  let installed: Reply[];
  const inBrowser: Outcome[] = [];

  before(async function () {
    this.timeout(240_000);
    const page = await (await sharedBrowser()).newPage();
    const worker = await WorkerPage.open(page, await kernelFiles());
    installed = await ask(...cells.map(cell => ['execute', sourceOf(cell)] as const));
    for (const cell of cells) inBrowser.push(await worker.run(sourceOf(cell)));
  });
  after(closePages);

  const inBrowserAs = (i: number) => {
    const { answer, printed } = inBrowser[i] as Outcome;
    return asText(answer, printed);
  };
  const installedAs = (i: number) => {
    const reply = installed[i] as Reply;
    return asText(reply, reply.printed);
  };

  for (const [i, cell] of cells.entries()) {
    const title = sourceOf(cell).replace(/\s+/g, ' ').slice(0, 100);
    if (typeof cell === 'string') {
      it(`prints the same: ${title}`, () => {
        assert.equal(inBrowserAs(i), installedAs(i));
        assert.deepEqual(inBrowser[i]?.answer.traceback, installed[i]?.traceback);
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

describe('Errors in the browser', function () {
  this.retries(1);
  let worker: WorkerPage;
  before(async () => {
    worker = await WorkerPage.open(await (await sharedBrowser()).newPage(), await kernelFiles());
  });
  after(closePages);

  for (const [code, outcome] of errorCells) {
    it(JSON.stringify(code).slice(0, 100), async () => {
      assert.equal(await outcomeOf(worker, code), outcome);
    });
  }
});
