/**
 * For a page that runs no script that came with the notebook: brings each pad to life with the
 * weights that its own script holds, which stands in the page as text.
 */
import { start } from './start';

/** As `padHtml` writes it. */
const CALL = /digitPad\.start\("([\w-]+)", (.*)\);\n\}\)\(\);\s*$/;

for (const { textContent } of document.querySelectorAll('[data-digit-pad] + script')) {
  const [, id, content] = CALL.exec(textContent ?? '') ?? [];
  if (id && content) start(id, JSON.parse(content));
}
