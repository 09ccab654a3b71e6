import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from 'digits/language';
import { labSettings } from '../../lab/settings';
import { readJson, writeJson, writeWhole } from '../../project/files';
import { tables } from '../../project/messages';
import { languages } from '../../publish/source';
import { browserScript } from '../browser-script';
import type { Build } from '../build-folders';
import { APPS, SWITCHED_OFF } from './jupyterlite';

type App = (typeof APPS)[number];

/**
 * The same two programs in each language, which is only another setting. They stand in folders named
 * `lab` and `notebooks`, since JupyterLite reads `?path=` nowhere else.
 */
export async function writeApps({ site }: Build): Promise<string> {
  const early = configure(site);
  // JupyterLite asks for these three files in each folder from the root down to the app.
  const write = (folder: string, page: string, settings: object) => {
    writeWhole(join(site, folder, 'index.html'), page);
    writeJson(join(site, folder, 'jupyter-lite.json'), settings);
    writeJson(join(site, folder, 'jupyter-lite.ipynb'), { metadata: { 'jupyter-lite': {} } });
  };
  for (const language of languages) write(language, doorPage(language), {});
  for (const app of APPS) {
    const html = readFileSync(join(site, app, 'index.html'), 'utf8');
    const settings = readJson<LiteJson>(join(site, app, 'jupyter-lite.json'));
    for (const language of languages) {
      const page = appPage(html, language, early);
      write(join(language, app), page, appSettings(settings, app, language));
    }
    rmSync(join(site, app), { recursive: true });
  }
  return languages.join(', ');
}

const UNTRACKED = ['complete_request', 'inspect_request', 'is_complete_request'];

interface LiteJson {
  'jupyter-lite-schema-version': 0;
  'jupyter-config-data': Record<string, unknown>;
}

/** Writes the settings of the whole site. Returns the programs that every page of an app begins with. */
function configure(site: string): string[] {
  const file = join(site, 'jupyter-lite.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as LiteJson;
  Object.assign(json['jupyter-config-data'], {
    defaultKernelName: 'tslab',
    exposeAppInBrowser: true,
    disabledExtensions: SWITCHED_OFF,
    // These are answered while a cell computes: the kernel is busy nevertheless.
    untracked_message_types: UNTRACKED,
  });
  writeJson(file, json);
  const extensions = json['jupyter-config-data'].federated_extensions;
  return [
    ...readdirSync(join(site, 'build')).flatMap(name =>
      /^jlab_core\.\w+\.js$/.test(name) ? [`build/${name}`] : [],
    ),
    ...(extensions as { name: string; load: string }[]).map(
      ({ name, load }) => `extensions/${name}/${load}`,
    ),
  ];
}

function appSettings(settings: LiteJson | undefined, app: App, language: Language): LiteJson {
  return {
    'jupyter-lite-schema-version': 0,
    'jupyter-config-data': {
      ...settings?.['jupyter-config-data'],
      appName: tables[language].site.name,
      appUrl: `/${language}/${app}`,
      settingsUrl: '../../build/schemas',
      themesUrl: './build/themes',
      fullStaticUrl: '../../build',
      faviconUrl: '../../favicon.svg',
      showLoadingIndicator: true,
      contentsAllJsonFile: `${language}.json`,
      // What is open is remembered for each language by itself.
      workspacesStorageName: `digits ${language}`,
      settingsOverrides: {
        ...JSON.parse(labSettings(language)),
        '@jupyterlab/docmanager-extension:plugin': {
          defaultViewers: { markdown: 'Markdown Preview' },
        },
        // TypeScript may have to be loaded first.
        '@jupyterlab/completer-extension:manager': { providerTimeout: 5000 },
        '@jupyterlab/apputils-extension:themes': { 'adaptive-theme': true },
      },
    },
  };
}

/** Makes JupyterLite's page of an app that of a language, two folders below the site. */
function appPage(html: string, language: Language, early: readonly string[]): string {
  const page = join(__dirname, '..', 'page');
  const start = browserScript(join(page, 'start.ts'), { target: 'es2020' });
  const style = readFileSync(join(page, 'start.css'), 'utf8');
  // Otherwise the browser hears of them only after three answers that wait for each other.
  const preloads = early.map(file => `<link rel="preload" href="../../${file}" as="script">`);
  // The core holds chunks for which the program would otherwise ask one by one, at addresses that are no more.
  const core = early.find(file => file.includes('jlab_core'));
  const afterCore = `await new Promise(go =>
          document.head.append(Object.assign(document.createElement('script'), {
            ...{ src: '../../${core}', onload: go, onerror: go },
          })),
        );`;
  const settings = ['', '../', '../../'].flatMap(folder =>
    ['json', 'ipynb'].map(ending => `${folder}jupyter-lite.${ending}`),
  );
  preloads.push(
    ...settings.map(file => `<link rel="preload" href="${file}" as="fetch" crossorigin>`),
  );
  const changes: [RegExp, string][] = [
    [/await import\(/, `${afterCore}\n        await import(`],
    [/<html>/, `<html lang="${tables[language].site.tag}">`],
    [/<title>.*?<\/title>/, `<title>${tables[language].site.name}</title>`],
    [
      /<meta name="Description"[^>]*>/,
      [`<style>\n${style}</style>`, `<script>${start}</script>`, ...preloads].join('\n    '),
    ],
    [/\s*<link rel="manifest"[^>]*>/, ''],
    [/href="\.\.\/build/, 'href="../../build'],
    [/'\.\.\/config-utils/, "'../../config-utils"],
    [/data-jupyter-lite-root="\.\."/, 'data-jupyter-lite-root="../.."'],
    [/Loading JupyterLite\.\.\./, tables[language].site.loading],
    [
      /JupyterLite requires JavaScript to be enabled in your browser\./,
      tables[language].site.noScripts(language),
    ],
  ];
  return changes.reduce((text, [pattern, by]) => {
    if (!pattern.test(text)) throw new Error(`Expected ${pattern} in JupyterLite's index.html.`);
    return text.replace(pattern, () => by);
  }, html);
}

/** The page of a language's folder leads on to its lesson; JupyterLite reads its settings there, too. */
function doorPage(language: Language): string {
  const { tag, name, open } = tables[language].site;
  const parts = { name, open, lesson: `lab/index.html?path=lesson.${language}.ipynb` };
  const page = readFileSync(join(__dirname, '..', 'index', 'door.html'), 'utf8');
  return page
    .replace('zh-CN', tag)
    .replace(/\{(\w+)\}/g, (_, part: keyof typeof parts) => parts[part]);
}
