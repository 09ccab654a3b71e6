import { en, type Messages } from '../messages/en';
import { zh } from '../messages/zh';
import { type Language, languageInUse } from './language.mjs';

/** The texts of each language. */
export const tables: Record<Language, Messages> = { en, zh };

/** Returns the texts of the language now in use. */
export const messages = (): Messages => tables[languageInUse()];
