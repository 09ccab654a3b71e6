/** Runs mocha on a tier of tests, for `npm test` and `npm run test:…`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultPromise } from 'execa';
import { parse } from 'yaml';
import type { Tier } from './options.mjs';
import { packageFolder, projectRoot } from './project/paths';
import { onShutdownSignal } from './project/shutdown-signals';

const TIERS: Record<Tier, { timeoutArgs?: string; runs: string[] }> = parse(
  readFileSync(join(__dirname, 'tests.yml'), 'utf8'),
);

/** Runs the tests of a tier, or only the test files in `args`. */
export async function runTests(tier: Tier, args: readonly string[]) {
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const hasFiles = args.some(arg => existsSync(join(projectRoot, arg)));
  const { timeoutArgs = '', runs } = TIERS[tier];
  let firstFailure = 0;
  let isStopped = false;
  let subprocess: ResultPromise | undefined;
  // After the first Ctrl+C, mocha still runs the clean-up hooks.
  onShutdownSignal(signal => {
    isStopped = true;
    subprocess?.kill(signal);
  });
  for (const pattern of hasFiles ? [''] : runs) {
    if (isStopped) break;
    const mochaArgs = `${timeoutArgs} ${pattern}`.split(' ').filter(Boolean);
    subprocess = execa(process.execPath, [mocha, ...mochaArgs, ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
    });
    const { exitCode = 1 } = await subprocess;
    firstFailure ||= exitCode;
  }
  return firstFailure;
}
