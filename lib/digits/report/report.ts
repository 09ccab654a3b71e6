import { exercises } from '../exercises';
import { axisPair, CLEAR_TICKS, COLORS, type Figure, figure, headOver } from '../figures/figure';
import { escaped } from '../format';
import { RULES } from '../guess/rules';
import { messages } from '../language';
import { display, displayHtml } from '../notebook/display';
import { RIGHT_OPTIONS } from '../quiz/quiz';
import type { LearnerRecord } from '../record/learner';
import { encodeLine } from '../record/line';
import { learner } from '../record/record';

/**
 * Shows what you have passed, guessed and answered so far, as a figure, and writes it in a line of at most
 * 600 characters to give to a teacher: only if you do, anyone sees it.
 *
 * @param name the name that the line is to hold, if a teacher asks for names; it holds none unless given.
 * @throws RangeError if the name has more than 48 bytes.
 * @example
 * await report();
 */
export async function report(name?: string): Promise<void> {
  const record = await learner(name === undefined ? undefined : String(name));
  const line = encodeLine(record);
  display(progress(record));
  const { hand } = messages().record;
  const [style, select] = ['max-width: 720px; padding: 4px 8px', 'user-select: all'];
  const html = `<div style="${style}"><p>${escaped(hand)}</p><code style="${select}; overflow-wrap: anywhere">${line}</code></div>`;
  displayHtml(html, `${hand}\n${line}`);
}

/** Draws the exercises of each stage in a row: those that were passed, tried, and not tried yet. */
function progress({ exercises: done, guesses, quiz }: LearnerRecord): Figure {
  const texts = messages().record;
  const stages = [...new Set(exercises.map(({ id }) => id.split('.')[0] ?? ''))];
  const rows = stages.map(stage => {
    const own = exercises.filter(({ id }) => id.startsWith(`${stage}.`));
    const passed = own.filter(({ id }) => done[id]?.passed).length;
    const tried = own.filter(({ id }) => done[id]).length - passed;
    return { stage, all: own.length, passed, tried };
  });
  const picked = Object.values(guesses).filter(({ picked }) => picked !== undefined);
  const right = picked.filter(({ picked, right }) => picked === right).length;
  const answered = Object.entries(quiz);
  const rightAnswers = answered.filter(([at, option]) => option === RIGHT_OPTIONS[+at]).length;
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const lines = [
    texts.exercises(passed, exercises.length),
    texts.guesses(right, picked.length, Object.keys(RULES).length),
    texts.quiz(rightAnswers, answered.length, RIGHT_OPTIONS.length),
  ];
  const margin = { l: 80, r: 20, b: 70 };
  const { top, layout } = headOver(lines, margin);
  const parts = [
    [texts.passed, COLORS.blue, rows.map(({ passed }) => passed)],
    [texts.tried, COLORS.orange, rows.map(({ tried }) => tried)],
    [texts.open, COLORS.grid, rows.map(({ all, passed, tried }) => all - passed - tried)],
  ] as const;
  const traces = parts.map(([name, color, x]) => ({
    ...{ type: 'bar', orientation: 'h', name, x, y: stages.map(texts.stage), marker: { color } },
    // Also for those who do not see colours, and on paper.
    ...{ text: x.map(count => (count ? `${count}` : '')), textposition: 'inside', textangle: 0 },
    textfont: { size: 12 },
    ...{ insidetextanchor: 'middle', hovertemplate: `%{y}: %{x} ${name}<extra></extra>` },
  }));
  return figure(
    traces,
    {
      ...{ height: top + margin.b + 26 * stages.length, barmode: 'stack', bargap: 0.25 },
      ...axisPair(1, { dtick: 1 }, { autorange: 'reversed', ...CLEAR_TICKS }),
      ...layout,
      legend: { orientation: 'h', x: 0, y: -0.12, yanchor: 'top', traceorder: 'normal' },
    },
    [...lines, ...rows.map(({ stage, passed, all }) => texts.row(stage, passed, all))].join('\n'),
  );
}
