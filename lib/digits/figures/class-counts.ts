import { grouped } from '../format';
import { DIGITS, type Given, readClasses } from '../input/given';
import { messages } from '../language';
import { axisPair, bars, COLORS, type Figure, figure } from './figure';
import { lossScale, marks } from './scale';

/**
 * Shows how many samples there are of each digit, training beside test.
 *
 * @param training labels, 0 to 9, as loaded or as a tensor or list, `[samples]`.
 * @param test labels, likewise.
 * @throws TypeError if labels are missing or no numbers.
 * @throws RangeError for a label that is no digit.
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
  // Room for the number over the highest bar.
  const [to, { step }] = [1.25 * most, lossScale([most])];
  const ticks = marks({ from: 0, to, step }).map(([count]) => count);
  return figure(
    sets.map(({ name, counts, color }) => ({
      ...bars(
        counts,
        color,
        counts.map(count => (count ? grouped(count) : '')),
      ),
      // Upright: in 800 pixels two numbers of four digits do not fit side by side.
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

/** Says of which digit there are most, of which fewest, and how many there are of each. */
function inWords({ name, counts }: { name: string; counts: readonly number[] }): string {
  const [most, fewest] = [Math.max(...counts), Math.min(...counts)];
  const named = (count: number) => [counts.indexOf(count), grouped(count)] as const;
  const texts = messages().figures.classCounts;
  const ends = most > 0 ? texts.ends(...named(most), ...named(fewest)) : '';
  return texts.row(name, counts.map(grouped)) + ends;
}

/** Counts the samples of each digit. */
export function countsOf(labels: Given): number[] {
  const all = Array.from(readClasses(labels, 'labels'));
  return DIGITS.map(digit => all.filter(label => label === digit).length);
}
