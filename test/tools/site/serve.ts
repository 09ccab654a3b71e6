/** Serves a folder as `npm run site -- --serve` does: a program, so that it can be ended by a signal. */
import { serveSite } from '../../../lib/tools/site/serve-site';

const [folder = '', port] = process.argv.slice(2);
void serveSite(folder, Number(port), 'en');
