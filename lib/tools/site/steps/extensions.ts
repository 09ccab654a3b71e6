import { copyFileSync, cpSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { labExtensions } from '../../lab/settings';
import { filesBelow, sha256, writeJson, writeWhole } from '../../project/files';
import { messages } from '../../project/messages';
import { browserScript } from '../browser-script';
import type { Build } from '../folders';

/**
 * Makes each folder of files an extension of JupyterLab. They come to lie in a folder named by what they
 * hold, so that a page of one build never meets files of another, and what has not changed need not be
 * fetched again.
 */
export async function gatherExtensions({ extensions }: Build): Promise<string> {
  cpSync(join(labExtensions, 'digits-lesson'), join(extensions, 'digits-lesson'), {
    recursive: true,
  });
  const site = join(extensions, 'digits-site', 'static');
  writeWhole(join(site, 'remoteEntry.js'), browserScript(join(__dirname, '../page/index.ts')));
  copyFileSync(require.resolve('plotly.js-cartesian-dist-min'), join(site, 'plotly.js'));
  const names = readdirSync(extensions);
  for (const name of names) {
    const files = join(extensions, name, 'static');
    const digests = filesBelow(files).map(
      file => `${file} ${sha256(readFileSync(join(files, file)))}`,
    );
    const version = sha256(digests.join('\n')).slice(0, 12);
    renameSync(files, join(extensions, name, version));
    const _build = { load: `${version}/remoteEntry.js`, extension: './extension' };
    writeJson(join(extensions, name, 'package.json'), {
      ...{ name, version: '0.1.0', private: true, license: 'MIT' },
      jupyterlab: { extension: true, _build },
      ...(name === 'digits-kernel' && { jupyterlite: { liteExtension: true } }),
    });
  }
  return messages().site.count(names.length);
}
