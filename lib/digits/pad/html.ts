/** Writes the pad as HTML that carries all it needs: a still, a line, and a script that brings it to life. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { escaped } from '../format';
import { itemAt } from '../item-at';
import type { PadContent } from './packed';
import type { Still } from './still';

/**
 * Writes the HTML of a pad. Where scripts run, its script puts the pad in place of the still and the
 * line; where a notebook is not trusted, JupyterLab leaves the script out, and these two remain.
 *
 * @param line says how to bring the pad to life.
 */
export function padHtml(content: PadContent, { pad, seen }: Still, line: string): string {
  const id = randomUUID();
  // "</script>" within a string would end the script.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  return `<div data-digit-pad="${id}">
<p><img src="${escaped(pad)}" alt="${escaped(line)}" align="middle"> → <img src="${escaped(seen)}" alt="28 × 28" align="middle"></p>
<p>${escaped(line)}</p>
</div>
<script>
(() => {
${pageScript()}
digitPad.start("${id}", ${json});
})();
</script>`;
}

/** Bundles the script that brings one pad to life. */
const pageScript = (): string => bundle('start');

/** Bundles a script that starts all pads of a page in which their own scripts do not run. */
export const pagePads = (): string => bundle('start-all');

/** Bundles a file of the page, with what it imports, as one script for browsers of 2022 and later. */
function bundle(name: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'page', `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    globalName: 'digitPad',
    target: 'es2021',
    charset: 'ascii',
    tsconfigRaw: {},
  });
  return itemAt(outputFiles, 0).text.trim();
}
