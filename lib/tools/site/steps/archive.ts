import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messages } from '../../project/messages';
import { runLogged } from '../../project/run-logged';
import type { Build } from '../build-folders';

/** The whole site in one file beside its index, which offers it: for whoever wants to serve it without building it. */
const ARCHIVE = 'digits.zip';

/** Packs the site with Python, since Node has nothing for it. */
export async function writeArchive({ site, work, python }: Build): Promise<string> {
  const file = join(work, ARCHIVE);
  const options = { title: messages().site.steps.archive, log: 'site' };
  await runLogged(python.program('python'), ['-m', 'zipfile', '-c', file, site], options);
  renameSync(file, join(site, ARCHIVE));
  return `${(statSync(join(site, ARCHIVE)).size / 1e6).toFixed(1)} MB`;
}
