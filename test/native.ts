/** Tests of TensorFlow's native engine, which Windows and some Macs cannot have. */
import { existsSync } from 'node:fs';
import { addonPath } from '../lib/digits/device/plan';

// On Linux its absence is a failure.
const cannotHave = process.platform !== 'linux' && !existsSync(addonPath());

export const describeNative = cannotHave ? describe.skip : describe;
export const itNative = cannotHave ? it.skip : it;
