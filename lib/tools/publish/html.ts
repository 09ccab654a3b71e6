/** Exports notebooks as HTML pages that work offline. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Language } from 'digits/language';
import { startAllScript } from 'digits/notebook/page-script';
import { transform } from 'esbuild';
import { writeWhole } from '../project/files';
import { runPython } from '../project/jupyter';
import { workFolder } from '../project/paths';

/**
 * Exports executed notebooks of one language as self-contained pages or slides, with interactive Plotly figures:
 * `NAME.ipynb` becomes `NAME.html`. Runs nbconvert once for all, because its startup takes longer than an export.
 */
export async function exportHtml(
  notebooks: readonly string[],
  folder: string,
  language: Language,
  template: 'lesson' | 'slides' = 'lesson',
): Promise<void> {
  const options = {
    ...(await exportOptions(template)),
    'HTMLExporter.language_code': [language],
    'FilesWriter.build_directory': [resolve(folder)],
  };
  await runPython([
    ...['-m', 'nbconvert', '--to', 'html', '--log-level', 'WARN'],
    ...toArguments(options),
    // nbconvert treats paths as glob patterns: escape special characters with brackets.
    ...notebooks.map(notebook => resolve(notebook).replace(/[*?[]/g, '[$&]')),
  ]);
}

/** Returns arguments for `jupyter lab` that apply this template, which includes figures, to its HTML export. */
export async function labExportArguments(): Promise<string[]> {
  return toArguments(await exportOptions('lesson'));
}

async function exportOptions(template: string): Promise<Record<string, string[]>> {
  const templates = join(__dirname, 'template');
  const startAll = join(workFolder, 'build', 'page', 'start-all.js');
  writeWhole(startAll, startAllScript());
  const scripts = [
    await minifiedPlotly(),
    startAll,
    require.resolve('../labextensions/digits-lesson/figures.js'),
    require.resolve('mathjax/es5/tex-svg.js'),
    require.resolve('reveal.js'),
    require.resolve('reveal.js/plugin/notes'),
  ];
  return {
    'HTMLExporter.template_name': [template],
    'TemplateExporter.extra_template_basedirs': [templates],
    // Search paths for templates and scripts.
    'TemplateExporter.extra_template_paths': [templates, ...scripts.map(path => dirname(path))],
  };
}

const toArguments = (options: Record<string, string[]>): string[] =>
  Object.entries(options).flatMap(([name, values]) => values.map(value => `--${name}=${value}`));

/** Minifies Plotly's bundle from 10 to 4 MB, once for all exports. */
async function minifiedPlotly(): Promise<string> {
  const { version } = require('plotly.js-dist/package.json') as { version: string };
  const path = join(workFolder, 'build', `plotly-${version}`, 'plotly.min.js');
  if (existsSync(path)) return path;
  const source = await readFile(require.resolve('plotly.js-dist'), 'utf8');
  const { code } = await transform(source, { minify: true, legalComments: 'inline' });
  writeWhole(path, code);
  return path;
}
