/** The texts for learners, in the language of the lesson. */
import type { Language } from 'digits/language';
import { getLanguage } from './lesson';
import { en, type Messages } from './messages/en';
import { zh } from './messages/zh';

export const tables: Record<Language, Messages> = { en, zh };

/** Returns the texts of the language now in use. */
export const messages = (): Messages => tables[getLanguage()];
