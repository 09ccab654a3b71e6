/** The table of the lesson in the browser, as cells: for a terminal and for the README. */
import type { Text } from 'digits/language';
import type { BrowserResult, BrowserRun } from './browser-runs';
import { mb, ms, of, s } from './report-values';

/** The columns, the title's first; the unit comes with each. */
export const BROWSER_COLUMNS: readonly Text[] = [
  { zh: '在浏览器中', en: 'In the browser' },
  { zh: '首个单元格 s', en: 'first cell s' },
  { zh: '内核就绪 s', en: 'kernel idle s' },
  { zh: '运行所有单元格 s', en: 'Run All s' },
  { zh: '每轮 ms', en: 'ms per epoch' },
  { zh: '运行后 MB', en: 'MB after Run All' },
  { zh: '再过 30 s', en: '30 s later' },
  { zh: '传输 MB', en: 'MB transferred' },
];

/** Medians of a browser's runs; a dash for what could not be read. */
export function browserCells({ title, runs }: BrowserResult): string[] {
  const over = (pick: (run: BrowserRun) => number | undefined, show: (value: number) => string) =>
    of(
      runs.flatMap(run => pick(run) ?? []),
      show,
    );
  return [
    title,
    over(({ cell }) => cell, s),
    over(({ kernel }) => kernel, s),
    over(({ runAll }) => runAll, s),
    of(browserEpochs({ runs }), ms),
    over(({ memory }) => memory, mb),
    over(({ settled }) => settled, mb),
    over(({ transferred }) => transferred, tenths),
  ];
}

const tenths = (bytes: number) => (bytes / 1e6).toFixed(1);

/** The epochs of all its runs, in seconds. */
export const browserEpochs = ({ runs }: Pick<BrowserResult, 'runs'>): number[] =>
  runs.flatMap(({ epochs }) => epochs.map(({ seconds }) => seconds));

/** How many openings and epochs others disturbed. */
export const browserDisturbed = ({ runs }: BrowserResult): number =>
  runs.flatMap(run => [run, ...run.epochs]).filter(({ disturbed }) => disturbed).length;
