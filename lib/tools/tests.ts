/** `npm test` and its parts: mocha, with the settings of `.mocharc.json`, on the tests of a tier. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultPromise } from 'execa';
import type { Tier } from './options.mjs';
import { packageFolder, projectRoot } from './project/paths';
import { onShutdownSignal } from './project/shutdown-signals';

/** Runs files side by side: a process for each core of a small machine. */
const SIDE_BY_SIDE = ['--parallel', '--jobs', '2'];

/** The time that a test of the last tiers may take, whatever else the machine does. */
const patient = (minutes: number) => ['--timeout', String(minutes * 60_000)];
const PATIENT = patient(20);
const STAYING = patient(60);

const UNIT = 'test/**/*.test.ts';

/**
 * What mocha is run with for each tier, one run after the other. Those files that take longest stand
 * first, so that no core waits for them at the end. Those that end in `alone` want the machine for
 * themselves, or share an installation.
 */
const RUNS: Record<Tier, readonly (readonly string[])[]> = {
  'test:unit': [[...SIDE_BY_SIDE, UNIT]],
  test: [
    [
      ...SIDE_BY_SIDE,
      'test/{notebooks,tools}/**/*.system.ts',
      'test/!(notebooks|tools)/**/*.system.ts',
      UNIT,
    ],
  ],
  'test:slow': [
    [...SIDE_BY_SIDE, ...PATIENT, 'test/**/*.slow.ts'],
    [...PATIENT, 'test/**/*.alone.ts'],
  ],
  'test:long': [[...STAYING, 'test/**/*.long.ts']],
};

/** Runs the tests of a tier, or the files that `args` names in their place. */
export async function runTests(tier: Tier, args: readonly string[]) {
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const named = args.some(arg => existsSync(join(projectRoot, arg)));
  const patience = { 'test:slow': PATIENT, 'test:long': STAYING, 'test:unit': [], test: [] }[tier];
  let failed = 0;
  let stopped = false;
  let testing: ResultPromise | undefined;
  // At the first Ctrl+C mocha lets the tests clear up behind them.
  onShutdownSignal(signal => {
    stopped = true;
    testing?.kill(signal);
  });
  for (const run of named ? [patience] : RUNS[tier]) {
    if (stopped) break;
    testing = execa(process.execPath, [mocha, ...run, ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
    });
    const { exitCode = 1 } = await testing;
    failed ||= exitCode;
  }
  return failed;
}
