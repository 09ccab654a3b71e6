/** Messages that differ with where the lesson runs: here in a browser. */
import { type Text, textOf } from '../language';

export const fashionMissing = (): Text => textOf(({ text }) => text.browser.fashionMissing);

export const platform: 'node' | 'browser' = 'browser';
