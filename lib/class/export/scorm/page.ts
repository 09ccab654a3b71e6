/**
 * Script of a SCORM package's page: opens the site's exercises and reports passed exercises to the learning platform.
 */
import { type LearnerEvent, learnerOf, readLog } from 'digits/record/learner';
import { encodeLine, findLines } from 'digits/record/line';
import { read } from 'digits/record/store.browser';
import { language, messages } from 'publish/site/page/page';

/** Ids of the graded exercises, repeated once per star. */
declare const STARS: readonly string[];

/** A platform's SCORM 1.2 interface. */
type Api = Record<string, (...args: string[]) => unknown>;

const { scorm: texts } = messages;
const startTime = Date.now();
const api = findApi(window) ?? findApi(window.opener);
/** Record of earlier visits on the platform, and the mark, which never decreases. */
let [id, oldEvents, mark]: [string | undefined, LearnerEvent[], number] = [undefined, [], 0];
/** Number of events in the browser's log from earlier attempts or other learners. */
let oldCount = 0;
let remark = '';

/** Searches a window and its parents for the SCORM interface. */
function findApi(start: Window | null): Api | undefined {
  try {
    const { API } = start as { API?: Api };
    if (API) return API;
  } catch {} // no window, or a window of another origin
  return start && start !== start.parent ? findApi(start.parent) : undefined;
}

/** Calls the platform. Returns the error message, or `undefined` on success. Some platforms return booleans. */
function callPlatform(method: string, ...given: readonly unknown[]): string | undefined {
  if (`${api?.[method]?.(...given.map(String))}` === 'true') return undefined;
  const code = `${api?.LMSGetLastError?.()}`;
  return `${code} ${api?.LMSGetErrorString?.(code)}`;
}

/** Stores values on the platform, with the session time so far. Returns the first error. */
function storeValues(values: object): string | undefined {
  const time = new Date(Date.now() - startTime).toISOString().slice(11, 19);
  const entries = Object.entries({ ...values, 'core.session_time': time, 'core.exit': 'suspend' });
  const answers = entries.map(([name, value]) => callPlatform('LMSSetValue', `cmi.${name}`, value));
  return [...answers, callPlatform('LMSCommit', '')].find(Boolean);
}

const showState = (text: string) => document.querySelector('#state')?.replaceChildren(text);

/** Reports the progress to the platform and the learner. Retries after an error. */
async function report(): Promise<void> {
  const { head, events } = readLog(await read('log'));
  if (events.length < oldCount) oldCount = 0; // the log was cleared
  const record = learnerOf(id ?? head?.id ?? '0', [...oldEvents, ...events.slice(oldCount)]);
  const isPassed = (each: string) => record.exercises[each]?.passed === true;
  const passed = new Set(STARS.filter(isPassed));
  const remaining = new Set(STARS.filter(each => !isPassed(each)));
  mark = Math.max(mark, Math.round((100 * STARS.filter(isPassed).length) / STARS.length));
  const error = storeValues({
    ...{ 'core.score.min': 0, 'core.score.max': 100, 'core.score.raw': mark },
    'core.lesson_status': mark === 100 ? 'passed' : 'incomplete',
    suspend_data: encodeLine(record),
  });
  if (error) setTimeout(report, 20_000);
  const state = texts.state([...passed], [...remaining], mark);
  showState([state, error && texts.notTaken(error), remark].filter(Boolean).join(' '));
}

async function start(): Promise<void> {
  const startError = api && callPlatform('LMSInitialize', '');
  if (!api || startError)
    return void showState(startError ? texts.refused(startError) : texts.noPlatform);
  mark = Number(api.LMSGetValue?.('cmi.core.score.raw')) || 0;
  oldCount = readLog(await read('log')).events.length;
  const suspendData = `${api.LMSGetValue?.('cmi.suspend_data') ?? ''}`;
  const [savedRecord] = findLines(suspendData, { mistakes: {}, guesses: [] });
  if (savedRecord && 'id' in savedRecord) {
    id = savedRecord.id;
    const passed = Object.entries(savedRecord.exercises).filter(([, { passed }]) => passed);
    oldEvents = passed.map(([e]) => ({ e, ok: 1 }));
  } else if (suspendData || oldCount) remark = suspendData ? texts.unreadable : texts.others;
  await report();
  new BroadcastChannel('digits-record').onmessage = report;
  addEventListener('pagehide', () => [storeValues({}), callPlatform('LMSFinish', '')]);
  // A page restored from the browser's cache has no session.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

void start()
  .catch(error => showState(texts.noRecord(String(error))))
  .then(() => {
    const app = `${language}/${innerWidth > 700 ? 'lab' : 'notebooks'}`;
    const frame = document.querySelector('iframe') as HTMLIFrameElement;
    frame.src = `site/${app}/index.html?path=exercises.${language}.ipynb`;
  });
