import { en } from './messages/en';
import { zh } from './messages/zh';

/** The report's texts in each language. */
export const texts = { en, zh };
