import { en, type Messages } from '../messages/en';
import { zh } from '../messages/zh';
import { type Language, languageInUse } from './language.mjs';

export const tables: Record<Language, Messages> = { en, zh };

export const messages = (): Messages => tables[languageInUse()];
