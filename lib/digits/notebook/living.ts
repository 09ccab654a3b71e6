import { newId } from './display';
import { type Part, pageScript } from './page-script';

/**
 * Writes HTML that lives in the page that shows it, without the kernel. It carries all it needs: what
 * stands still, and a script that puts the living part in its place. JupyterLab leaves the script out
 * if a notebook is not trusted.
 *
 * @param content what the part starts with, as JSON.
 */
export function living(part: Part, still: string, content: object): string {
  const id = newId();
  const html = `<div data-digit-${part}="${id}">${still}</div>`;
  const script = pageScript(part);
  if (script === undefined) return html;
  // "</script>" within a string would end the script.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  return `${html}
<script>
(() => {
${script}
digitPart.start("${id}", ${json});
})();
</script>`;
}
