import { en, type Messages } from '../messages/en';
import { zh } from '../messages/zh';
import { currentLanguage, type Language } from './language.mjs';

export const tables: Record<Language, Messages> = { en, zh };

export const messages = (): Messages => tables[currentLanguage()];
