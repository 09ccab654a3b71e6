/** Writes the pad as HTML that carries all it needs: a still, a line, and a script that brings it to life. */
import { escaped } from '../format';
import { newId } from '../notebook/new-id';
import type { PadContent } from './packed';
import { pageScript } from './page-script';
import type { Still } from './still';

/**
 * Writes the HTML of a pad. Where scripts run, its script puts the pad in place of the still and the
 * line; where a notebook is not trusted, JupyterLab leaves the script out, and these two remain.
 *
 * @param line says how to bring the pad to life.
 */
export function padHtml(content: PadContent, { pad, seen }: Still, line: string): string {
  const id = newId();
  return `<div data-digit-pad="${id}">
<p><img src="${escaped(pad)}" alt="${escaped(line)}" align="middle"> → <img src="${escaped(seen)}" alt="28 × 28" align="middle"></p>
<p>${escaped(line)}</p>
</div>${scriptOf(id, content)}`;
}

function scriptOf(id: string, content: PadContent): string {
  const script = pageScript();
  if (script === undefined) return '';
  // "</script>" within a string would end the script.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  return `
<script>
(() => {
${script}
digitPad.start("${id}", ${json});
})();
</script>`;
}
