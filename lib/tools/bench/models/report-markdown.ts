/** The tables of the models for a README, in Markdown and in English. */

import { markdown } from '../../project/text-table';
import { firstSeconds, steadySeconds } from '../epochs';
import { machineOf, versionsByRow, versionsText } from '../provenance';
import { median } from '../statistics';
import { type ModelTable, notesOf, tablesOf } from './cells';
import type { ModelReport } from './report';
import { ratioOf } from './targets';

export function modelsMarkdown({ models, machine, date, versions }: ModelReport): string {
  const [steady, first, memory] = tablesOf(models) as [ModelTable, ModelTable, ModelTable];
  const rows = models.flatMap(model => model.rows);
  const gain = (engine: string, of: typeof steadySeconds) => {
    const which = { own: engine, stock: `stock-${engine}`, of };
    const ratios = models.flatMap(model => ratioOf(model, which) ?? []);
    if (ratios.length === 0) return '–';
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
    return `${least.toFixed(1)}–${most.toFixed(1)} (median ${median(ratios).toFixed(1)})`;
  };
  const notes = notesOf(models);
  return [
    `Milliseconds per epoch, medians of one run, on ${machineOf(machine)}, ${date.slice(0, 10)}. Compare within a row; the fastest is bold:`,
    markdownOf(steady, 'An epoch'),
    'The first epoch, with all that comes before it: recording, compiling, loading.',
    markdownOf(first, 'The first epoch'),
    markdown(
      ['Times as fast as stock TensorFlow.js', 'an epoch', 'the first epoch'],
      [
        ['native', gain('native', steadySeconds), gain('native', firstSeconds)],
        ['WebAssembly', gain('wasm', steadySeconds), gain('wasm', firstSeconds)],
      ],
    ),
    notes.length > 0 ? notes.map(note => `- ${note}`).join('\n') : '',
    '<details><summary>Memory, sizes, versions</summary>',
    markdownOf(memory, 'Peak MB'),
    markdown(
      ['Model', 'for short', 'samples an epoch', 'batch'],
      models.map(({ title, name, samples, batchSize }) => [
        ...[title, name, `${samples}`, `${batchSize}`],
      ]),
    ),
    [versionsText(versions), ...versionsByRow(rows)].map(line => `- ${line}`).join('\n'),
    '</details>',
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Writes a table, the best cell of each row in bold. */
const markdownOf = ({ columns, rows }: ModelTable, corner: string) =>
  markdown(
    [corner, ...columns],
    rows.map(({ title, cells, best }) => [
      title,
      ...cells.map((cell, i) => (i === best && cell !== '–' ? `**${cell}**` : cell)),
    ]),
  );
