/** `npm test` and its parts: mocha, with the settings of `.mocharc.json`, on the tests of a tier. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from './options.mjs';
import { packageFolder, projectRoot } from './project/paths';

/** Runs files side by side: a process for each core of a small machine. */
const SIDE_BY_SIDE = ['--parallel', '--jobs', '2'];

interface Run {
  readonly files: readonly string[];
  readonly flags: readonly string[];
}

/** The time that a test of the slow tier may take, whatever else the machine does. */
const PATIENT = ['--timeout', '1200000'];

const UNIT = 'test/**/*.test.ts';

/**
 * The files of each tier; those that take longest stand first, so that no core waits for them at the
 * end. Those that end in `alone` want the machine for themselves, or share an installation.
 */
const RUNS: Record<Tier, readonly Run[]> = {
  'test:unit': [{ files: [UNIT], flags: SIDE_BY_SIDE }],
  test: [
    {
      files: [
        'test/{notebooks,tools}/**/*.system.ts',
        'test/!(notebooks|tools)/**/*.system.ts',
        UNIT,
      ],
      flags: SIDE_BY_SIDE,
    },
  ],
  'test:slow': [
    { files: ['test/**/*.slow.ts'], flags: [...SIDE_BY_SIDE, ...PATIENT] },
    { files: ['test/**/*.alone.ts'], flags: PATIENT },
  ],
};

/** Runs the tests of a tier, or the files that `args` names in their place. */
export async function runTests(tier: Tier, args: readonly string[]) {
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const named = args.some(arg => existsSync(join(projectRoot, arg)));
  let failed = 0;
  const alone = { files: [], flags: tier === 'test:slow' ? PATIENT : [] };
  for (const { files, flags } of named ? [alone] : RUNS[tier]) {
    const { exitCode = 1 } = await execa(process.execPath, [mocha, ...flags, ...args, ...files], {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
    });
    failed ||= exitCode;
  }
  return failed;
}
