/** Texts for learners in the lesson's language. */
import type { Language } from 'digits/language';
import { en, type Messages } from '../messages/en';
import { zh } from '../messages/zh';
import { getLanguage } from './lesson';

export const tables: Record<Language, Messages> = { en, zh };

export const messages = (): Messages => tables[getLanguage()];
