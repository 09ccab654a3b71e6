/** The page of a SCORM package: opens the exercises of the site in it, and tells the learning platform what passes. */
import { type LearnerEvent, learnerOf, readLog } from 'digits/record/learner';
import { encodeLine, findLines } from 'digits/record/line';
import { read } from 'digits/record/store.browser';
import { language, messages } from '../../site/page/page';

/** The exercises that count, each as often as it has stars. */
declare const STARS: readonly string[];

/** A platform's interface, of SCORM 1.2. */
type Api = Record<string, (...given: string[]) => unknown>;

const { scorm: texts } = messages;
const began = Date.now();
const api = findApi(window) ?? findApi(window.opener);
/** What the platform has of earlier visits, and the mark, which never falls. */
let [id, before, mark]: [string | undefined, LearnerEvent[], number] = [undefined, [], 0];
/** How much the browser had noted before, of another attempt or another learner. */
let seen = 0;
let remark = '';

/** Looks in a window, and in those that hold it. */
function findApi(start: Window | null): Api | undefined {
  try {
    const { API } = start as { API?: Api };
    if (API) return API;
  } catch {} // none, or one of another origin
  return start && start !== start.parent ? findApi(start.parent) : undefined;
}

/** Asks the platform, and returns why it refuses, if it does; some answer with a boolean. */
function refusal(method: string, ...given: readonly unknown[]): string | undefined {
  if (`${api?.[method]?.(...given.map(String))}` === 'true') return undefined;
  const code = `${api?.LMSGetLastError?.()}`;
  return `${code} ${api?.LMSGetErrorString?.(code)}`;
}

/** Has the platform keep values, with the time of this visit so far. */
function send(values: object): string | undefined {
  const time = new Date(Date.now() - began).toISOString().slice(11, 19);
  const all = Object.entries({ ...values, 'core.session_time': time, 'core.exit': 'suspend' });
  const answers = all.map(([name, value]) => refusal('LMSSetValue', `cmi.${name}`, value));
  return [...answers, refusal('LMSCommit', '')].find(Boolean);
}

const show = (words: string) => document.querySelector('#state')?.replaceChildren(words);

/** Tells the platform and the learner how far they are; what is not taken is sent again. */
async function report(): Promise<void> {
  const { head, events } = readLog(await read());
  if (events.length < seen) seen = 0; // it was cleared
  const record = learnerOf(id ?? head?.id ?? '0', [...before, ...events.slice(seen)]);
  const isPassed = (each: string) => record.exercises[each]?.passed === true;
  const passed = new Set(STARS.filter(isPassed));
  const left = new Set(STARS.filter(each => !isPassed(each)));
  mark = Math.max(mark, Math.round((100 * STARS.filter(isPassed).length) / STARS.length));
  const trouble = send({
    ...{ 'core.score.min': 0, 'core.score.max': 100, 'core.score.raw': mark },
    'core.lesson_status': mark === 100 ? 'passed' : 'incomplete',
    suspend_data: encodeLine(record),
  });
  if (trouble) setTimeout(report, 20_000);
  const state = texts.state([...passed], [...left], mark);
  show([state, trouble && texts.notTaken(trouble), remark].filter(Boolean).join(' '));
}

async function start(): Promise<void> {
  const refused = api && refusal('LMSInitialize', '');
  if (!api || refused) return void show(refused ? texts.refused(refused) : texts.noPlatform);
  mark = Number(api.LMSGetValue?.('cmi.core.score.raw')) || 0;
  seen = readLog(await read()).events.length;
  const kept = `${api.LMSGetValue?.('cmi.suspend_data') ?? ''}`;
  const [found] = findLines(kept, { mistakes: {}, guesses: [] });
  if (found && 'id' in found) {
    id = found.id;
    const passed = Object.entries(found.exercises).filter(([, { passed }]) => passed);
    before = passed.map(([e]) => ({ e, ok: 1 }));
  } else if (kept || seen) remark = kept ? texts.unreadable : texts.others;
  await report();
  new BroadcastChannel('digits-record').onmessage = report;
  addEventListener('pagehide', () => [send({}), refusal('LMSFinish', '')]);
  // A page that the browser had set aside has no session any more.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

void start()
  .catch(error => show(texts.noRecord(String(error))))
  .then(() => {
    const app = `${language}/${innerWidth > 700 ? 'lab' : 'notebooks'}`;
    const frame = document.querySelector('iframe') as HTMLIFrameElement;
    frame.src = `site/${app}/index.html?path=exercises.${language}.ipynb`;
  });
