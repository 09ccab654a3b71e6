/**
 * Brings to life what a page holds that runs no script that came with the notebook: each own script
 * stands there as text, after the place of its part, and holds what that starts with.
 */
import { start as startGuess } from '../../guess/page/start';
import { start as startUnit } from '../../unit/page/start';
import { start as startPad } from './start';

/** The call that `living` writes, and that it wrote in earlier versions. */
const CALL = /$(?<=digit\w+\.start\("([\w-]+)", (.*)\);\n\}\)\(\);\s*)/;

for (const script of document.querySelectorAll(
  '[data-digit-pad] + script, [data-digit-unit] + script, [data-digit-guess] + script',
)) {
  const [, id, json] = CALL.exec(script.textContent ?? '') ?? [];
  const { digitPad, digitUnit } = (script.previousElementSibling as HTMLElement).dataset;
  try {
    const content = json && JSON.parse(json);
    // The words of a pad saved by an earlier version are in its own script: it stays a still picture.
    if (!id || !content.texts) continue;
    if (digitPad) startPad(id, content);
    else if (digitUnit) startUnit(id, content);
    else startGuess(id, content, true);
  } catch {
    // Whoever wrote it: it stays still, and the others come to life.
  }
}
