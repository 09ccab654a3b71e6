/**
 * The worker in which handed-in cells run: the website's kernel, and a judge whom they cannot reach. What the
 * judge uses is frozen before the first cell, and it speaks by a port that no cell has.
 */
import { seal } from './seal';
import 'kernel/browser/worker';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import { exercises } from 'digits/exercises';
import { judge, onJudged } from 'digits/exercises/check';
import { imports } from 'kernel/browser/imports';
import { names } from 'kernel/script/parameters';
import * as mnist from 'mnist-data-loader';
import type { Judged, Noticed } from './protocol';

const { port1: port, port2 } = new MessageChannel();
const post = port.postMessage.bind(port);

let judged: Judged[] = [];
let noticed: Noticed[] = [];

/** Says where an exercise's answer stands: fields, and the names that hold them. */
const places = exercises.map(exercise => {
  const { answer } = exercise;
  const parts = [...answer.matchAll(/(\w+)(?:: (\w+))?/g)];
  const fields = parts.map(([, field = '', name = field]) => ({ field, name }));
  return { exercise, fields, isObject: answer.startsWith('{'), seen: [] as unknown[] };
});

/** What the cells call `check`. */
let seenCheck: unknown;

/** The exercises that the cell itself handed to `check`, of which nothing more is to be asked. */
const handed = new Set<string>();

onJudged((id, { state, mistake }) => {
  handed.add(id);
  judged.push({ id, state, mistake });
});

/** Judges what the cells' names hold, of exercises of which it has changed since the last time. */
async function judgeNames(isLeftOut: (id: string) => boolean): Promise<void> {
  for (const place of places) {
    const { exercise, fields, isObject, seen } = place;
    const values = fields.map(({ name }) => (Object.hasOwn(names, name) ? names[name] : undefined));
    if (values.includes(undefined) || values.every((value, i) => Object.is(value, seen[i])))
      continue;
    place.seen = values;
    if (handed.has(exercise.id) || isLeftOut(exercise.id)) continue;
    const answer = isObject
      ? Object.fromEntries(fields.map(({ field }, i) => [field, values[i]]))
      : values[0];
    const { state, mistake } = await judge(exercise, answer);
    judged.push({ id: exercise.id, state, mistake });
  }
  handed.clear();
}

let lastTensor = 0;

/** Tells whether a tensor was made since the last time: they are numbered. */
function isComputing(): boolean {
  const before = lastTensor;
  lastTensor = tf.tidy(() => tf.scalar(0)).id;
  return lastTensor !== before + 1;
}

port.onmessage = async ({ data: leftOut }: MessageEvent<readonly string[] | 'there?'>) => {
  if (leftOut === 'there?') return isComputing() ? post('here') : undefined;
  await judgeNames(id => leftOut.includes(id));
  const check = Object.hasOwn(names, 'check') ? names.check : seenCheck;
  if (check !== seenCheck && check !== digits.check) noticed.push({ type: 'check' });
  seenCheck = check;
  post({ judged, noticed });
  judged = [];
  noticed = [];
};

addEventListener('securitypolicyviolation', ({ blockedURI }) => {
  noticed.push({ type: 'connection', what: blockedURI.replace(/^\w+$/, '$&:') });
});

void imports.then(() => {
  postMessage({ type: 'judge', port: port2 }, { transfer: [port2] });
  Object.assign(globalThis, { postMessage: () => noticed.push({ type: 'message' }) });
  seal([tf, digits, mnist]);
  post({ judged, noticed });
});
