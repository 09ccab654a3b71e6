/** JupyterLab without a server, and the notebook alone for small screens, in both languages. */
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labSettings } from '../../lab/settings';
import { filesBelow, sha256, writeJson, writeWhole } from '../../project/files';
import { messages, tables } from '../../project/messages';
import { runLogged } from '../../project/run-logged';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../folders';
import chunks from './chunks.json';
import { LiteBuildConfig } from './jupyter_lite_config.json';

const { apps } = LiteBuildConfig;

/** Has JupyterLite build its two programs, takes of that what the site needs, and writes their pages. */
export async function buildJupyterLite(build: Build): Promise<string> {
  const { python, site, lite } = build;
  const config = 'jupyter_lite_config.json';
  copyFileSync(join(__dirname, config), join(lite, config));
  // Its database of what is done comes to lie where it runs.
  const options = { title: messages().site.steps.jupyterLite, log: 'site', cwd: lite };
  await runLogged(python.program('python'), ['-m', 'jupyterlite_core', 'build'], options);
  for (const part of ['api', 'build', 'files', 'service-worker.js']) {
    cpSync(join(lite, '_output', part), join(site, part), {
      recursive: true,
      // Fonts for browsers of long ago.
      filter: file => !/fa-[^/]*\.(svg|eot|ttf|woff)$/.test(file),
    });
  }
  // Of the language pack the rest is for other extensions.
  const pack = join(site, 'api', 'translations', 'zh_CN.json');
  const { jupyterlab, notebook } = readParsed(pack).data;
  writeFileSync(pack, JSON.stringify({ data: { jupyterlab, notebook }, message: '' }));
  // Each language lists its own notebooks and glossary.
  const listings = join(site, 'api', 'contents');
  const all = readParsed(join(listings, 'all.json'));
  for (const language of languages) {
    const content = all.content.filter(({ name }: { name: string }) =>
      name.includes(`.${language}.`),
    );
    writeJson(join(listings, `${language}.json`), { ...all, content });
  }
  writeApps(build, joinChunks(join(site, 'build')));
  return messages().site.count(filesBelow(site).length);
}

const readParsed = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Joins to JupyterLab's core, which all wait for, the chunks that are loaded before a first notebook can be
 * run: of eighty requests, half in a row behind the other half, one is left. And removes the chunks that
 * only Mermaid loads, which draws diagrams. `chunks.json` has their numbers, which stand for their sources.
 *
 * @param folder holds the chunks, and each app's program in a folder by its name.
 * @returns the file of the core, and those of the apps' programs, in their order
 * @throws Error if JupyterLite has another chunk in the place of one.
 */
function joinChunks(folder: string): string[] {
  const names = readdirSync(folder);
  const named = (start: number | string) => {
    const name = names.find(each => each.startsWith(`${start}.`));
    if (!name) throw new Error(`Expected a chunk of JupyterLab with the name ${start}.`);
    return name;
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const write = (name: string, code: string) => {
    const file = name.replace('.js', `.${sha256(code).slice(0, 7)}.js`);
    writeFileSync(join(folder, file), code);
    return file;
  };
  const joined = ['jlab_core', ...chunks.early].map(named);
  const code = joined.map(read).join('\n');
  const programs = apps.map(app => [`${app}/bundle.js`, read(`${app}/bundle.js`)] as const);
  const gone = [...joined, ...chunks.unused.map(named), ...programs.map(([name]) => name)];
  for (const name of gone) rmSync(join(folder, name));
  const core = write('jlab_core.js', code);
  const [old = '', now = ''] = [joined[0], core].map(name => name?.split('.')[1]);
  return [core, ...programs.map(([name, text]) => write(name, text.replaceAll(old, now)))];
}

/**
 * Writes the pages of the programs in each language, which is only another setting. They stand in folders
 * named `lab` and `notebooks`, since JupyterLite reads `?path=` nowhere else.
 */
function writeApps({ site, lite, extensions }: Build, [core, ...programs]: string[]): void {
  const own = (file: string) => readFileSync(join(__dirname, '..', 'page', file), 'utf8');
  const start = browserScript(join(__dirname, '..', 'page', 'start.ts'), { target: 'es2020' });
  const loaded = filesBelow(extensions).filter(file => file.endsWith('/remoteEntry.js'));
  const shared = {
    ...readParsed(join(lite, '_output', 'jupyter-lite.json'))['jupyter-config-data'],
    federated_extensions: loaded.map(file => {
      const [, name, load] = /^(.*?)\/(.*)/.exec(file) ?? [];
      return { name, load, extension: './extension' };
    }),
  };
  for (const [at, app] of apps.entries()) {
    const program = programs[at];
    for (const language of languages) {
      const { site: texts } = tables[language];
      const parts: Record<string, unknown> = { app, language, core, program, ...texts };
      const filled = (text: string) => text.replace(/\{(\w+)\}/g, (_, part) => String(parts[part]));
      const config = parse(filled(own('config.yml')));
      Object.assign(config.settingsOverrides, JSON.parse(labSettings(language)));
      parts.noScripts = texts.noScripts(language);
      parts.head = [
        `<style>\n${own('start.css')}</style>\n<script>${start}</script>`,
        // Otherwise the browser hears of these late.
        ...[`build/${core}`, ...loaded.map(file => `extensions/${file}`), `build/${program}`].map(
          file => `<link rel="preload" href="../../${file}" as="script">`,
        ),
        `<script id="jupyter-config-data" type="application/json">${JSON.stringify({ ...shared, ...config })}</script>`,
      ].join('\n    ');
      writeWhole(
        join(site, language, app, 'index.html'),
        filled(own('app.html')).replace('lang="en"', `lang="${texts.tag}"`),
      );
    }
  }
}
