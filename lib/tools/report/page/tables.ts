/** The tables of the report: learners by exercises, then exercises, guesses and the quiz. */
import { html, type TemplateResult } from 'lit-html';
import type { Texts } from '../catalogue';
import { exercisesOf, guessesOf, quizOf, type Row } from '../tally';
import { texts } from './texts';

/** How the teacher looks at the learners. */
export interface View {
  /** `name`, `passed`, or an exercise. */
  sortedBy: string;
  filter: string;
  /** An exercise that those on show have not passed; empty for all. */
  lacking: string;
}

/** Lays out all tables; `act` hears how the teacher wants to look. */
export function tables(
  rows: readonly Row[],
  ours: Texts,
  view: View,
  act: (change: Partial<View>) => void,
): TemplateResult {
  const exercises = exercisesOf(rows, ours);
  const common = exercises.filter(({ passed }) => passed * 2 >= rows.length).length;
  return html`
    <p><b>${texts.count(rows.length, common, exercises.length)}</b></p>
    <h2>${texts.exercisesByLearner}</h2>
    ${controls(ours, view, act)}
    <p class="small">${texts.key}</p>
    ${grid(sorted(rows, view), ours, view, act)}
    <h2>${texts.exercises}</h2>
    ${wide(
      [texts.exercise, texts.passed, texts.tries, texts.mistakes],
      exercises.map(each => [
        html`<b>${each.id}</b> ${each.title}`,
        shareOf(each.passed, rows.length),
        each.passed > 0 ? `${each.tries}` : '',
        each.mistakes.length > 0 ? html`<ol>${each.mistakes.slice(0, 3).map(mistakeOf)}</ol>` : '',
      ]),
    )}
    <h2>${texts.guesses}</h2>
    ${guessesOf(rows, ours).map(({ asks, options }) => {
      const made = options.reduce((sum, { picked }) => sum + picked, 0);
      if (made === 0) return '';
      const lines = options.map(({ says, picked, right }) => [
        says,
        shareOf(picked, made),
        shareOf(right, made),
      ]);
      return html`<p><b>${asks}</b></p>${wide([texts.option, texts.picked, texts.right], lines)}`;
    })}
    <h2>${texts.quiz}</h2>
    ${wide(
      [texts.question, texts.missed, texts.answer],
      quizOf(rows, ours).flatMap(({ asks, answered, missed, right }) =>
        answered > 0 ? [[asks, shareOf(missed, answered), right]] : [],
      ),
    )}`;
}

const mistakeOf = ({ words, learners }: { words: string; learners: number }) => {
  const said = words === '' ? texts.unnamed : words.startsWith('#') ? texts.newMistake : words;
  return html`<li>${texts.mistake(said, learners)}</li>`;
};

/** Writes a share as words beside a bar. */
const shareOf = (some: number, all: number) =>
  html`<span class="of"><span class="share" style="width: ${all > 0 ? (4 * some) / all : 0}rem"></span>${texts.of(some, all)}</span>`;

type Content = TemplateResult | string;

/** Lays out a table whose rows become blocks in a narrow window, each value behind its head. */
const wide = (heads: readonly string[], rows: readonly (readonly Content[])[]) => html`
  <table class="wide">
    <thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
    <tbody>${rows.map(
      ([first, ...rest]) => html`<tr>
        <th scope="row">${first}</th>
        ${rest.map((content, at) =>
          content === ''
            ? html`<td></td>`
            : html`<td data-head=${heads[at + 1] ?? ''}>${content}</td>`,
        )}
      </tr>`,
    )}</tbody>
  </table>`;

function controls(ours: Texts, view: View, act: (change: Partial<View>) => void) {
  const typed = (event: Event) => (event.target as HTMLInputElement).value;
  return html`<p class="bar">
    <label class="field">${texts.filter}
      <input type="search" .value=${view.filter} @input=${(event: Event) => act({ filter: typed(event) })} /></label>
    <label class="field">${texts.lacking}
      <select @change=${(event: Event) => act({ lacking: typed(event) })}>
        <option value="">${texts.anything}</option>
        ${ours.exercises.map(({ id, title }) => html`<option value=${id}>${id} ${title}</option>`)}
      </select></label>
  </p>`;
}

/** Says how far a learner is with an exercise, to be sorted by: passed by few tries comes first. */
function rank({ record }: Row, id: string): number {
  const { passed, tries = 0 } = record.exercises[id] ?? {};
  return passed === undefined ? 1e6 : passed ? tries : 1000 + tries;
}

function sorted(rows: readonly Row[], { sortedBy, filter, lacking }: View): Row[] {
  const words = filter.trim().toLowerCase();
  const on = rows.filter(({ name }) => name.toLowerCase().includes(words));
  const some = on.filter(({ record }) => !lacking || !record.exercises[lacking]?.passed);
  if (sortedBy === 'name') return some;
  if (sortedBy === 'passed') return some.sort((a, b) => b.passed - a.passed);
  return some.sort((a, b) => rank(a, sortedBy) - rank(b, sortedBy));
}

function grid(rows: readonly Row[], ours: Texts, view: View, act: (change: Partial<View>) => void) {
  const head = (key: string, words: string, title: string) => html`<th
    scope="col"
    aria-sort=${view.sortedBy === key ? (key === 'passed' ? 'descending' : 'ascending') : 'none'}
    ><button title=${texts.sortBy(title)} @click=${() => act({ sortedBy: key })}>${words}${view.sortedBy === key ? ' ▾' : ''}</button></th>`;
  const cell = ({ record }: Row, id: string) => {
    const { passed, tries = 0 } = record.exercises[id] ?? {};
    if (passed === undefined) return html`<td aria-label=${texts.untried}>·</td>`;
    const mark = `${passed ? '✓' : '✗'}${tries || ''}`;
    return html`<td class=${passed ? 'passed' : 'wrong'} aria-label=${texts.state(passed, tries)}>${mark}</td>`;
  };
  const { exercises } = ours;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${texts.exercisesByLearner}>
    <table class="grid">
      <thead><tr>
        ${head('name', texts.name, texts.name)}${head('passed', texts.passed, texts.passed)}
        ${exercises.map(({ id, title }) => head(id, id, `${id} ${title}`))}
      </tr></thead>
      <tbody>${rows.map(
        row => html`<tr>
          <th scope="row" title=${row.source}>${row.name}</th>
          <td>${row.passed}/${exercises.length}</td>
          ${exercises.map(({ id }) => cell(row, id))}
        </tr>`,
      )}</tbody>
    </table>
  </div>`;
}
