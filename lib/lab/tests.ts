/** Runs `npm test`, `npm run test:unit` and `npm run test:slow`: mocha on a tier of tests. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from 'command/machine/files';
import { packageFolder, projectRoot } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { onShutdownSignal } from 'command/processes/shutdown-signals';
import type { ResultPromise } from 'execa';
import { prepare } from './setup/prepare';

const PARALLEL = ['--parallel', '--jobs=2'];

/** Patterns of test files. The slowest tests come first, so all cores stay busy until the end. */
const TIERS: Readonly<Record<string, readonly string[]>> = {
  'test:unit': ['test/**/*.test.ts'],
  test: [
    'test/{notebooks,lab,publish,class}/**/*.system.ts',
    'test/!(notebooks|lab|publish|class)/**/*.system.ts',
    'test/**/*.test.ts',
  ],
};

/** Runs the tests of a tier, or only the test files in the arguments. Returns the exit code. */
export async function main(options: Options): Promise<number> {
  await prepare(options, { extras: ['test', 'classroom', 'site'] });
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  let firstFailure = 0;
  let isStopped = false;
  let subprocess: ResultPromise | undefined;
  // After the first Ctrl+C, mocha still runs the clean-up hooks.
  onShutdownSignal(signal => {
    isStopped = true;
    subprocess?.kill(signal);
  });
  for (const args of runsOf(options)) {
    if (isStopped) break;
    subprocess = execa(process.execPath, [mocha, ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      reject: false,
    });
    const { exitCode = 1 } = await subprocess;
    firstFailure ||= exitCode;
  }
  return firstFailure;
}

/** Returns mocha's arguments for each run, with the settings of `.mocharc.json`. */
function runsOf({ command, rest }: Options): string[][] {
  const isLong = rest.includes('--long');
  const args = rest.filter(arg => arg !== '--long');
  const patterns = TIERS[command];
  const timeout = patterns ? [] : [`--timeout=${isLong ? 60 : 20}m`];
  if (args.some(arg => existsSync(join(projectRoot, arg)))) return [[...timeout, ...args]];
  if (patterns) return [[...PARALLEL, ...patterns, ...args]];
  const files = filesBelow(join(projectRoot, 'test')).filter(file => file.endsWith('.slow.ts'));
  const filesOf = (run: string) =>
    files.map(file => `test/${file}`).filter(file => runOf(file) === run);
  const lists = isLong ? [filesOf('long')] : [[...PARALLEL, ...filesOf('usual')], filesOf('alone')];
  return lists.map(list => [...timeout, ...list, ...args]);
}

/**
 * Returns the run of a slow test file. A line `// run: alone` in the file asks for the whole machine, or for an
 * installation that no other test uses; `// run: long` leaves the file to `--long`.
 */
function runOf(file: string): string {
  const text = readFileSync(join(projectRoot, file), 'utf8');
  return /^\/\/ run: (alone|long)$/m.exec(text)?.[1] ?? 'usual';
}
