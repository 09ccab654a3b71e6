/**
 * Starts the interactive parts of a page that blocks the notebook's scripts. Each blocked script remains as
 * text after the part's element and contains the part's arguments.
 */
import { start as startGuess } from '../../guess/page/start';
import { start as startUnit } from '../../unit/page/start';
import { start as startPad } from './start';

/** Matches the call written by current and earlier versions of `living`. */
const CALL = /$(?<=digit\w+\.start\("([\w-]+)", (.*)\);\n\}\)\(\);\s*)/;

for (const script of document.querySelectorAll(
  '[data-digit-pad] + script, [data-digit-unit] + script, [data-digit-guess] + script',
)) {
  const [, id, json] = CALL.exec(script.textContent ?? '') ?? [];
  const { digitPad, digitUnit } = (script.previousElementSibling as HTMLElement).dataset;
  try {
    const content = json && JSON.parse(json);
    // A pad of an earlier version has the texts in the blocked script, so only the still picture remains.
    if (!id || !content.texts) continue;
    if (digitPad) startPad(id, content);
    else if (digitUnit) startUnit(id, content);
    else startGuess(id, content, true);
  } catch {
    // An invalid script leaves only this part still.
  }
}
