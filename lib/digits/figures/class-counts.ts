import { grouped } from '../format';
import { DIGITS, type Given, readClasses } from '../input/given';
import { messages } from '../language';
import { axisPair } from './axes';
import { bars } from './bars';
import { COLORS } from './colors';
import { type Figure, figure } from './figure';
import { lossScale, marks } from './scale';

/**
 * Shows the number of samples of each digit, for training and test.
 *
 * @param training labels, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param test labels in the same formats.
 * @example
 * classCounts(yTrain, yTest).data.length; // 2
 */
export function classCounts(training: Given, test: Given): Figure {
  const texts = messages().figures.classCounts;
  const sets = [
    { name: texts.training, counts: countsOf(training), color: COLORS.blue },
    { name: texts.test, counts: countsOf(test), color: COLORS.purple },
  ];
  const most = Math.max(1, ...sets.flatMap(({ counts }) => counts));
  // Leaves space for the number above the highest bar.
  const [to, { step }] = [1.25 * most, lossScale([most])];
  const ticks = marks({ from: 0, to, step }).map(([count]) => count);
  return figure(
    sets.map(({ name, counts, color }) => ({
      ...bars(
        counts,
        color,
        counts.map(count => (count ? grouped(count) : '')),
      ),
      // Upright, because two four-digit numbers do not fit next to each other in 800 pixels.
      ...{ name, textangle: -90, constraintext: 'none' },
      customdata: counts.map(grouped),
      hovertemplate: '%{x}: %{customdata}',
    })),
    {
      height: 360,
      margin: { l: 75, r: 20, t: 60, b: 55 },
      bargap: 0.12,
      ...axisPair(
        1,
        { title: { text: messages().figures.digit }, dtick: 1 },
        {
          ...{ title: { text: texts.samples, standoff: 8 }, automargin: true, range: [0, to] },
          ...{ tickvals: ticks, ticktext: ticks.map(grouped) },
        },
      ),
      legend: { orientation: 'h', x: 0.5, xanchor: 'center', y: 1.1, yanchor: 'bottom' },
    },
    [texts.title, ...sets.map(inWords)].join('\n'),
  );
}

/** Describes the most and least frequent digit, and the count of each digit. */
function inWords({ name, counts }: { name: string; counts: readonly number[] }): string {
  const [most, fewest] = [Math.max(...counts), Math.min(...counts)];
  const digitAndCount = (count: number) => [counts.indexOf(count), grouped(count)] as const;
  const texts = messages().figures.classCounts;
  const ends = most > 0 ? texts.ends(...digitAndCount(most), ...digitAndCount(fewest)) : '';
  return texts.row(name, counts.map(grouped)) + ends;
}

export function countsOf(labels: Given): number[] {
  const all = Array.from(readClasses(labels, 'labels'));
  return DIGITS.map(digit => all.filter(label => label === digit).length);
}
