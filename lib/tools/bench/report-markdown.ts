/** The tables of the benchmark's README, in Markdown. */
import { groupedIn } from 'digits/format';
import type { Language } from 'digits/language';
import { markdown } from '../project/text-table';
import { finishedRows, processMedians, type RowResult, steadySeconds } from './epochs';
import type { Exponents } from './growth';
import type { LessonResult } from './lesson-runs';
import { machineOf, versionsByRow, versionsText } from './provenance';
import { type Report, trainingSamples } from './report';
import { BROWSER_COLUMNS, browserCells } from './report-browser';
import { mb, ms, of, s } from './report-values';
import { median } from './statistics';

/** A row's processes that lie further apart than this are shown as a range. */
const APART = 1.2;

/** Writes all tables: epochs, the lesson, the browser, growth, the large problem. */
export function markdownOf(report: Report, language: Language): string {
  const { rows, lesson, exponents, large, machine, date, samples, batch, versions } = report;
  const browser = report.browser?.filter(({ runs }) => runs.length > 0) ?? [];
  const t = (en: string, zh: string) => ({ en, zh })[language];
  const trained = groupedIn(language, trainingSamples(samples));
  const measured = finishedRows(rows);
  const own = measured.find(({ name }) => name === 'native');
  const ran = lesson.filter(({ runs }) => runs.length > 0);
  const where = `${machineOf(machine)}, ${date.slice(0, 10)}`;
  return [
    t(
      `Medians of one run: ${trained} samples in batches of ${batch}, validation included, on ${where}. Where the processes of a row disagree, the table gives a range:`,
      `同一次运行的中位数：${trained} 个样本，每批 ${batch} 个，含验证；${where}。同一行的各个进程结果不一致时，给出范围：`,
    ),
    markdown(
      [
        '',
        t('ms per epoch', '每轮 ms'),
        t('times ours', '与本项目之比'),
        t('first epoch', '首轮'),
        t('five epochs', '五轮'),
        t('peak MB', '峰值 MB'),
      ],
      measured.map(row => epochCells(row, own)),
    ),
    markdown(
      [
        t('Kernel start to last cell', '从内核启动到最后一个单元格'),
        's',
        t('kernel s', '内核启动 s'),
        t('peak RSS, MB', '峰值 RSS，MB'),
        t("second learner's PSS, MB", '第二名学生的 PSS，MB'),
      ],
      ran.map(lessonCells),
    ),
    markdown(
      BROWSER_COLUMNS.map(each => each[language]),
      browser.map(browserCells),
    ),
    `<details><summary>${t('Growth, a large problem, versions', '增长、大问题、版本')}</summary>`,
    markdown(
      [
        t('Fitted exponents of time, peak memory', '时间、内存峰值的拟合指数'),
        t('samples', '样本数'),
        t('units', '神经元数'),
        t('batch size', '批次大小'),
      ],
      exponentRows(exponents),
    ),
    markdown(
      [
        t('1,024 units, batches of 256', '1024 个神经元，每批 256 个'),
        t('ms per epoch', '每轮 ms'),
        t('peak MB', '峰值 MB'),
      ],
      large.map(({ title, seconds, peak }) => [title, ms(seconds), mb(peak)]),
    ),
    [versionsText(versions), ...versionsByRow([...measured, ...browser])]
      .map(line => `- ${line}`)
      .join('\n'),
    '</details>',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function epochCells(row: RowResult, own: RowResult | undefined): string[] {
  const { title, processes } = row;
  const unit = own && median(steadySeconds(own));
  const medians = processMedians(row);
  const [low, high] = [Math.min(...medians), Math.max(...medians)];
  const values = high > APART * low ? [low, high] : [median(steadySeconds(row))];
  const ranged = (show: (value: number) => string) => values.map(show).join('–');
  return [
    row === own ? `**${title}**` : title,
    ranged(ms),
    row === own ? '1' : unit ? ranged(value => (value / unit).toFixed(1)) : '–',
    of(
      processes.map(({ first }) => first.seconds),
      ms,
    ),
    of(
      processes.flatMap(({ five }) => five ?? []),
      ms,
    ),
    of(
      processes.map(({ peak }) => peak),
      mb,
    ),
  ];
}

function lessonCells({ title, runs }: LessonResult): string[] {
  const over = (pick: (run: LessonResult['runs'][number]) => number | undefined, show = s) =>
    of(
      runs.flatMap(run => pick(run) ?? []),
      show,
    );
  return [
    title,
    over(({ seconds }) => seconds),
    over(({ kernel }) => kernel),
    over(({ peak }) => peak, mb),
    over(({ secondPss }) => secondPss, mb),
  ];
}

/** Makes a row for each program that was measured, with a cell for each size. */
function exponentRows(exponents: readonly Exponents[]): string[][] {
  const cell = (name: string, size: Exponents['size']) => {
    const found = exponents.find(each => each.name === name && each.size === size);
    return found ? `${found.seconds.toFixed(2)}, ${found.peak.toFixed(2)}` : '–';
  };
  const titles = new Map(exponents.map(({ name, title }) => [name, title]));
  return [...titles].map(([name, title]) => [
    title,
    ...(['samples', 'units', 'batch'] as const).map(size => cell(name, size)),
  ]);
}
