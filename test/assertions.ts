/** Makes a failing assertion print both values, with or without a message. Mocha loads this module first. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';

type Assertion = (...values: readonly unknown[]) => void;

/** Names of assertions with short values. */
const WORDS: Readonly<Record<string, string>> = {
  equal: 'expected',
  match: 'expected a match of',
  doesNotMatch: 'expected no match of',
};

const isShort = (value: unknown) => value instanceof RegExp || !inspect(value).includes('\\n');

/** Returns the line that calls an assertion: values are not known of `assert.ok`. */
function callIn(stack = ''): string {
  const [, file = '', line] = /\(?((?:\/|\w:)[^\n()]+):(\d+):\d+\)?$/m.exec(stack) ?? [];
  return file && (readFileSync(file, 'utf8').split('\n')[Number(line) - 1] ?? '').trim();
}

for (const name of ['deepEqual', 'doesNotMatch', 'equal', 'match', 'notEqual', 'ok']) {
  const original: Assertion = Reflect.get(assert, name);
  const values = name === 'ok' ? 1 : 2;
  const replacement: Assertion = (...given) => {
    const [actual, expected] = given;
    const message = given[values];
    try {
      original(...given.slice(0, values));
    } catch (error) {
      if (!(error instanceof assert.AssertionError)) throw error;
      if (message instanceof Error) throw message;
      Error.captureStackTrace(error, replacement);
      const isPlain = name in WORDS && isShort(actual) && isShort(expected);
      const compared = `${WORDS[name]} ${inspect(expected)} but received ${inspect(actual)}`;
      const reason = name === 'ok' ? !message && callIn(error.stack) : error.message;
      error.message = [message, isPlain ? compared : reason].filter(Boolean).join(': ');
      Error.captureStackTrace(error, replacement);
      throw error;
    }
  };
  Reflect.set(assert, name, replacement);
}
