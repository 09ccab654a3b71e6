/** The report's tables: learners by exercises, then exercises, guesses and the quiz. */
import { html, type TemplateResult } from 'lit-html';
import { exercisesOf, guessesOf, quizOf, type Row } from '../tally';
import { language, lesson, texts } from './context';

/** The view: sorted by `name`, `passed` or an exercise; `lacking` selects learners without this exercise. */
const view = { sortedBy: 'name', filter: '', lacking: '' };

/** Returns all tables. `draw` re-renders the page after a change of the view. */
export function tables(rows: readonly Row[], draw: () => void): TemplateResult {
  const update = (change: Partial<typeof view>) => {
    Object.assign(view, change);
    draw();
  };
  const summaries = exercisesOf(rows, lesson);
  const exercises = summaries.filter(({ tried }) => tried > 0);
  const passedByHalf = exercises.filter(({ passed }) => passed * 2 >= rows.length).length;
  const guesses = guessesOf(rows, lesson).filter(({ made }) => made > 0);
  const quiz = quizOf(rows, lesson).filter(({ answered }) => answered > 0);
  return html`
    <p><b>${texts.count(rows.length, passedByHalf, exercises.length)}</b> <small>${today}</small></p>
    <h2>${texts.exercisesByLearner}</h2>
    ${controls(exercises, update)}
    <p class="small">${texts.key} ${exercises.length < summaries.length ? texts.nobody : ''}</p>
    ${grid(sorted(rows), exercises, update)}
    <h2>${texts.exercises}</h2>
    ${wide(
      [texts.exercise, texts.passed, texts.tries, texts.mistakes],
      exercises.map(({ id, title, passed, tries, mistakes }) => [
        html`<b>${id}</b> ${title}`,
        fraction(passed, rows.length),
        passed > 0 ? tries : '',
        mistakes.length > 0 ? html`<ol>${mistakes.slice(0, 3).map(mistakeOf)}</ol>` : '',
      ]),
    )}
    ${guesses.length > 0 ? html`<h2>${texts.guesses}</h2>` : ''}
    ${guesses.map(({ asks, made, options }) => {
      const lines = options.map(({ says, picked, right }) => [
        ...[says, fraction(picked, made), fraction(right, made)],
      ]);
      return html`<p><b>${asks}</b></p>${wide([texts.option, texts.picked, texts.right], lines)}`;
    })}
    ${
      quiz.length > 0
        ? html`<h2>${texts.quiz}</h2>
          ${wide(
            [texts.question, texts.missed, texts.answer],
            quiz.map(({ asks, answered, missed, right }) => [
              asks,
              fraction(missed, answered),
              right,
            ]),
          )}`
        : ''
    }`;
}

/** The date also appears in print. */
const today = new Date().toLocaleDateString(language, { dateStyle: 'long' });

const mistakeOf = ({ words, learners }: { words: string; learners: number }) =>
  html`<li>${texts.mistake(mistakeIn(words), learners)}</li>`;

const mistakeIn = (words: string): string =>
  words === '' ? texts.unnamed : words.startsWith('#') ? texts.newMistake : words;

/** Renders a fraction as text with a bar. */
const fraction = (count: number, total: number) =>
  html`<span class="of"><span class="share" style="width: ${total > 0 ? (4 * count) / total : 0}rem"></span>${texts.of(count, total)}</span>`;

/** Renders a table whose rows become blocks in a narrow window, with a label per value. */
const wide = (heads: readonly string[], rows: readonly (readonly unknown[])[]) => html`
  <table class="wide">
    <thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([first, ...rest]) => html`<tr>
        <th scope="row">${first}</th>
        ${rest.map((content, index) => html`<td data-head=${heads[index + 1] ?? ''}>${content}</td>`)}
      </tr>`,
    )}</tbody>
  </table>`;

type UpdateView = (change: Partial<typeof view>) => void;
type Exercises = ReturnType<typeof exercisesOf>;

function controls(exercises: Exercises, look: UpdateView) {
  const inputValue = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<p class="bar">
    <label class="field">${texts.filter}
      <input type="search" .value=${view.filter} @input=${(event: Event) => look({ filter: inputValue(event) })} /></label>
    <label class="field">${texts.lacking}
      <select @change=${(event: Event) => look({ lacking: inputValue(event) })}>
        <option value="">${texts.anything}</option>
        ${exercises.map(({ id, title }) => html`<option value=${id}>${id} ${title}</option>`)}
      </select></label>
  </p>`;
}

/** Returns the sort key of a learner: most passed exercises first or, for an exercise, fewest tries first. */
function rank({ record, passed: count }: Row): number {
  const { passed, tries = 0 } = record.exercises[view.sortedBy] ?? {};
  if (view.sortedBy === 'passed') return -count;
  return passed === undefined ? 1e6 : passed ? tries : 1000 + tries;
}

function sorted(rows: readonly Row[]): Row[] {
  const words = view.filter.trim().toLowerCase();
  return rows
    .filter(({ name }) => name.toLowerCase().includes(words))
    .filter(({ record }) => !view.lacking || !record.exercises[view.lacking]?.passed)
    .sort((a, b) => rank(a) - rank(b));
}

function grid(rows: readonly Row[], exercises: Exercises, look: UpdateView) {
  const head = (key: string, words: string, title: string) => html`<th
    scope="col"
    aria-sort=${view.sortedBy === key ? (key === 'passed' ? 'descending' : 'ascending') : 'none'}
    ><button title=${texts.sortBy(title)} @click=${() => look({ sortedBy: key })}>${words}${view.sortedBy === key ? ' ▾' : ''}</button></th>`;
  const textsById = Object.fromEntries(lesson.exercises.map(({ id, mistakes }) => [id, mistakes]));
  const cell = ({ record }: Row, id: string) => {
    const { passed, tries = 0, mistakes = {} } = record.exercises[id] ?? {};
    if (passed === undefined) return html`<td aria-label=${texts.untried}>·</td>`;
    const mark = `${passed ? '✓' : '✗'}${tries || ''}`;
    const lines = Object.keys(mistakes).map(name => mistakeIn(textsById[id]?.[name] ?? name));
    const label = [texts.state(passed, tries), ...lines].join('\n');
    return html`<td class=${passed ? 'passed' : 'wrong'} title=${label} aria-label=${label}>${mark}</td>`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.exercisesByLearner}>
    <table class="grid">
      <thead><tr>
        ${head('name', texts.name, texts.name)}${head('passed', texts.passed, texts.passed)}
        ${exercises.map(({ id, title }) => head(id, id, `${id} ${title}`))}
      </tr></thead>
      <tbody>${rows.map(
        row => html`<tr>
          <th scope="row" title=${row.source}>${row.name}</th>
          <td>${row.passed}</td>
          ${exercises.map(({ id }) => cell(row, id))}
        </tr>`,
      )}</tbody>
    </table>
  </div>`;
}
