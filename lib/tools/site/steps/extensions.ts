import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { labExtensions } from '../../lab/settings';
import { filesBelow, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import type { Build } from '../build-folders';
import { writeExtension } from '../kernel';

export async function gatherExtensions({ extensions: folder, python }: Build): Promise<string> {
  const installed = join(python.prefix, 'share', 'jupyter', 'labextensions');
  const filter = (path: string) => !path.endsWith('.map');
  for (const extension of [
    join(installed, 'jupyterlab-plotly'),
    join(labExtensions, 'digits-lesson'),
  ])
    cpSync(extension, join(folder, basename(extension)), { recursive: true, filter });
  const page = join(__dirname, '..', 'page', 'index.ts');
  writeExtension(join(folder, 'digits-site'), 'digits-site', page);
  const own = readdirSync(folder).filter(name => name.startsWith('digits-'));
  for (const name of own) nameByContent(join(folder, name));
  return messages().site.count(readdirSync(folder).length);
}

/**
 * Puts an extension's files into a folder named by what they hold, so that a page of one build never
 * meets files of another, and what has not changed need not be fetched again.
 */
function nameByContent(folder: string): void {
  const digest = createHash('sha256');
  for (const file of filesBelow(join(folder, 'static'))) {
    digest.update(`${file}\0`).update(readFileSync(join(folder, 'static', file)));
  }
  const name = digest.digest('hex').slice(0, 12);
  renameSync(join(folder, 'static'), join(folder, name));
  const file = join(folder, 'package.json');
  const description = JSON.parse(readFileSync(file, 'utf8'));
  const { _build } = description.jupyterlab;
  _build.load = _build.load.replace(/^static\//, `${name}/`);
  writeJson(file, description);
}
