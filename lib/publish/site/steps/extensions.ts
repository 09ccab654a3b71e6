import { copyFileSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, sha256, writeWhole } from 'command/machine/files';
import { messages } from 'command/output/messages';
import { browserScript } from 'lab/browser-script';
import { labExtensionScript } from 'lab/settings';
import type { Build } from '../folders';
import { writeKernel } from '../kernel';

/**
 * Builds JupyterLab extensions from the kernel and the page's other parts. Folder names contain a content hash, so
 * pages never mix files of different builds, and unchanged files stay cached.
 */
export async function writeExtensions({ extensions }: Build): Promise<string> {
  await writeKernel(join(extensions, 'digits-kernel'));
  writeWhole(join(extensions, 'digits-lesson', 'static', 'remoteEntry.js'), labExtensionScript());
  const site = join(extensions, 'digits-site', 'static');
  writeWhole(join(site, 'remoteEntry.js'), browserScript(join(__dirname, '../page/index.ts')));
  copyFileSync(require.resolve('plotly.js-cartesian-dist-min'), join(site, 'plotly.js'));
  const names = readdirSync(extensions);
  for (const name of names) {
    const files = join(extensions, name, 'static');
    const digests = filesBelow(files).map(file => file + sha256(readFileSync(join(files, file))));
    renameSync(files, join(extensions, name, sha256(digests.join()).slice(0, 12)));
  }
  return messages().site.count(names.length);
}
