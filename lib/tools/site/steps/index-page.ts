import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messages } from '../../project/messages';
import type { Build } from '../build-folders';

const folder = join(__dirname, '..', 'index');

/** The download of a first visit until the site works offline, measured; a test holds the site to it. */
export const FIRST_VISIT = 20; // megabytes

export async function writeIndex({ site }: Build): Promise<string> {
  const digits = readFileSync(join(folder, 'digits.svg'), 'utf8');
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
    .replace('<!-- digits -->', () => digits)
    .replaceAll('<!-- megabytes -->', String(FIRST_VISIT));
  writeFileSync(join(site, 'index.html'), html);
  copyFileSync(join(folder, 'favicon.svg'), join(site, 'favicon.svg'));
  return messages().site.bothLanguages;
}
