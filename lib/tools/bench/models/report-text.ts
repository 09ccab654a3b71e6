/** Writes the report on the models as tables for a terminal. */
import { text } from 'digits/language';
import { table } from '../../project/text-table';
import { machineOf, versionsByRow, versionsText } from '../provenance';
import { quickNote, targetTable } from '../report-text';
import { notesOf, tablesOf } from './cells';
import type { ModelReport } from './report';

export function describeModels(report: ModelReport): string {
  const { machine, versions, models, targets, suspects } = report;
  const rows = models.flatMap(model => model.rows);
  const disturbed = rows
    .flatMap(({ processes }) => processes.flatMap(({ first, steady }) => [first, ...steady]))
    .filter(epoch => epoch.disturbed).length;
  return [
    machineOf(machine),
    [versionsText(versions), ...versionsByRow(rows)].join('\n'),
    ...tablesOf(models).map(({ title, columns, rows: body }) =>
      table(
        [text(title), ...columns],
        body.map(row => [row.title, ...row.cells]),
      ),
    ),
    targetTable(targets),
    notesOf(models).join('\n'),
    ...suspects.map(suspect =>
      text({
        zh: `${suspect}：损失与其他各行不同，训练的不是同一个问题。`,
        en: `${suspect}: its loss differs from that of the others; it is training something else.`,
      }),
    ),
    disturbed > 0 ? text({ zh: `受扰：${disturbed}`, en: `disturbed: ${disturbed}` }) : '',
    report.quick ? quickNote() : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}
