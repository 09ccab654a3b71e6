/** Exports the website's exercises as a SCORM 1.2 package, the version best supported by Moodle and Canvas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, writeWhole } from 'command/machine/files';
import { tables } from 'command/output/messages';
import type { Exercise } from 'digits/exercises/judging/exercise';
import type { Language } from 'digits/language';
import { zipSync } from 'fflate';
import { browserScript } from 'lab/browser-script';

/** Writes a package that includes the site, because a page of another origin cannot access the platform. */
export function writePackage(
  site: string,
  target: string,
  language: Language,
  exercises: readonly Exercise[],
): string[] {
  const fillTemplate = (name: string, values: object) =>
    Object.entries({ TITLE: tables[language].class.title, ...values }).reduce(
      (text, [placeholder, value]) => text.replaceAll(placeholder, () => value),
      readFileSync(join(__dirname, name), 'utf8'),
    );
  const stars = exercises.flatMap(({ id, level }) => Array(level).fill(id));
  const define = { STARS: JSON.stringify(stars) };
  const script = browserScript(join(__dirname, 'page.ts'), { define });
  const files = filesBelow(site).filter(path => !path.endsWith('.zip'));
  const FILES = files.map(path => `<file href="site/${encodeURI(path)}"/>`).join('\n');
  const entries = [
    ['imsmanifest.xml', fillTemplate('imsmanifest.xml', { LANGUAGE: language, FILES })],
    ['index.html', fillTemplate('index.html', { '"en"': `"${language}"`, '/* script */': script })],
    ...files.map(path => [`site/${path}`, readFileSync(join(site, path))]),
  ].map(([path, content]) => [path, Buffer.from(content as string)]);
  writeWhole(target, zipSync(Object.fromEntries(entries)));
  return [target];
}
