/** Draws the README's chart, an epoch's time by row, as an SVG that GitHub shows. */
import { escaped, groupedIn } from 'digits/format';
import { finishedRows, steadySeconds } from './epochs';
import { type Report, trainingSamples } from './report';
import { median } from './statistics';

const WIDTH = 820;
const LABEL = 230;
const VALUE = 90;
const ROW = 26;
const TOP = 44;

/** @throws RangeError where no row trained. */
export function chart({ rows, machine, date, samples, batch }: Report): string {
  const bars = finishedRows(rows)
    .filter(row => row.processes.some(({ logs }) => logs.val_accuracy !== undefined))
    .map(row => ({ title: row.title, seconds: median(steadySeconds(row)) }));
  if (bars.length === 0) throw new RangeError('Expected rows that trained but there are none');
  const trained = trainingSamples(samples);
  const longest = Math.max(...bars.map(({ seconds }) => seconds));
  const height = TOP + ROW * bars.length + 28;
  const lines = bars.map(({ title, seconds }, i) => {
    const y = TOP + ROW * i;
    const length = ((WIDTH - LABEL - VALUE) * seconds) / longest;
    const own = title.startsWith('digits') ? ' own' : '';
    return [
      `<text class="name${own}" x="${LABEL - 10}" y="${y + 17}">${escaped(title)}</text>`,
      `<rect class="bar${own}" x="${LABEL}" y="${y + 4}" width="${length.toFixed(1)}" height="18" rx="2"/>`,
      `<text class="value" x="${(LABEL + length + 8).toFixed(1)}" y="${y + 17}">${shown(seconds)}</text>`,
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Seconds per epoch · 每轮用时">
<style>
  svg { background: #fff; font: 13px system-ui, sans-serif }
  .title { font-size: 15px; font-weight: 600 }
  .name { text-anchor: end }
  .name.own { font-weight: 600 }
  .bar { fill: #9aa5b1 }
  .bar.own { fill: #1f77b4 }
  .note { fill: #666; font-size: 11px }
</style>
<text class="title" x="16" y="26">训练一轮的用时（${groupedIn('zh', trained)} 个样本，每批 ${batch} 个） · One epoch (${groupedIn('en', trained)} samples, in batches of ${batch})</text>
${lines.join('\n')}
<text class="note" x="16" y="${height - 10}">${escaped(`${machine.processor} × ${machine.cores} · ${date.slice(0, 10)}`)}</text>
</svg>
`;
}

const shown = (seconds: number) =>
  seconds < 1 ? `${(1000 * seconds).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
