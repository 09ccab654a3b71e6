import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { labSettings } from '../../lab/settings';
import { filesBelow, writeWhole } from '../../project/files';
import { tables } from '../../project/messages';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../folders';
import { APPS } from './jupyterlite';

/** What JupyterLite's own settings are read from at run time: the pages hold them. */
const SETTINGS = ['jupyter-lite.json', 'jupyter-lite.ipynb', 'config-utils.js', 'bootstrap.js'];

/**
 * The same two programs in each language, which is only another setting. They stand in folders named
 * `lab` and `notebooks`, since JupyterLite reads `?path=` nowhere else.
 */
export async function writeApps({ site, contents }: Build): Promise<string> {
  const [page, config, style] = ['app.html', 'config.yml', 'start.css'].map(file =>
    readFileSync(join(__dirname, '..', 'page', file), 'utf8'),
  ) as [string, string, string];
  const start = browserScript(join(__dirname, '..', 'page', 'start.ts'), { target: 'es2020' });
  const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8'));
  const configOf = (folder: string) =>
    read(site, folder, 'jupyter-lite.json')['jupyter-config-data'];
  const shared = configOf('');
  const extensions: string[] = shared.federated_extensions.map(
    ({ name, load }: Record<string, string>) => `extensions/${name}/${load}`,
  );
  const originals = filesBelow(contents).flatMap(file =>
    file.endsWith('.ipynb') ? [[file, read(contents, file).metadata.digits.original]] : [],
  );
  for (const app of APPS) {
    const [core, program] = filesBelow(join(site, 'build')).filter(file =>
      RegExp(`^(jlab_core|${app}/bundle)\\.`).test(file),
    ) as [string, string];
    for (const language of languages) {
      const { site: texts } = tables[language];
      const parts: Record<string, string> = { app, language, core, program };
      const filled = (text: string) =>
        text.replace(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '');
      Object.assign(parts, texts, { noScripts: texts.noScripts(language) });
      const own = parse(filled(config));
      const settings = {
        ...{ ...shared, ...configOf(app), ...own },
        settingsOverrides: { ...JSON.parse(labSettings(language)), ...own.settingsOverrides },
        digitsOriginals: Object.fromEntries(originals),
      };
      parts.head = [
        `<style>\n${style}</style>\n<script>${start}</script>`,
        // Otherwise the browser hears of these late.
        ...[`build/${core}`, ...extensions, `build/${program}`].map(
          file => `<link rel="preload" href="../../${file}" as="script">`,
        ),
        `<script id="jupyter-config-data" type="application/json">${JSON.stringify(settings)}</script>`,
      ].join('\n    ');
      const html = filled(page).replace('lang="en"', `lang="${texts.tag}"`);
      writeWhole(join(site, language, app, 'index.html'), html);
    }
    rmSync(join(site, app), { recursive: true });
  }
  for (const file of SETTINGS) rmSync(join(site, file));
  return languages.join(', ');
}
