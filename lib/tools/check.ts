/** `npm run check`: finds what can be found without running anything. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Listr } from 'listr2';
import { directionFaults } from './direction/direction';
import { packageFolder, projectRoot } from './project/paths';
import { staleness } from './publish/fresh';
import { notebookFolder, sourceNames } from './publish/source';

const projectTsc = join(packageFolder('typescript'), 'bin', 'tsc');
const tslabTsc = join(packageFolder('@tslab/typescript-for-tslab'), 'lib', 'tsc.js');
const biome = join(packageFolder('@biomejs/biome'), 'bin', 'biome');
const kernelOptions = join('lib', 'tools', 'kernel.tsconfig.json');

const checks: Record<string, () => Promise<void>> = {
  'Types, under the TypeScript of the project': () => node(projectTsc, '--noEmit'),
  'Types, under the TypeScript of a stock tslab': () => node(tslabTsc, '--noEmit'),
  'Notebooks, with the options of a stock tslab': () => node(tslabTsc, '--project', kernelOptions),
  'Lint and format': () => node(biome, 'check'),
  'Direction of the imports': async () => {
    const faults = directionFaults(join(projectRoot, 'lib'));
    if (faults.length > 0) throw new Error(faults.join('\n'));
  },
  'Notebooks fresh': async () => {
    const names = await sourceNames();
    const problems = await Promise.all(names.map(name => staleness(notebookFolder, name)));
    if (problems.flat().length > 0) throw new Error(problems.flat().join('\n'));
  },
};

/** Runs a program of Node's in the project's root; what it printed is the error's message. */
async function node(...command: string[]): Promise<void> {
  try {
    await promisify(execFile)(process.execPath, command, { cwd: projectRoot });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(stdout + stderr);
  }
}

async function main(): Promise<void> {
  const failures: string[] = [];
  const tasks = Object.entries(checks).map(([title, check]) => ({
    title,
    task: async () => {
      try {
        await check();
      } catch (error) {
        failures.push(`${title}\n\n${(error as Error).message.trim()}`);
        throw new Error(title);
      }
    },
  }));
  await new Listr(tasks, {
    exitOnError: false,
    renderer: process.stdout.isTTY ? 'default' : 'simple',
  } as never).run();
  if (failures.length > 0) {
    console.error(`\n${failures.join('\n\n')}`);
    process.exitCode = 1;
  }
}

main();
