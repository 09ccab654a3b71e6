import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../project/files';
import chunks from './early-chunks.json';

/**
 * Joins to JupyterLab's core, which all wait for, the chunks that are loaded before a first notebook can be
 * run: of eighty requests, half in a row behind the other half, one is left.
 *
 * @param folder holds the chunks, and each app's program in a folder by its name.
 * @throws Error if JupyterLite has another chunk in the place of one; a test then names those that come early.
 */
export function joinEarlyChunks(folder: string, apps: readonly string[]): void {
  const names = readdirSync(folder);
  const named = (pattern: RegExp) => {
    const name = names.find(each => pattern.test(each));
    if (!name) throw new Error(`Expected a chunk of JupyterLab by the name of ${pattern}.`);
    return name;
  };
  const core = named(/^jlab_core\.\w+\.js$/);
  const joined = [core, ...chunks.map(id => named(new RegExp(`^${id}\\.\\w+\\.js$`)))];
  const code = joined.map(name => readFileSync(join(folder, name), 'utf8')).join('\n');
  for (const name of joined) rmSync(join(folder, name));
  const [, old = ''] = core.split('.');
  const version = sha256(code).slice(0, old.length);
  writeFileSync(join(folder, core.replace(old, version)), code);
  for (const app of apps) {
    const program = join(folder, app, 'bundle.js');
    writeFileSync(program, readFileSync(program, 'utf8').replaceAll(old, version));
  }
}
