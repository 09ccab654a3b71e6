/**
 * Brings each pad of a page to life that runs no script that came with the notebook: each pad's own
 * script stands there as text, and holds its weights.
 */
import { start } from './start';

/** The call that `padBundle` writes. */
const CALL = /digitPad\.start\("([\w-]+)", (.*)\);\n\}\)\(\);\s*$/;

for (const { textContent } of document.querySelectorAll('[data-digit-pad] + script')) {
  const [, id, json] = CALL.exec(textContent ?? '') ?? [];
  const content = json && JSON.parse(json);
  // The words of a pad saved by an earlier version are in its own script: it stays a still picture.
  if (id && content.texts) start(id, content);
}
