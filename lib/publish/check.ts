/**
 * Runs `npm run check -- [--fix] [NAME …]`: all static checks in parallel, or only the named checks. Prints each
 * result as soon as available. `--fix` first formats all files and applies the linter's fixes.
 */
import { join } from 'node:path';
import { packageFolder, projectRoot } from 'command/machine/paths';
import type { Options } from 'command/options.mjs';
import { Failure } from 'command/output/failure.mjs';
import { findProblems } from './check-stale';
import { notebookFolder, sourceNames } from './source';

const projectTsc = join(packageFolder('typescript'), 'bin', 'tsc');
const tslabTsc = join(packageFolder('@tslab/typescript-for-tslab'), 'lib', 'tsc.js');
const biome = join(packageFolder('@biomejs/biome'), 'bin', 'biome');

const FIX = '--fix';

/** The checks by name. `run` returns the problems found. */
const CHECKS: Record<string, { readonly subject: string; run(root: string): Promise<string[]> }> = {
  types: {
    subject: 'types, under the TypeScript of the project',
    run: root => node(root, projectTsc, '--noEmit'),
  },
  tslab: {
    subject:
      'the notebooks and what they import, under the TypeScript and options of a stock tslab',
    run: root => node(root, tslabTsc, '--project', join('lib', 'publish', 'kernel.tsconfig.json')),
  },
  lint: {
    subject: 'lint, format and the direction of the imports',
    run: root => node(root, biome, 'check'),
  },
  notebooks: {
    subject: 'whether the saved notebooks are what their sources make',
    run: async () => {
      const names = await sourceNames();
      return (await Promise.all(names.map(name => findProblems(notebookFolder, name)))).flat();
    },
  },
};

/** Runs a Node script in a folder. Returns the output of a failed script. */
async function node(cwd: string, ...command: string[]): Promise<string[]> {
  const { execa } = await import('execa');
  const options = { cwd, all: true, reject: false } as const;
  const { failed, all } = await execa(process.execPath, command, options);
  return failed ? [all.trim()] : [];
}

export async function main(
  { rest: args }: Pick<Options, 'rest'>,
  root = projectRoot,
): Promise<void> {
  const names = args.filter(arg => arg !== FIX);
  const unknown = names.find(name => !(name in CHECKS));
  if (unknown !== undefined) {
    const known = Object.keys(CHECKS).join(', ');
    throw new Failure(`Expected the name of a check (${known}) or ${FIX} but found "${unknown}".`);
  }
  // Without a preceding --, npm consumes the option itself.
  const fixes = names.length < args.length || process.env.npm_config_fix === 'true';
  if (fixes) await node(root, biome, 'check', '--write');
  await Promise.all(
    Object.entries(CHECKS).map(async ([name, { subject, run }]) => {
      if (names.length > 0 && !names.includes(name)) return;
      const start = performance.now();
      const problems = await run(root).catch((error: Error) => [error.message]);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${problems.length > 0 ? '✖' : '✔'} ${name}: ${subject} [${seconds} s]`);
      if (problems.length === 0) return;
      console.error(`\n${problems.join('\n')}\n`);
      process.exitCode = 1;
    }),
  );
}
