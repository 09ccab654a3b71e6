/** `npm test` and its parts: mocha, with the settings of `.mocharc.json`, on the tests of a tier. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from './options.mjs';
import { packageFolder, projectRoot } from './project/paths';

const UNIT = 'test/**/*.test.ts';

/** The files of each tier; those that take longest stand first, so that no core waits for them at the end. */
const FILES: Record<Tier, readonly string[]> = {
  'test:unit': [UNIT],
  test: ['test/{notebooks,tools}/**/*.system.ts', 'test/!(notebooks|tools)/**/*.system.ts', UNIT],
  'test:slow': ['test/**/*.slow.ts'],
};

/** Files side by side: a process for each core of a small machine. The slow tests want it for themselves. */
const SIDE_BY_SIDE = ['--parallel', '--jobs', '2'];

/**
 * Runs the tests of a tier, or the files that `args` names in their place.
 *
 * @param args for mocha.
 * @returns the exit code.
 */
export async function runTests(tier: Tier, args: readonly string[]) {
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const named = args.some(arg => existsSync(join(projectRoot, arg)));
  const parallel = named || tier === 'test:slow' ? [] : SIDE_BY_SIDE;
  const files = named ? [] : FILES[tier];
  const { exitCode } = await execa(process.execPath, [mocha, ...parallel, ...args, ...files], {
    cwd: projectRoot,
    stdio: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}
