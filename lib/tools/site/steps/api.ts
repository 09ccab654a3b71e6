import { join } from 'node:path';
import { filesBelow } from '../../project/files';
import { messages } from '../../project/messages';
import { runLogged } from '../../project/run-logged';
import type { Build } from '../folders';

/** The reference of the packages that npm has, in a process of its own. */
export async function writeApi({ site }: Build): Promise<string> {
  const to = join(site, 'reference');
  const options = { title: messages().site.steps.api, log: 'site' };
  await runLogged(process.execPath, [join(__dirname, '..', 'typedoc.mjs'), to], options);
  return messages().site.count(filesBelow(to).length);
}
