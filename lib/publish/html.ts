/** Exports notebooks as HTML pages that work offline. */
import { resolve } from 'node:path';
import type { Language } from 'digits/language';
import { exportArguments } from 'lab/export/options';
import { runPython } from 'lab/jupyter/jupyter';

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
  await runPython([
    ...['-m', 'nbconvert', '--to', 'html', '--log-level', 'WARN'],
    ...(await exportArguments(template)),
    `--HTMLExporter.language_code=${language}`,
    `--FilesWriter.build_directory=${resolve(folder)}`,
    // nbconvert treats paths as glob patterns: escape special characters with brackets.
    ...notebooks.map(notebook => resolve(notebook).replace(/[*?[]/g, '[$&]')),
  ]);
}
