import { exercises } from '../exercises';
import { axisPair, CLEAR_TICKS } from '../figures/axes';
import { COLORS } from '../figures/colors';
import { type Figure, figure } from '../figures/figure';
import { headOver } from '../figures/notes';
import { escaped } from '../format';
import { RULES } from '../guess/rules';
import { messages } from '../language';
import { display, displayHtml } from '../notebook/display';
import { RIGHT_OPTIONS } from '../quiz/quiz';
import type { LearnerRecord } from '../record/learner';
import { encodeLine } from '../record/line';
import { learner } from '../record/record';

/**
 * Shows your passed exercises, guesses and answers so far, as a figure and as a line of at most 640 characters
 * for a teacher. Nobody sees the line unless you share it.
 *
 * @param name a name to include in the line; by default the line contains none.
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

/** Draws a bar per stage: passed, tried and open exercises. */
function progress({ exercises: done, guesses, quiz }: LearnerRecord): Figure {
  const texts = messages().record;
  const stages = [...new Set(exercises.map(({ id }) => id.split('.')[0] ?? ''))];
  const rows = stages.map(stage => {
    const stageExercises = exercises.filter(({ id }) => id.startsWith(`${stage}.`));
    const passed = stageExercises.filter(({ id }) => done[id]?.passed).length;
    const tried = stageExercises.filter(({ id }) => done[id]).length - passed;
    return { stage, all: stageExercises.length, passed, tried };
  });
  const picked = Object.values(guesses).filter(({ picked }) => picked !== undefined);
  const rightGuesses = picked.filter(({ picked, right }) => picked === right).length;
  const answered = Object.entries(quiz);
  const rightAnswers = answered.filter(([at, option]) => option === RIGHT_OPTIONS[+at]).length;
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const lines = [
    texts.exercises(passed, exercises.length),
    texts.guesses(rightGuesses, picked.length, Object.keys(RULES).length),
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
    // For colour-blind readers, and on paper.
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
