/** Tests of TensorFlow's native engine. Windows and some Macs have no native engine. */
import { existsSync } from 'node:fs';
import { addonPath } from '../lib/digits/device/plan';

// On Linux, a missing engine is a failure.
const cannotHave = process.platform !== 'linux' && !existsSync(addonPath());

// Read at each call: mocha creates the functions anew for each file.
export const describeNative = (title: string, tests: (this: Mocha.Suite) => void): Mocha.Suite =>
  (cannotHave ? describe.skip : describe)(title, tests) as Mocha.Suite;
export const itNative = (title: string, test: Mocha.Func | Mocha.AsyncFunc): Mocha.Test =>
  (cannotHave ? it.skip : it)(title, test);
