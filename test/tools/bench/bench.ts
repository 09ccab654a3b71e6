/** Runs `npm run bench` for the tests. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';

const cli = join(projectRoot, 'lib', 'tools', 'bench', 'cli.ts');
const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');

/** Runs it, in English, with these options. */
export const bench = (...args: string[]) =>
  promisify(execFile)(process.execPath, [tsx, cli, '--lang', 'en', ...args], {
    cwd: projectRoot,
    maxBuffer: 2 ** 24,
  });

/** The report that it has left in a file of `build`. */
export const reportIn = <Report>(file: string): Report =>
  JSON.parse(readFileSync(join(projectRoot, 'build', file), 'utf8'));
