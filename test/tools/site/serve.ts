/** Serves a folder as `npm run site -- --serve` does: a program, so that it can be ended by a signal. */
import { useLanguage } from '../../../lib/tools/project/language.mjs';
import { serveSite } from '../../../lib/tools/site/site';

const [folder = '', port] = process.argv.slice(2);
useLanguage('en');
void serveSite(folder, Number(port));
