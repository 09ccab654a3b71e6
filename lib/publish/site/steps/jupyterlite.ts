/** Builds JupyterLite's two apps in both languages: JupyterLab, and a single notebook for small screens. */
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { filesBelow, sha256, writeJson, writeWhole } from 'command/machine/files';
import { messages, tables } from 'command/output/messages';
import { runLogged } from 'command/processes/run-logged';
import { browserScript } from 'lab/browser-script';
import { labSettings } from 'lab/settings';
import { parse } from 'yaml';
import { languages } from '../../source';
import type { Build } from '../folders';
import type { AppScript } from '../page/start';
import chunks from './chunks.json';
import { LiteBuildConfig } from './jupyter_lite_config.json';

const { apps } = LiteBuildConfig;

/** Runs JupyterLite's build, copies the needed files, and writes the apps' pages. */
export async function buildJupyterLite(build: Build): Promise<string> {
  const { python, site, lite } = build;
  const config = 'jupyter_lite_config.json';
  copyFileSync(join(__dirname, config), join(lite, config));
  // JupyterLite stores the build database in the working directory.
  const options = { title: messages().site.steps.jupyterLite, log: 'site', cwd: lite };
  await runLogged(python.program('python'), ['-m', 'jupyterlite_core', 'build'], options);
  for (const entry of ['api', 'build', 'files', 'service-worker.js']) {
    cpSync(join(lite, '_output', entry), join(site, entry), {
      recursive: true,
      // Skip fonts for outdated browsers.
      filter: file => !/fa-[^/]*\.(svg|eot|ttf|woff)$/.test(file),
    });
  }
  // Keep only the translations of the bundled extensions.
  const pack = join(site, 'api', 'translations', 'zh_CN.json');
  const { jupyterlab, notebook } = readParsed(pack).data;
  writeFileSync(pack, JSON.stringify({ data: { jupyterlab, notebook }, message: '' }));
  // Each language has a separate listing of notebooks and glossary.
  const listings = join(site, 'api', 'contents');
  const listing = readParsed(join(listings, 'all.json'));
  for (const language of languages) {
    const content = listing.content.filter(({ name }: { name: string }) =>
      name.includes(`.${language}.`),
    );
    writeJson(join(listings, `${language}.json`), { ...listing, content });
  }
  writeApps(build, mergeChunks(join(site, 'build')));
  return messages().site.count(filesBelow(site).length);
}

const readParsed = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * Merges the chunks needed for the first notebook into JupyterLab's core: one request instead of eighty, half of them
 * sequential. Removes chunks used only by Mermaid diagrams. `chunks.json` lists the chunks' numbers, which identify
 * their sources.
 *
 * @param folder contains the chunks, and each app's program in a subfolder
 * @returns the file names of the core and of the apps' programs, in order
 * @throws Error if JupyterLite lacks a chunk
 */
function mergeChunks(folder: string): string[] {
  const names = readdirSync(folder);
  const fileOf = (start: number | string) => {
    const name = names.find(file => file.startsWith(`${start}.`));
    if (!name) throw new Error(`Expected a chunk of JupyterLab with the name ${start}.`);
    return name;
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const write = (name: string, code: string) => {
    const file = name.replace('.js', `.${sha256(code).slice(0, 7)}.js`);
    writeFileSync(join(folder, file), code);
    return file;
  };
  const coreFiles = ['jlab_core', ...chunks.early].map(fileOf);
  const code = coreFiles.map(read).join('\n');
  const programs = apps.map(app => [`${app}/bundle.js`, read(`${app}/bundle.js`)] as const);
  const removed = [...coreFiles, ...chunks.unused.map(fileOf), ...programs.map(([name]) => name)];
  for (const name of removed) rmSync(join(folder, name));
  const core = write('jlab_core.js', code);
  const [oldHash = '', newHash = ''] = [coreFiles[0], core].map(name => name?.split('.')[1]);
  return [core, ...programs.map(([name, text]) => write(name, text.replaceAll(oldHash, newHash)))];
}

/**
 * Writes the apps' pages in each language, which differ only in settings. The folders must be named `lab` and
 * `notebooks`, because JupyterLite reads `?path=` only in these.
 */
function writeApps({ site, lite, extensions }: Build, [core, ...programs]: string[]): void {
  const readTemplate = (file: string) => readFileSync(join(__dirname, '..', 'page', file), 'utf8');
  const start = browserScript(join(__dirname, '..', 'page', 'start.ts'), { target: 'es2020' });
  const dataScript = (id: string, data: object) =>
    `<script id="${id}" type="application/json">${JSON.stringify(data)}</script>`;
  const describe = (path: string): AppScript => {
    const code = readFileSync(join(site, path));
    return { path, size: code.length, bytes: gzipSync(code).length };
  };
  const entries = filesBelow(extensions).filter(file => file.endsWith('/remoteEntry.js'));
  const extensionScripts = entries.map(file => describe(`extensions/${file}`));
  const coreScript = describe(`build/${core}`);
  const shared = {
    ...readParsed(join(lite, '_output', 'jupyter-lite.json'))['jupyter-config-data'],
    federated_extensions: entries.map(file => {
      const [, name, load] = /^(.*?)\/(.*)/.exec(file) ?? [];
      return { name, load, extension: './extension' };
    }),
  };
  for (const [index, app] of apps.entries()) {
    const program = describe(`build/${programs[index]}`);
    for (const language of languages) {
      const { site: texts } = tables[language];
      const parts: Record<string, unknown> = { app, language, ...texts };
      const fillIn = (text: string) => text.replace(/\{(\w+)\}/g, (_, name) => String(parts[name]));
      const config = parse(fillIn(readTemplate('config.yml')));
      Object.assign(config.settingsOverrides, JSON.parse(labSettings(language)));
      parts.noScripts = texts.noScripts(language);
      parts.head = [
        dataScript('digits-scripts', [coreScript, program, ...extensionScripts]),
        `<style>\n${readTemplate('start.css')}</style>\n<script>${start}</script>`,
        dataScript('jupyter-config-data', { ...shared, ...config }),
      ].join('\n    ');
      writeWhole(
        join(site, language, app, 'index.html'),
        fillIn(readTemplate('app.html')).replace('lang="en"', `lang="${texts.tag}"`),
      );
    }
  }
}
