import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { measureBrowser } from '../../../lib/tools/bench/browser-runs';

describe('The lesson in the browser, as the benchmark measures it', function () {
  this.timeout(300_000);

  const measured = async (turns: number) => {
    const plan = { turns, epochs: 2, retries: 0 };
    const said: string[] = [];
    const [result, ...more] = await measureBrowser(plan, 'en', line => said.push(line));
    deepEqual(more, []);
    ok(result);
    return { ...result, said };
  };

  it('opens, runs and trains, and has a number for all that it names', async () => {
    const { runs, versions, trouble, said } = await measured(1);
    equal(trouble, undefined);
    match(versions.Chromium ?? '', /^\d+\./);
    match(said.join('\n'), /^1\/1 · digits · Chromium · first cell .* · epochs \S+ \S+$/);
    const [run] = runs;
    ok(run && 0 < run.cell && run.cell <= run.kernel && run.runAll > 0);
    equal(run.epochs.length, 2);
    ok(run.epochs.every(({ seconds }) => seconds > 0));
    ok(run.transferred > 5e6, `${run.transferred} bytes`); // MNIST alone is as much
    if (existsSync('/proc/self/smaps_rollup')) {
      ok((run.memory ?? 0) > 5e7 && (run.settled ?? 0) > 5e7, `${run.memory}, ${run.settled}`);
    }
  });

  it('says what failed where no browser starts', async () => {
    const named = process.env.DIGITS_BROWSER;
    process.env.DIGITS_BROWSER = '/not/there';
    try {
      const { runs, trouble, said } = await measured(1);
      deepEqual(runs, []);
      match(trouble ?? '', /^Expected a browser that can be started/);
      equal(said.length, 1);
    } finally {
      if (named === undefined) delete process.env.DIGITS_BROWSER;
      else process.env.DIGITS_BROWSER = named;
    }
  });
});
