/** Messages that differ with where the lesson runs: here in a browser. */
import { messages } from '../language';

export const fashionMissing = (): string => messages().text.browser.fashionMissing;

export const platform: 'node' | 'browser' = 'browser';
