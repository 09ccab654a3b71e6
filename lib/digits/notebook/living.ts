import { newId } from './display';
import { type Part, pageScript } from './page-script';

/**
 * Returns HTML for an interactive part that works in the page, without the kernel. The HTML is self-contained:
 * static content, and a script that replaces it by the interactive part. JupyterLab removes the script if a
 * notebook is not trusted.
 *
 * @param content arguments of the part's script, as JSON.
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
