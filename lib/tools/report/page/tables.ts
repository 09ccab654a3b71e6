/** The tables of the report: learners by exercises, then exercises, guesses and the quiz. */
import { html, type TemplateResult } from 'lit-html';
import { exercisesOf, guessesOf, quizOf, type Row } from '../tally';
import { language, lesson, texts } from './context';

/** How the teacher looks at the learners: sorted by `name`, `passed` or an exercise; `lacking` is one that they have not passed, or empty. */
const view = { sortedBy: 'name', filter: '', lacking: '' };

/** Lays out all tables; `draw` lays the page out anew once the teacher looks at it in another way. */
export function tables(rows: readonly Row[], draw: () => void): TemplateResult {
  const look = (change: Partial<typeof view>) => {
    Object.assign(view, change);
    draw();
  };
  const all = exercisesOf(rows, lesson);
  const exercises = all.filter(({ tried }) => tried > 0);
  const common = exercises.filter(({ passed }) => passed * 2 >= rows.length).length;
  const guesses = guessesOf(rows, lesson).filter(({ made }) => made > 0);
  const quiz = quizOf(rows, lesson).filter(({ answered }) => answered > 0);
  return html`
    <p><b>${texts.count(rows.length, common, exercises.length)}</b> <small>${today}</small></p>
    <h2>${texts.exercisesByLearner}</h2>
    ${controls(exercises, look)}
    <p class="small">${texts.key} ${exercises.length < all.length ? texts.nobody : ''}</p>
    ${grid(sorted(rows), exercises, look)}
    <h2>${texts.exercises}</h2>
    ${wide(
      [texts.exercise, texts.passed, texts.tries, texts.mistakes],
      exercises.map(({ id, title, passed, tries, mistakes }) => [
        html`<b>${id}</b> ${title}`,
        shareOf(passed, rows.length),
        passed > 0 ? tries : '',
        mistakes.length > 0 ? html`<ol>${mistakes.slice(0, 3).map(mistakeOf)}</ol>` : '',
      ]),
    )}
    ${guesses.length > 0 ? html`<h2>${texts.guesses}</h2>` : ''}
    ${guesses.map(({ asks, made, options }) => {
      const lines = options.map(({ says, picked, right }) => [
        ...[says, shareOf(picked, made), shareOf(right, made)],
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
              shareOf(missed, answered),
              right,
            ]),
          )}`
        : ''
    }`;
}

/** Stands on what is printed, too. */
const today = new Date().toLocaleDateString(language, { dateStyle: 'long' });

const mistakeOf = ({ words, learners }: { words: string; learners: number }) =>
  html`<li>${texts.mistake(mistakeIn(words), learners)}</li>`;

const mistakeIn = (words: string): string =>
  words === '' ? texts.unnamed : words.startsWith('#') ? texts.newMistake : words;

/** Writes a share as words beside a bar. */
const shareOf = (some: number, all: number) =>
  html`<span class="of"><span class="share" style="width: ${all > 0 ? (4 * some) / all : 0}rem"></span>${texts.of(some, all)}</span>`;

/** Lays out a table whose rows become blocks in a narrow window, each value behind its head. */
const wide = (heads: readonly string[], rows: readonly (readonly unknown[])[]) => html`
  <table class="wide">
    <thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([first, ...rest]) => html`<tr>
        <th scope="row">${first}</th>
        ${rest.map((content, at) => html`<td data-head=${heads[at + 1] ?? ''}>${content}</td>`)}
      </tr>`,
    )}</tbody>
  </table>`;

type Look = (change: Partial<typeof view>) => void;
type Exercises = ReturnType<typeof exercisesOf>;

function controls(exercises: Exercises, look: Look) {
  const typed = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<p class="bar">
    <label class="field">${texts.filter}
      <input type="search" .value=${view.filter} @input=${(event: Event) => look({ filter: typed(event) })} /></label>
    <label class="field">${texts.lacking}
      <select @change=${(event: Event) => look({ lacking: typed(event) })}>
        <option value="">${texts.anything}</option>
        ${exercises.map(({ id, title }) => html`<option value=${id}>${id} ${title}</option>`)}
      </select></label>
  </p>`;
}

/** Says how far a learner is, to be sorted by: whoever passed most, or this exercise by few tries, comes first. */
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

function grid(rows: readonly Row[], exercises: Exercises, look: Look) {
  const head = (key: string, words: string, title: string) => html`<th
    scope="col"
    aria-sort=${view.sortedBy === key ? (key === 'passed' ? 'descending' : 'ascending') : 'none'}
    ><button title=${texts.sortBy(title)} @click=${() => look({ sortedBy: key })}>${words}${view.sortedBy === key ? ' ▾' : ''}</button></th>`;
  const wordsFor = Object.fromEntries(lesson.exercises.map(each => [each.id, each.mistakes]));
  const cell = ({ record }: Row, id: string) => {
    const { passed, tries = 0, mistakes = {} } = record.exercises[id] ?? {};
    if (passed === undefined) return html`<td aria-label=${texts.untried}>·</td>`;
    const mark = `${passed ? '✓' : '✗'}${tries || ''}`;
    const made = Object.keys(mistakes).map(name => mistakeIn(wordsFor[id]?.[name] ?? name));
    const says = [texts.state(passed, tries), ...made].join('\n');
    return html`<td class=${passed ? 'passed' : 'wrong'} title=${says} aria-label=${says}>${mark}</td>`;
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
