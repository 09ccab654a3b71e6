/** The cells of the tests in the kernel of other browsers, which are to show what Chromium shows. */
import assert from 'node:assert/strict';
import { closePages, sharedBrowser } from '../../browser';
import { engines } from '../../engines';
import { cells } from './cells';
import { errorCells } from './error-cells';
import { outcomeOf } from './outcome';
import { type AnyPage, kernelFiles, WorkerPage } from './worker-page';

const codes = [...cells.map(cell => (typeof cell === 'string' ? cell : cell.code))];
codes.push(...errorCells.map(([code]) => code));

/** Browsers name in their own ways what cannot be gone through. */
const alike = (outcome: string): string =>
  outcome.replace(/^TypeError: .*\bnot iterable\b.*/m, 'TypeError: not iterable');

async function outcomesIn(page: AnyPage): Promise<string[]> {
  const worker = await WorkerPage.open(page, await kernelFiles());
  const outcomes: string[] = [];
  for (const code of codes) outcomes.push(alike(await outcomeOf(worker, code)));
  return outcomes;
}

describe('Cells', function () {
  this.timeout(300_000);
  let expected: string[];
  before(async () => {
    expected = await outcomesIn(await (await sharedBrowser()).newPage());
  });
  after(closePages);

  for (const { name, missing, open } of engines) {
    describe(`in ${name} show what they show in Chromium`, () => {
      let shown: string[];
      before(async function () {
        if (missing) {
          console.log(`    skipped: ${name} needs ${missing}`);
          this.skip();
        }
        const page = await open();
        shown = await outcomesIn(page).finally(() => page.close());
      });

      for (const [i, code] of codes.entries()) {
        it(JSON.stringify(code).slice(0, 100), () => assert.equal(shown[i], expected[i]));
      }
    });
  }
});
