/** The index's pad, on which the lesson's trained network reads a digit. The lesson's pads take over the drawing. */
import type { Language } from 'digits/language';
import type { PadContent } from 'digits/pad/digit-pad';
import { start } from 'digits/pad/page/start';
import { language, messages } from '../page/page';

declare const PAD_CONTENT: PadContent;
declare const PAD_TEXTS: Record<Language, PadContent['texts']>;

start(language, { ...PAD_CONTENT, texts: PAD_TEXTS[language] });
const section = document.querySelector(`section:lang(${language})`) as HTMLElement;
const style = document.createElement('style');
// Drawings as text, pictures and explanations are for the lesson.
style.textContent = '.ask, .take, .said, .open, .small .reads { display: none }';
section.querySelector('.pad')?.shadowRoot?.append(style);

if (typeof WebAssembly === 'undefined') {
  const line = section.querySelector('.missing') as HTMLElement;
  line.hidden = false;
  line.textContent = messages.noWebAssembly;
}
