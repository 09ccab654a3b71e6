/** Moves what the site's pages have in common into files beside them. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../project/files';

const LARGE = 50_000; // characters

/**
 * Takes the large scripts and styles that the template includes, such as Plotly, out of pages of one
 * folder. Each is written once, into its folder `shared`, and named by what it holds.
 */
export function shareLargeParts(files: readonly string[]): void {
  for (const file of files) {
    const share = (content: string, ending: string) => {
      const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
      const name = `shared/${digest}.${ending}`;
      writeWhole(join(dirname(file), name), content);
      return name;
    };
    const html = readFileSync(file, 'utf8')
      .replace(
        /<script nonce="(\d+)"\s*>\r?\n([\s\S]*?)<\/script>/g,
        (all: string, nonce: string, code: string) =>
          code.length < LARGE
            ? all
            : `<script nonce="${nonce}" src="${share(code, 'js')}"></script>`,
      )
      .replace(
        /<style([^>]*)>([\s\S]*?)<\/style>/g,
        (all: string, attributes: string, rules: string) =>
          rules.length < LARGE
            ? all
            : `<link rel="stylesheet" href="${share(rules, 'css')}"${attributes}>`,
      );
    writeFileSync(file, html);
  }
}
