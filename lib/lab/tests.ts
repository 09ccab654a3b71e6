/** Runs `npm test` and `npm run test:…`: mocha on a tier of tests. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder, projectRoot } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { onShutdownSignal } from 'command/processes/shutdown-signals';
import type { ResultPromise } from 'execa';
import { parse } from 'yaml';
import { prepare } from './setup/prepare';

const tiers: Record<string, { timeoutArgs?: string; runs: string[] }> = parse(
  readFileSync(join(__dirname, 'tests.yml'), 'utf8'),
);

/** Runs the tests of a tier, or only the test files in the arguments. Returns the exit code. */
export async function main(options: Options): Promise<number> {
  await prepare(options, { extras: ['test', 'classroom', 'site'] });
  const { command, rest: args } = options;
  const { execa } = await import('execa');
  const mocha = join(packageFolder('mocha'), 'bin', 'mocha.js');
  const hasFiles = args.some(arg => existsSync(join(projectRoot, arg)));
  const { timeoutArgs = '', runs = [] } = tiers[command] ?? {};
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
