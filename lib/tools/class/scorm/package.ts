/** Writes the exercises of the website as a package of SCORM 1.2, which Moodle and Canvas take best. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Language } from 'digits/language';
import { zipSync } from 'fflate';
import { filesBelow, writeWhole } from '../../project/files';
import { tables } from '../../project/messages';
import { browserScript } from '../../site/browser-script';

/** Writes a package; the site is in it, since a page of another host cannot speak to the platform. */
export function writePackage(
  site: string,
  to: string,
  language: Language,
  exercises: readonly Exercise[],
): string[] {
  const filled = (name: string, values: object) =>
    Object.entries({ TITLE: tables[language].class.title, ...values }).reduce(
      (text, [place, value]) => text.replaceAll(place, () => value),
      readFileSync(join(__dirname, name), 'utf8'),
    );
  const stars = exercises.flatMap(({ id, level }) => Array(level).fill(id));
  const define = { STARS: JSON.stringify(stars) };
  const script = browserScript(join(__dirname, 'page.ts'), { define });
  const files = filesBelow(site).filter(path => !path.endsWith('.zip'));
  const FILES = files.map(path => `<file href="site/${encodeURI(path)}"/>`).join('\n');
  const parts = [
    ['imsmanifest.xml', filled('imsmanifest.xml', { LANGUAGE: language, FILES })],
    ['index.html', filled('index.html', { '"en"': `"${language}"`, '/* script */': script })],
    ...files.map(path => [`site/${path}`, readFileSync(join(site, path))]),
  ].map(([path, content]) => [path, Buffer.from(content as string)]);
  writeWhole(to, zipSync(Object.fromEntries(parts)));
  return [to];
}
