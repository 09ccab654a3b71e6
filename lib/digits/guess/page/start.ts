/** Starts a question, a result or the final list in the page. Guesses are stored per browser tab. */
import { attempt, element, placesOf, tell } from '../../notebook/elements';
import type { Asked, GuessContent } from '../guess';
import style from './guess.css';

interface Memory {
  /** The guessed option and the kernel session of the question, by guess. */
  readonly picks: Record<string, readonly [option: number, run: string]>;
  /** Whether a result has been seen, by session and guess. */
  readonly known: Record<string, true>;
}

/** Event that notifies all parts of the page of a new guess or result. */
const CHANGE = 'digits-guess';

/** Maximum age in milliseconds of a result that counts as new, so it can no longer be guessed. */
const FRESH = 60_000;

/** Render function of each part, kept alive by the part. */
const renders = new WeakMap<ShadowRoot, () => void>();

/** @param isExport whether the page is an export, which shows questions and results at once. */
export function start(id: string, content: GuessContent, isExport = false): void {
  const part = { guess: question, reveal: result, all: list }[content.part];
  for (const root of placesOf('guess', id, style)) {
    const render = part(root, content, memoryOf(content.lesson), isExport);
    renders.set(root, render);
    // Weak, so this listener does not keep outputs alive after a re-execution replaced them.
    const reference = new WeakRef(render);
    const update = () =>
      reference.deref() ? reference.deref()?.() : document.removeEventListener(CHANGE, update);
    document.addEventListener(CHANGE, update);
    render();
  }
}

/** Returns the state shared by all parts, although each part has a separate copy of this script. */
function memoryOf(lesson: string): Memory & { save(): void } {
  const key = `digits-guess-${lesson}`;
  const page = globalThis as unknown as Record<string, Memory | undefined>;
  const stored = attempt(() => JSON.parse(sessionStorage.getItem(key) ?? ''));
  const memory = page[key] ?? { picks: {}, known: {}, ...stored };
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
  const buttons = options.map((option, i) =>
    element('button', { type: 'button', onclick: () => pick(i) }, option),
  );
  const status = element('p', { role: 'status' });
  const head = element('b', {}, asks);
  root.append(element('div', { role: 'group', ariaLabel: asks }, head, ...buttons), status);
  return () => {
    buttons.forEach((button, i) => {
      button.ariaPressed = String(picks[id]?.[0] === i);
    });
    const noted = isExport ? texts.below : texts.noted;
    status.textContent = isLate ? texts.known : picks[id] ? noted : '';
  };
}

/** Shows a new result at once, and an older one after the guess or on request. */
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
    words.replaceChildren(...resultText(asked, option, texts));
    summary.hidden = details.open = isOpen;
    if (isOpen) know();
  };
}

function list(root: ShadowRoot, { asked, count, texts }: GuessContent, { picks }: Kept) {
  const [words, missed] = [element('p', {}), element('ul', {})];
  root.append(words, missed);
  return () => {
    const guessCount = Object.keys(picks).length;
    const judged = asked.filter(({ id }) => picks[id]);
    const wrong = judged.filter(({ id, right }) => picks[id]?.[0] !== right);
    const { none, unknown, allRight, missed: some } = texts;
    const kind =
      guessCount === 0 ? none : judged.length === 0 ? unknown : wrong.length ? some : allRight;
    words.textContent = kind.replace('{made}', `${guessCount}`).replace('{all}', `${count}`);
    const items = wrong.map(answer => {
      const parts = resultText(answer, picks[answer.id]?.[0], texts);
      return element('li', {}, element('b', {}, answer.asks), element('br', {}), ...parts);
    });
    missed.replaceChildren(...items);
  };
}

function resultText(
  asked: Asked | undefined,
  pick: number | undefined,
  texts: GuessContent['texts'],
) {
  const { options = [], right, came = '', why = '' } = asked ?? {};
  const option = pick === undefined ? undefined : options[pick];
  const mark = `${texts.between}${pick === right ? '✓' : '✗'} `;
  const guessed = option ? texts.guessed.replace('{option}', option) + mark : '';
  return [guessed, element('b', {}, came), texts.between + why];
}
