/** JupyterLab's settings and extensions, shared by the lab, the classroom and the website. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../project/language.mjs';
import { projectRoot } from '../project/paths';

/** Folder of the JupyterLab extensions, for `extra_labextensions_path`. */
export const labExtensions = join(projectRoot, 'lib', 'tools', 'labextensions');

/** Returns JupyterLab's settings for a language, as JSON. */
export function labSettings(language: Language): string {
  const settings = parse(readFileSync(join(__dirname, 'overrides.yml'), 'utf8'));
  const locale = language === 'zh' ? 'zh_CN' : 'en';
  settings['@jupyterlab/translation-extension:plugin'] = { locale };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
