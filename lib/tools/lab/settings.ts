/** JupyterLab's settings on this machine, in the classroom and on the site. */
import { join } from 'node:path';
import type { Language } from '../project/language.mjs';
import { projectRoot } from '../project/paths';

/** Holds what lets JupyterLab open the lesson at a stage; its arguments' `extra_labextensions_path`. */
export const labExtensions = join(projectRoot, 'lib', 'tools', 'labextensions');

/** Returns settings that a learner's own ones override: no pop-up of news, the menus in the language, code that a small screen shows whole. */
export function labSettings(language: Language): string {
  const settings = {
    '@jupyterlab/apputils-extension:notification': {
      fetchNews: 'false',
      checkForUpdates: false,
    },
    '@jupyterlab/notebook-extension:tracker': { codeCellConfig: { lineWrap: true } },
    '@jupyterlab/translation-extension:plugin': { locale: language === 'zh' ? 'zh_CN' : 'en' },
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
