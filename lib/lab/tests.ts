/** Runs `npm test`, `npm run test:unit` and `npm run test:slow`: mocha on a tier of tests. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from 'command/machine/files';
import { packageFolder, projectRoot } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import type { Options } from 'command/options.mjs';
import { onShutdownSignal } from 'command/processes/shutdown-signals';
import type { ResultPromise } from 'execa';
import { prepare } from './setup/prepare';

const tiers = readYaml<Record<string, string[]>>(join(__dirname, 'tests.yml'));

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

/** Returns mocha's arguments for each run. Files in the arguments of the command replace those of the tier. */
function runsOf({ command, rest }: Options): string[][] {
  const args = rest.filter(arg => arg !== '--long');
  const tier = tiers[args.length < rest.length ? `${command} --long` : command] ?? [];
  if (!args.some(arg => existsSync(join(projectRoot, arg)))) {
    return tier.map(run => [...run.split(' ').flatMap(slowFiles), ...args]);
  }
  return [[...(/^--timeout=\w+/.exec(tier[0] ?? '') ?? []), ...args]];
}

/** Returns the slow test files of a kind of run, and any other argument unchanged. */
function slowFiles(kind: string): string | string[] {
  if (!/^(usual|alone|long)$/.test(kind)) return kind;
  const kindOf = (file: string) =>
    /^\/\/ run: (\w+)$/m.exec(readFileSync(join(projectRoot, file), 'utf8'))?.[1] ?? 'usual';
  return filesBelow(join(projectRoot, 'test'))
    .map(file => `test/${file}`)
    .filter(file => file.endsWith('.slow.ts') && kindOf(file) === kind);
}
