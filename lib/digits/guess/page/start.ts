/** Brings a question, its result or the list of all to life. What was guessed is kept in the tab. */
import { attempt, element, placesOf, tell } from '../../notebook/elements';
import type { Asked, GuessContent } from '../guess';
import style from './guess.css';

interface Memory {
  /** The option guessed and the kernel's run that asked, by guess. */
  readonly picks: Record<string, readonly [option: number, run: string]>;
  /** Whether a result has been seen, by run and guess. */
  readonly known: Record<string, true>;
}

/** Says to all parts of the page that something was guessed or has become known. */
const CHANGE = 'digits-guess';

/** A result that is no older, in milliseconds, has just been run: nobody is to guess it any more. */
const FRESH = 60_000;

/** How each part is rendered anew; it lasts as long as the part. */
const renders = new WeakMap<ShadowRoot, () => void>();

/** @param isExport whether the page is an exported one, in which questions and results stand from the beginning. */
export function start(id: string, content: GuessContent, isExport = false): void {
  const part = { guess: question, reveal: result, all: list }[content.part];
  for (const root of placesOf('guess', id, style)) {
    const render = part(root, content, memoryOf(content.lesson), isExport);
    renders.set(root, render);
    // What a later run of the cell has replaced is not to stay for this.
    const held = new WeakRef(render);
    const update = () =>
      held.deref() ? held.deref()?.() : document.removeEventListener(CHANGE, update);
    document.addEventListener(CHANGE, update);
    render();
  }
}

/** Several parts, each with a copy of this script, share one memory. */
function memoryOf(lesson: string): Memory & { save(): void } {
  const key = `digits-guess-${lesson}`;
  const page = globalThis as unknown as Record<string, Memory | undefined>;
  const kept = attempt(() => JSON.parse(sessionStorage.getItem(key) ?? ''));
  const memory = page[key] ?? { picks: {}, known: {}, ...kept };
  page[key] = memory;
  const save = () => {
    attempt(() => sessionStorage.setItem(key, JSON.stringify(memory)));
    document.dispatchEvent(new Event(CHANGE));
  };
  return { ...memory, save };
}

type Kept = ReturnType<typeof memoryOf>;

function question(
  root: ShadowRoot,
  { asked: [asked], run, texts }: GuessContent,
  { picks, known, save }: Kept,
  isExport: boolean,
): () => void {
  const { id = '', asks = '', options = [] } = asked ?? {};
  let isLate = false;
  const pick = (option: number) => {
    isLate = Boolean(known[`${run} ${id}`]);
    if (!isLate) {
      picks[id] = [option, run];
      tell({ g: id, o: option }, root.host);
    }
    save();
  };
  const buttons = options.map((option, at) =>
    element('button', { type: 'button', onclick: () => pick(at) }, option),
  );
  const status = element('p', { role: 'status' });
  const head = element('b', {}, asks);
  root.append(element('div', { role: 'group', ariaLabel: asks }, head, ...buttons), status);
  return () => {
    buttons.forEach((button, at) => {
      button.ariaPressed = String(picks[id]?.[0] === at);
    });
    const noted = isExport ? texts.below : texts.noted;
    status.textContent = isLate ? texts.known : picks[id] ? noted : '';
  };
}

/** Shows a result at once if it has just been run; else once it was guessed, or asked for. */
function result(
  root: ShadowRoot,
  { asked: [asked], run, at, texts }: GuessContent,
  { picks, known, save }: Kept,
  isExport: boolean,
): () => void {
  const key = `${run} ${asked?.id}`;
  const words = element('p', { role: 'status' });
  const summary = element('summary', {}, texts.cover);
  const details = element('details', {}, summary, words);
  root.append(details);
  const know = () => {
    if (known[key]) return;
    known[key] = true;
    save();
  };
  details.ontoggle = () => {
    if (details.open) know();
  };
  if (!isExport && Math.abs(Date.now() - at) < FRESH) know();
  return () => {
    const [option, askedIn] = picks[asked?.id ?? ''] ?? [];
    const isOpen = known[key] === true || askedIn === run;
    words.replaceChildren(...told(asked, option, texts));
    summary.hidden = details.open = isOpen;
    if (isOpen) know();
  };
}

function list(root: ShadowRoot, { asked, count, texts }: GuessContent, { picks }: Kept) {
  const [words, missed] = [element('p', {}), element('ul', {})];
  root.append(words, missed);
  return () => {
    const made = Object.keys(picks).length;
    const judged = asked.filter(({ id }) => picks[id]);
    const wrong = judged.filter(({ id, right }) => picks[id]?.[0] !== right);
    const { none, unknown, allRight, missed: some } = texts;
    const kind = made === 0 ? none : judged.length === 0 ? unknown : wrong.length ? some : allRight;
    words.textContent = kind.replace('{made}', `${made}`).replace('{all}', `${count}`);
    const items = wrong.map(each => {
      const parts = told(each, picks[each.id]?.[0], texts);
      return element('li', {}, element('b', {}, each.asks), element('br', {}), ...parts);
    });
    missed.replaceChildren(...items);
  };
}

/** Writes what was guessed, if anything, what came out, and why. */
function told(asked: Asked | undefined, pick: number | undefined, texts: GuessContent['texts']) {
  const { options = [], right, came = '', why = '' } = asked ?? {};
  const option = pick === undefined ? undefined : options[pick];
  const mark = `${texts.between}${pick === right ? '✓' : '✗'} `;
  const guessed = option ? texts.guessed.replace('{option}', option) + mark : '';
  return [guessed, element('b', {}, came), texts.between + why];
}
