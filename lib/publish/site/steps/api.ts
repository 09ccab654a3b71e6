import { join } from 'node:path';
import { filesBelow } from 'command/machine/files';
import { packageFolder } from 'command/machine/paths';
import { messages } from 'command/output/messages';
import { runLogged } from 'command/processes/run-logged';
import type { Build } from '../folders';

const moduleOf = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

// TypeDoc needs TypeScript's API, which TypeScript 7 lacks: resolve the kernel's TypeScript instead.
const HOOKS = moduleOf(`export const resolve = (name, context, next) =>
  next(name === 'typescript' ? 'typescript-api' : name, context)`);
const REGISTRATION = moduleOf(`import { register } from 'node:module'; register("${HOOKS}")`);

/** Writes the API reference of the npm packages with TypeDoc. `npm run check` reports type errors. */
export async function writeApi({ site }: Build): Promise<string> {
  const output = join(site, 'reference');
  const tsconfig = join(__dirname, '..', 'typedoc.tsconfig.json');
  const typedoc = join(packageFolder('typedoc'), 'bin', 'typedoc');
  const args = ['--import', REGISTRATION, typedoc, '--tsconfig', tsconfig, '--out', output];
  const options = { title: messages().site.steps.api, log: 'site' };
  await runLogged(process.execPath, args, options);
  return messages().site.count(filesBelow(output).length);
}
