/** Runs `npm run bench` for the tests. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from '../../../lib/tools/bench/report';
import { projectRoot } from '../../../lib/tools/project/paths';

const cli = join(projectRoot, 'lib', 'tools', 'bench', 'cli.ts');
const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** Runs it with these options; returns what it printed and measured. */
export async function bench(...args: string[]) {
  const options = { cwd: projectRoot, maxBuffer: 2 ** 24 };
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, cli, ...args], options);
  const file = join(projectRoot, 'build', 'bench.json');
  return { stdout, measured: JSON.parse(readFileSync(file, 'utf8')) as Measurement[] };
}
