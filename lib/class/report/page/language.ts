import { en } from './messages/en';
import { zh } from './messages/zh';

export const texts = { en, zh };
