import { en, type Messages } from './en';
import { currentLanguage, type Language } from './language.mjs';
import { zh } from './zh';

export const tables: Record<Language, Messages> = { en, zh };

export const messages = (): Messages => tables[currentLanguage()];
