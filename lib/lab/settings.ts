/** JupyterLab's settings and extensions, shared by the lab, the classroom and the website. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAll } from 'command/machine/files';
import { workFolder } from 'command/machine/paths';
import { readYaml } from 'command/machine/yaml';
import type { Language } from 'command/output/language.mjs';
import { browserScript } from './browser-script';

/** Folder of the sources of the JupyterLab extension. */
export const labExtension = join(__dirname, 'extension');

export const labExtensionScript = (): string =>
  browserScript(join(labExtension, 'index.js'), { loader: { '.css': 'text' } });

/** Returns the files of the JupyterLab extension, by path. `folder` is for `extra_labextensions_path`. */
export const labExtensionFiles = (folder: string): Record<string, string> => ({
  [join(folder, 'digits-lesson', 'package.json')]: readFileSync(
    join(labExtension, 'manifest.json'),
    'utf8',
  ),
  [join(folder, 'digits-lesson', 'static', 'remoteEntry.js')]: labExtensionScript(),
});

/** Writes the JupyterLab extension. Returns the folder for `extra_labextensions_path`. */
export function writeLabExtensions(): string {
  const folder = join(workFolder, 'build', 'setup', 'labextensions');
  writeAll(labExtensionFiles(folder));
  return folder;
}

/** Returns JupyterLab's settings for a language, as JSON. */
export function labSettings(language: Language): string {
  const settings = readYaml<Record<string, object>>(join(__dirname, 'overrides.yml'));
  const locale = language === 'zh' ? 'zh_CN' : 'en';
  settings['@jupyterlab/translation-extension:plugin'] = { locale };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
