/** JupyterLab's settings and extensions, on this machine, in the classroom and on the site. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Language } from '../project/language.mjs';
import { projectRoot } from '../project/paths';

/** Holds what lets JupyterLab open the lesson at a stage; its arguments' `extra_labextensions_path`. */
export const labExtensions = join(projectRoot, 'lib', 'tools', 'labextensions');

/** Returns the settings in a language, as JSON. */
export function labSettings(language: Language): string {
  const settings = parse(readFileSync(join(__dirname, 'overrides.yml'), 'utf8'));
  const locale = language === 'zh' ? 'zh_CN' : 'en';
  settings['@jupyterlab/translation-extension:plugin'] = { locale };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
