import { copyFileSync, cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { labExtensions } from '../../lab/settings';
import { filesBelow, sha256, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import type { Build } from '../folders';
import { writeExtension } from '../kernel';

export async function gatherExtensions({ extensions: folder }: Build): Promise<string> {
  cpSync(join(labExtensions, 'digits-lesson'), join(folder, 'digits-lesson'), { recursive: true });
  const site = join(folder, 'digits-site');
  writeExtension(site, 'digits-site', join(__dirname, '..', 'page', 'index.ts'));
  copyFileSync(require.resolve('plotly.js-cartesian-dist-min'), join(site, 'static', 'plotly.js'));
  const own = readdirSync(folder).filter(name => name.startsWith('digits-'));
  for (const name of own) nameByContent(join(folder, name));
  return messages().site.count(readdirSync(folder).length);
}

/**
 * Puts an extension's files into a folder named by what they hold, so that a page of one build never
 * meets files of another, and what has not changed need not be fetched again.
 */
function nameByContent(folder: string): void {
  const digests = filesBelow(join(folder, 'static')).map(
    file => `${file} ${sha256(readFileSync(join(folder, 'static', file)))}`,
  );
  const name = sha256(digests.join('\n')).slice(0, 12);
  renameSync(join(folder, 'static'), join(folder, name));
  const file = join(folder, 'package.json');
  const description = JSON.parse(readFileSync(file, 'utf8'));
  const { _build } = description.jupyterlab;
  _build.load = _build.load.replace(/^static\//, `${name}/`);
  writeJson(file, description);
}
