/** Writes the report as tables for a terminal. */
import { text } from 'digits/language';
import { table } from '../project/text-table';
import type { BrowserResult } from './browser-runs';
import { processMedians, type RowResult, steadySeconds } from './epochs';
import type { LessonResult } from './lesson-runs';
import { machineOf, versionsByRow, versionsText } from './provenance';
import type { Report } from './report';
import { BROWSER_COLUMNS, browserCells, browserDisturbed } from './report-browser';
import { mb, ms, of, s } from './report-values';
import { suspects } from './suspects';
import type { Target } from './targets';

/** Writes the whole report. */
export function describe(report: Report): string {
  const { machine, versions, rows, lesson, exponents, large, growth, targets, troubles } = report;
  const { browser = [] } = report;
  const parts = [
    machineOf(machine),
    [versionsText(versions), ...versionsByRow([...rows, ...browser])].join('\n'),
    rows.length > 0 ? epochTable(rows) : '',
    lesson.length > 0 ? lessonTable(lesson) : '',
    browser.length > 0 ? browserTable(browser) : '',
    growth.length > 0
      ? table(
          [
            text({ zh: '增长', en: 'growth' }),
            '',
            text({ zh: '每轮 ms', en: 'ms per epoch' }),
            'MB',
          ],
          growth.map(p => [p.title, `${p.size} ${p.value}`, ms(p.seconds), mb(p.peak)]),
        )
      : '',
    exponents.length > 0
      ? table(
          [
            text({ zh: '拟合指数', en: 'fitted exponent' }),
            '',
            text({ zh: '时间', en: 'time' }),
            text({ zh: '内存', en: 'memory' }),
          ],
          exponents.map(e => [e.title, e.size, e.seconds.toFixed(2), e.peak.toFixed(2)]),
        )
      : '',
    large.length > 0
      ? table(
          [
            text({ zh: '1024 个神经元，每批 256 个', en: '1,024 units, batches of 256' }),
            text({ zh: '每轮 ms', en: 'ms per epoch' }),
            'MB',
          ],
          large.map(p => [p.title, ms(p.seconds), mb(p.peak)]),
        )
      : '',
    targetTable(targets),
    ...troubles,
    ...suspects(rows).map(({ title }) =>
      text({
        zh: `${title}：验证准确率与其他各行不同，训练的不是同一个问题。`,
        en: `${title}: its validation accuracy differs from that of the others; it is training something else.`,
      }),
    ),
    report.quick ? quickNote() : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

/** Writes the aims, each with what was measured; nothing where there are none. */
export function targetTable(targets: readonly Target[]): string {
  if (targets.length === 0) return '';
  return table(
    [text({ zh: '目标', en: 'target' }), '', text({ zh: '测得', en: 'measured' }), ''],
    targets.map(({ what, bound, ratio, reached }) => [
      text(what),
      'atLeast' in bound ? `≥ ${bound.atLeast}` : `≤ ${bound.atMost}`,
      ratio.toFixed(2),
      reached ? '✔' : '✖',
    ]),
  );
}

export const quickNote = () =>
  text({
    zh: '快速运行：数字只说明一切能运行。',
    en: 'A quick run: its numbers only show that everything works.',
  });

function epochTable(rows: readonly RowResult[]): string {
  const disturbed = (row: RowResult) =>
    row.processes.flatMap(({ first, steady }) => [first, ...steady]).filter(e => e.disturbed)
      .length;
  const value = ({ processes }: RowResult, name: 'loss' | 'val_accuracy') => {
    const values = processes.flatMap(({ logs }) => logs[name] ?? []);
    return of(values, each => each.toFixed(4));
  };
  const body = rows.map(row => [
    row.title,
    ...(row.trouble
      ? [firstLine(row.trouble)]
      : [
          ms(Math.min(...steadySeconds(row))),
          of(steadySeconds(row), ms),
          // A range where its processes do not agree.
          modes(processMedians(row)),
          of(
            row.processes.map(({ first }) => first.seconds),
            ms,
          ),
          of(
            row.processes.flatMap(({ five }) => five ?? []),
            ms,
          ),
          of(
            row.processes.map(({ peak }) => peak),
            mb,
          ),
          value(row, 'loss'),
          value(row, 'val_accuracy'),
          String(disturbed(row)),
        ]),
  ]);
  return table(
    [
      text({ zh: '每轮 ms，含验证', en: 'ms per epoch, with validation' }),
      text({ zh: '最小', en: 'min' }),
      text({ zh: '中位', en: 'median' }),
      text({ zh: '各进程', en: 'by process' }),
      text({ zh: '首轮', en: 'first' }),
      text({ zh: '五轮', en: 'five' }),
      'MB',
      'loss',
      'val_acc',
      text({ zh: '受扰', en: 'disturbed' }),
    ],
    body,
  );
}

const firstLine = (words = '') => words.split('\n', 1)[0] ?? '';

const modes = (medians: readonly number[]) =>
  medians.length > 1 ? `${ms(Math.min(...medians))}–${ms(Math.max(...medians))}` : '–';

function lessonTable(lesson: readonly LessonResult[]): string {
  return table(
    [
      text({ zh: '整课', en: 'the lesson' }),
      text({ zh: '最小 s', en: 'min s' }),
      text({ zh: '中位 s', en: 'median s' }),
      text({ zh: '内核启动 s', en: 'kernel s' }),
      text({ zh: '峰值 MB', en: 'peak MB' }),
      text({ zh: '第二人 PSS MB', en: 'second PSS MB' }),
      text({ zh: '受扰', en: 'disturbed' }),
    ],
    lesson.map(({ title, runs, trouble }) =>
      runs.length === 0
        ? [title, firstLine(trouble)]
        : [
            title,
            s(Math.min(...runs.map(run => run.seconds))),
            of(
              runs.map(run => run.seconds),
              s,
            ),
            of(
              runs.map(run => run.kernel),
              s,
            ),
            of(
              runs.flatMap(({ peak }) => peak ?? []),
              mb,
            ),
            of(
              runs.flatMap(({ secondPss }) => secondPss ?? []),
              mb,
            ),
            String(runs.filter(run => run.disturbed).length),
          ],
    ),
  );
}

function browserTable(browser: readonly BrowserResult[]): string {
  return table(
    [...BROWSER_COLUMNS.map(text), text({ zh: '受扰', en: 'disturbed' })],
    browser.map(result =>
      result.runs.length === 0
        ? [result.title, firstLine(result.trouble)]
        : [...browserCells(result), String(browserDisturbed(result))],
    ),
  );
}
