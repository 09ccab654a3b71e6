/** Brings a question, its result or the list of all to life. What was guessed is kept in the tab. */
import { element, placesOf } from '../../notebook/elements';
import type { GuessContent, Result } from '../guess';

/** What the page remembers of a lesson. */
interface Memory {
  /** The option guessed and the kernel's run that asked, by guess. */
  readonly picks: Record<string, readonly [option: number, run: string]>;
  /** Whether a result has been seen, by run and guess. */
  readonly known: Record<string, true>;
}

type Part<Name> = Extract<GuessContent, { part: Name }>;

/** Says to all parts of the page that something was guessed or has become known. */
const CHANGE = 'digits-guess';

/** A result that is no older, in milliseconds, has just been run: nobody is to guess it any more. */
const FRESH = 60_000;

/** @param isExport whether the page is an exported one, in which questions and results stand from the beginning. */
export function start(id: string, content: GuessContent, isExport = false): void {
  for (const root of placesOf('guess', id, STYLE)) {
    const memory = memoryOf(content.lesson);
    const render =
      content.part === 'guess'
        ? question(root, content, memory, isExport)
        : content.part === 'reveal'
          ? result(root, content, memory, isExport)
          : list(root, content, memory);
    document.addEventListener(CHANGE, render);
    render();
  }
}

/** Several parts, each with a copy of this script, share one memory. */
function memoryOf(lesson: string): Memory & { save(): void } {
  const key = `digits-guess-${lesson}`;
  const page = globalThis as unknown as Record<string, Memory | undefined>;
  const kept = () => JSON.parse(sessionStorage.getItem(key) ?? '') as Partial<Memory>;
  const memory = page[key] ?? { picks: {}, known: {}, ...attempt(kept) };
  page[key] = memory;
  const save = () => {
    attempt(() => sessionStorage.setItem(key, JSON.stringify(memory)));
    document.dispatchEvent(new Event(CHANGE));
  };
  return { ...memory, save };
}

/** Some pages bar storage; what is in it may be anything. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

type Kept = ReturnType<typeof memoryOf>;

function question(
  root: ShadowRoot,
  { id, run, asks, options, texts }: Part<'guess'>,
  { picks, known, save }: Kept,
  isExport: boolean,
): () => void {
  let isLate = false;
  const pick = (option: number) => {
    isLate = Boolean(known[`${run} ${id}`]);
    if (!isLate) picks[id] = [option, run];
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
  { run, result, at, texts }: Part<'reveal'>,
  { picks, known, save }: Kept,
  isExport: boolean,
): () => void {
  const key = `${run} ${result.id}`;
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
    const pick = picks[result.id];
    const isOpen = known[key] === true || pick?.[1] === run;
    words.replaceChildren(...told(result, pick?.[0], texts));
    summary.hidden = details.open = isOpen;
    if (isOpen) know();
  };
}

function list(root: ShadowRoot, { results, ids, texts }: Part<'all'>, { picks }: Kept): () => void {
  const words = element('p', {});
  const missed = element('ul', {});
  root.append(words, missed);
  return () => {
    const made = ids.filter(id => picks[id]).length;
    const judged = results.filter(({ id }) => picks[id]);
    const wrong = judged.filter(({ id, right }) => picks[id]?.[0] !== right);
    const { none, unknown, allRight, missed: some } = texts;
    const kind = made === 0 ? none : judged.length === 0 ? unknown : wrong.length ? some : allRight;
    words.textContent = kind.replace('{made}', `${made}`).replace('{all}', `${ids.length}`);
    missed.replaceChildren(
      ...wrong.map(each => {
        const parts = told(each, picks[each.id]?.[0], texts);
        return element('li', {}, element('b', {}, each.asks), element('br', {}), ...parts);
      }),
    );
  };
}

/** Writes what was guessed, if anything, what came out, and why. */
function told(
  { options, right, came, why }: Result,
  pick: number | undefined,
  texts: GuessContent['texts'],
): (Node | string)[] {
  const option = pick === undefined ? undefined : options[pick];
  const isRight = pick === right;
  const guessed =
    option === undefined
      ? []
      : [
          texts.guessed.replace('{option}', option),
          element('b', { className: isRight ? 'right' : 'wrong' }, isRight ? ' ✓ ' : ' ✗ '),
        ];
  return [...guessed, element('b', {}, came), ` ${why}`];
}

const STYLE = `
:host { max-width: 720px; }
div { display: flex; flex-wrap: wrap; gap: 6px 8px; }
div b { flex-basis: 100%; }
button { padding: 5px 14px; text-align: left; }
p { margin: 6px 0 0; }
summary { cursor: pointer; padding: 4px 0; }
ul { margin: 0; padding-left: 1.4em; }
li { margin-top: 8px; }
@media print { ::details-content { content-visibility: visible; height: auto; } }
`;
