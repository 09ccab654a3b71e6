/** The teacher's page: who is there, what goes on and who is stuck, and what a teacher can do about it. */
import { en } from './messages/en';
import { zh } from './messages/zh';
import { progressOf } from './progress';

interface File {
  readonly text: string;
  /** When it was written, in seconds. */
  readonly at: number;
}

interface Learner {
  readonly name: string;
  readonly state: string;
  readonly status: File | null;
  readonly record: File | null;
}

type Limited = 'memory' | 'processes' | 'disk';

interface Class {
  readonly learners: readonly Learner[];
  readonly limits: Record<Limited, number>;
  /** Megabytes of the machine. */
  readonly free: { readonly memory: number; readonly disk: number };
  readonly handOut: string;
  readonly handedOut: readonly string[];
  /** Files in its folder that learners cannot read. */
  readonly closed: readonly string[];
}

type Status = Record<Limited, number> & {
  /** Since when a cell runs. */
  readonly busy: number | null;
  readonly ended: { readonly by: Limited; readonly at: number } | null;
};

const said = document.documentElement.lang === 'zh' ? zh : en;
const INTERVAL = 5000;
/** Seconds after which a server that has told nothing does not answer, and a learner has come to a stand. */
const [SILENT, QUIET] = [30, 15 * 60];
/** Of a limit, from which on it is marked; megabytes of the machine, below which a teacher must act. */
const [NEAR, LOW] = [0.8, 1000];

const find = <E extends Element>(selector: string): E => document.querySelector(selector) as E;
const xsrf = find<HTMLMetaElement>('meta[name=xsrf]').content;

const ask = (path: string, method = 'GET'): Promise<Response> =>
  fetch(`/hub/${path}`, { method, headers: { 'X-XSRFToken': xsrf } });

function element(name: string, text: string, className = ''): HTMLElement {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

function duration(seconds: number): string {
  const steps = [86_400, 3600, 60, 1];
  const at = steps.findIndex(step => seconds >= step * (step > 1 ? 2 : 0));
  const units = [said.days, said.hours, said.minutes, said.seconds];
  return (units[at] ?? said.seconds)(Math.floor(seconds / (steps[at] ?? 1)));
}

const size = (megabytes: number): string =>
  megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`;

function statusOf({ status }: Learner): Status | undefined {
  try {
    return status ? JSON.parse(status.text) : undefined;
  } catch {
    return undefined; // It is a learner's file.
  }
}

function row(learner: Learner, { limits }: Class, now: number): HTMLElement {
  const { name, record } = learner;
  const since = now - (learner.status?.at ?? 0);
  const isOn = learner.state === 'on';
  const status = isOn && since < SILENT ? statusOf(learner) : undefined;
  const { passed, tried, stuck } = progressOf(record?.text ?? '');

  const state = element('td', '');
  const isBusy = typeof status?.busy === 'number';
  const words = isOn && since >= SILENT ? 'silent' : learner.state;
  state.append(
    isBusy ? said.busy(duration(now - Number(status?.busy))) : (said.states[words] ?? words),
  );
  if (status?.ended) {
    const ended = said.ended(said.limits[status.ended.by], duration(now - status.ended.at));
    state.append(element('div', ended, 'notice'));
  }
  const progress = element('td', said.passed(passed, tried));
  if (stuck) progress.append(element('div', said.stuck(stuck.exercise, stuck.tries), 'notice'));
  const age = record ? now - record.at : 0;
  const last = element('td', record ? said.ago(duration(age)) : '', 'number');
  if (isOn && age > QUIET) last.append(element('div', said.quiet(duration(age)), 'notice'));

  const amounts = (['memory', 'processes', 'disk'] as const).map(each => {
    const amount = status?.[each];
    const text = amount === undefined ? '' : each === 'processes' ? `${amount}` : size(amount);
    const isNear = (amount ?? 0) >= NEAR * limits[each];
    return element('td', isNear ? `${text} ⚠` : text, isNear ? 'number notice' : 'number');
  });
  const actions = element('td', '');
  if (learner.state !== 'off' && learner.state !== 'failed') {
    actions.append(action(name, said.stop, said.stopWhat(name), `api/users/$/server`, 'DELETE'));
  }
  actions.append(action(name, said.reset, said.resetWhat(name), 'class/reset/$', 'POST'));
  const cells = [element('td', name), state, progress, last, ...amounts, actions];
  const labels = Object.values(said.columns);
  const line = element('tr', '', learner.state === 'off' ? 'off' : '');
  cells.forEach((cell, i) => {
    if (cell.hasChildNodes()) cell.dataset.label = labels[i];
  });
  line.append(...cells);
  return line;
}

function action(
  name: string,
  label: string,
  what: string,
  path: string,
  method: string,
): HTMLElement {
  const button = element('button', label) as HTMLButtonElement;
  button.setAttribute('aria-label', `${label} ${name}`);
  button.onclick = async () => {
    if (!confirm(what)) return;
    button.disabled = true;
    const reply = await ask(path.replace('$', encodeURIComponent(name)), method).catch(
      () => undefined,
    );
    if (!reply?.ok) alert(said.failed(name));
    void show();
  };
  return button;
}

const urgency = ({ state, record }: Learner): number =>
  (state === 'off' ? 0 : 2) + (progressOf(record?.text ?? '').stuck ? 1 : 0);

function draw(all: Class): void {
  const { learners, free, handOut, closed } = all;
  const here = learners.filter(({ state }) => state !== 'off' && state !== 'failed').length;
  const words = said.now(here, learners.length, size(free.memory), size(free.disk));
  find('#now').textContent = learners.length > 0 ? words : said.nobody;
  const notices = [
    ...(free.memory < LOW ? [said.lowMemory(size(free.memory))] : []),
    ...(free.disk < LOW ? [said.lowDisk(size(free.disk))] : []),
    ...(closed.length > 0 ? [said.closed(closed.join(', '), handOut)] : []),
  ];
  find('#notices').replaceChildren(...notices.map(each => element('li', each, 'notice')));
  find('#hint').textContent = said.hint(handOut, all.handedOut.join(', '));
  const now = Date.now() / 1000;
  const sorted = [...learners].sort(
    (a, b) => urgency(b) - urgency(a) || a.name.localeCompare(b.name),
  );
  // Those who are asked about right now keep the keyboard's place.
  const focused = document.activeElement?.getAttribute('aria-label');
  find('tbody').replaceChildren(...sorted.map(each => row(each, all, now)));
  if (focused) find<HTMLElement>(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
}

async function show(): Promise<void> {
  const reply = await ask('class/data').catch(() => undefined);
  if (reply?.ok) return draw(await reply.json());
  const lost = reply?.status === 403 ? said.loggedOut : said.lost;
  find('#now').replaceChildren(element('span', lost, 'notice'));
}

function begin(): void {
  document.title = said.title;
  find('h1').textContent = said.title;
  const links = { [said.lesson]: '/hub/spawn', [said.logOut]: '/hub/logout' };
  const anchors = Object.entries(links).map(([text, href]) =>
    Object.assign(document.createElement('a'), { textContent: text, href }),
  );
  find('nav').append(...anchors);
  const heads = element('tr', '');
  for (const [name, text] of Object.entries(said.columns)) {
    const isNumber = ['last', 'memory', 'processes', 'disk'].includes(name);
    heads.append(Object.assign(element('th', text, isNumber ? 'number' : ''), { scope: 'col' }));
  }
  find('thead').append(heads);
  void show();
  setInterval(() => void show(), INTERVAL);
}

begin();
