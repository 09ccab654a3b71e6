/** `npm test` and its parts: mocha, on the tests of a tier. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultPromise } from 'execa';
import { parse } from 'yaml';
import type { Tier } from './options.mjs';
import { packageFolder, projectRoot } from './project/paths';
import { onShutdownSignal } from './project/shutdown-signals';

const TIERS: Record<Tier, { patience?: string; runs: string[] }> = parse(
  readFileSync(join(__dirname, 'tests.yml'), 'utf8'),
);

/** Runs the tests of a tier, or the files that `args` names in their place. */
export async function runTests(tier: Tier, args: readonly string[]) {
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const named = args.some(arg => existsSync(join(projectRoot, arg)));
  const { patience = '', runs } = TIERS[tier];
  let failed = 0;
  let stopped = false;
  let testing: ResultPromise | undefined;
  // At the first Ctrl+C mocha lets the tests clear up behind them.
  onShutdownSignal(signal => {
    stopped = true;
    testing?.kill(signal);
  });
  for (const run of named ? [''] : runs) {
    if (stopped) break;
    const words = `${patience} ${run}`.split(' ').filter(Boolean);
    testing = execa(process.execPath, [mocha, ...words, ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
    });
    const { exitCode = 1 } = await testing;
    failed ||= exitCode;
  }
  return failed;
}
