/** Tests of TensorFlow's native engine, which Windows and some Macs cannot have. */
import { existsSync } from 'node:fs';
import { addonPath } from '../lib/digits/device/plan';

// On Linux its absence is a failure.
const cannotHave = process.platform !== 'linux' && !existsSync(addonPath());

// Looked up at each call: mocha gives each file of a process its own.
export const describeNative = (title: string, tests: (this: Mocha.Suite) => void): Mocha.Suite =>
  (cannotHave ? describe.skip : describe)(title, tests) as Mocha.Suite;
export const itNative = (title: string, test: Mocha.Func | Mocha.AsyncFunc): Mocha.Test =>
  (cannotHave ? it.skip : it)(title, test);
