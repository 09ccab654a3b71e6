import { join } from 'node:path';
import { filesBelow } from '../../project/files';
import { messages } from '../../project/messages';
import { packageFolder } from '../../project/paths';
import { runLogged } from '../../project/run-logged';
import type { Build } from '../folders';

const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

// TypeDoc works with TypeScript's API, which TypeScript 7 lacks: it takes the TypeScript that the kernel takes.
const HOOKS = moduleOf(`export const resolve = (name, context, next) =>
  next(name === 'typescript' ? 'typescript-api' : name, context)`);
const REGISTRATION = moduleOf(`import { register } from 'node:module'; register("${HOOKS}")`);

/**
 * Writes the reference of the packages that npm has, by TypeDoc's own command. It leaves type errors to
 * `npm run check`.
 */
export async function writeApi({ site }: Build): Promise<string> {
  const to = join(site, 'reference');
  const tsconfig = join(__dirname, '..', 'typedoc.tsconfig.json');
  const typedoc = join(packageFolder('typedoc'), 'bin', 'typedoc');
  const args = ['--import', REGISTRATION, typedoc, '--tsconfig', tsconfig, '--out', to];
  const options = { title: messages().site.steps.api, log: 'site' };
  await runLogged(process.execPath, args, options);
  return messages().site.count(filesBelow(to).length);
}
