/**
 * Runs a stranger's cells in the website's kernel, and judges what they have made. What the judge needs is
 * frozen before the first of them, and it speaks by a port that none of them has.
 */
import './seal';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { exercises } from 'digits/exercises';
import { judge, onJudged } from 'digits/exercises/check';
import { imports } from 'kernel/browser/imports';
import { modules } from 'kernel/browser/modules';
import { execute } from 'kernel/browser/worker';
import { names } from 'kernel/script/parameters';
import * as mnist from 'mnist-data-loader';
import { seal } from './seal';

/** What is to run: cells with their exercises, and ours for a notebook whose preparation is incomplete. */
export interface Given {
  readonly cells: readonly { readonly code: string; readonly own: readonly string[] }[];
  readonly preparation: readonly { readonly code: string }[];
}

/** What came of a cell. */
export interface Ran {
  readonly isOk: boolean;
  readonly error: string;
  readonly judged: { id: string; state: 'right' | 'wrong' | 'blank'; mistake: string }[];
  /** What the cell has tried, such as to reach an address. */
  readonly noticed: { type: 'check' | 'connection' | 'message' | 'unprepared'; what: string }[];
}

const { port1: port, port2 } = new MessageChannel();
const post: (message: Ran | 'here') => void = port.postMessage.bind(port);

let [judged, noticed]: [Ran['judged'], Ran['noticed']] = [[], []];
const notice = (type: Ran['noticed'][number]['type'], what = '') => noticed.push({ type, what });

/** What the names of an answer held when it was judged last. */
const seen = new Map<string, unknown[]>();
const held = (name: string): unknown => (Object.hasOwn(names, name) ? names[name] : undefined);

/** Judges the answers that are new, unless the cell has handed them to `check`, or was stopped in that. */
async function judgeNames(stopped: readonly string[]): Promise<void> {
  const handed = new Set([...stopped, ...judged.map(({ id }) => id)]);
  for (const exercise of exercises) {
    const { id, answer } = exercise;
    const parts = [...answer.matchAll(/(\w+)(?:: (\w+))?/g)];
    const fields = parts.map(([, field = '', name = field]) => [field, held(name)] as const);
    const values = fields.map(([, value]) => value);
    const isOld = values.every((value, i) => Object.is(value, seen.get(id)?.[i]));
    if (isOld || values.includes(undefined)) continue;
    seen.set(id, values);
    if (handed.has(id)) continue;
    const given = answer.startsWith('{') ? Object.fromEntries(fields) : values[0];
    const { state, mistake } = await judge(exercise, given);
    judged.push({ id, state, mistake });
  }
}

async function run(code: string, count: number, own: readonly string[]): Promise<void> {
  const before = held('check');
  const ended = await execute({ type: 'execute', code, run: count, count });
  await judgeNames(ended.ename === 'Interrupt' ? own : []);
  // What has come meanwhile is heard: an interrupt, or that a connection was refused.
  await new Promise(setImmediate);
  const check = held('check');
  if (check !== before && check !== digits.check) notice('check');
  post({ isOk: ended.status === 'ok', error: String(ended.evalue), judged, noticed });
  [judged, noticed] = [[], []];
}

/** Ends the training of a convolution with the epoch that makes it good enough: the others would take the longest of all. */
class GoodEnough extends tf.Callback {
  override async onEpochEnd(): Promise<void> {
    for (const exercise of exercises.filter(({ answer }) => answer === 'convolution')) {
      if ((await judge(exercise, this.model)).state === 'right') this.model.stopTraining = true;
    }
  }
}

/** The lesson as cells import it. */
const lesson = {
  ...digits,
  fit: (...[model, x, y, options]: Parameters<typeof digits.fit>) => {
    const callbacks = [options?.callbacks ?? [], new GoodEnough()].flat();
    return digits.fit(model, x, y, { ...options, callbacks });
  },
};

const needed = ['tf', 'fit', 'xTrain', 'yTrain', 'xTest', 'yTest', 'newModel', 'model'];

port.onmessage = async ({ data: { cells, preparation } }: MessageEvent<Given>) => {
  const first = cells.findIndex(({ own }) => own.length > 0);
  for (const [i, { code, own }] of cells.entries()) {
    if (i === first && needed.some(name => held(name) === undefined)) {
      notice('unprepared');
      for (const { code } of preparation)
        await execute({ type: 'execute', code, run: 0, count: 0 });
    }
    await run(code, i + 1, own);
  }
};

let last = 0;
// Tensors are numbered: whoever computes has made some. A loop that never pauses is not heard either.
setInterval(() => {
  if (!tf.getBackend()) return post('here');
  const { id } = tf.tidy(() => tf.scalar(0));
  if (id !== last + 1) post('here');
  last = id;
}, 1000);

addEventListener('securitypolicyviolation', ({ blockedURI }) => {
  notice('connection', blockedURI.replace(/^\w+$/, '$&:'));
});
onJudged((id, { state, mistake }) => judged.push({ id, state, mistake }));

/** The page's first interrupt gives loops their address. */
const watched = new Promise(resolve => addEventListener('message', resolve, { once: true }));

void Promise.all([imports, watched]).then(() => {
  postMessage({ type: 'judge', port: port2 }, { transfer: [port2] });
  Object.assign(globalThis, { postMessage: () => notice('message') });
  Object.assign(modules, { digits: lesson });
  seal([tf, lesson, mnist]);
  post('here');
});
