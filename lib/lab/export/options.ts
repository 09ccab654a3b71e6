/** Templates and scripts of exported pages and slides: options of nbconvert, and of JupyterLab's export menu. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeWhole } from 'command/machine/files';
import { workFolder } from 'command/machine/paths';
import { startAllScript } from 'digits/notebook/page-script';
import { transform } from 'esbuild';

/**
 * Returns command-line arguments for nbconvert, or for JupyterLab and its HTML export, that apply a template, which
 * includes figures.
 */
export async function exportArguments(template: 'lesson' | 'slides'): Promise<string[]> {
  const startAll = join(workFolder, 'build', 'page', 'start-all.js');
  writeWhole(startAll, startAllScript());
  const scripts = [
    await minifiedPlotly(),
    startAll,
    require.resolve('../extension/figures.js'),
    require.resolve('mathjax/es5/tex-svg.js'),
    require.resolve('reveal.js'),
    require.resolve('reveal.js/plugin/notes'),
  ];
  const searchPaths = [__dirname, ...scripts.map(path => dirname(path))];
  return [
    `--HTMLExporter.template_name=${template}`,
    '--SlidesExporter.template_name=slides', // a kind of HTMLExporter, in JupyterLab's export menu
    `--TemplateExporter.extra_template_basedirs=${__dirname}`,
    ...searchPaths.map(path => `--TemplateExporter.extra_template_paths=${path}`),
  ];
}

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
