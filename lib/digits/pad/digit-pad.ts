import type * as tf from '@tensorflow/tfjs';
import { escaped } from '../format';
import { messages } from '../language';
import type { Messages } from '../messages/en';
import { displayHtml, newId } from '../notebook/display';
import { denseLayers } from './dense-layers';
import { pageScript } from './page-script';
import { type PackedLayer, pack } from './quantized-weights';
import { still } from './still';

/**
 * Shows a pad below the cell on which to draw a digit, by mouse, finger, pen or keyboard. While one
 * draws, the model reads it with the weights that it has now: the drawing is scaled and centred as
 * MNIST's digits are, and the 28 × 28 that the network sees stand beside the probabilities.
 *
 * The pad works by itself, without the kernel, also in a notebook that was saved or exported as
 * HTML. If a notebook is not trusted, a still picture and a line stand in its place. Outside a
 * notebook only the line is printed.
 *
 * Its weights are rounded to one byte. For the lesson's model, probabilities differ from those of
 * `predict` by less than 0.05, and in 99 pictures of 100 by less than 0.02.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`,
 * output 10 probabilities.
 * @throws PadModelError for any other model, or if weights are not finite.
 * @example
 * digitPad(model);
 */
export function digitPad(model: tf.LayersModel): void {
  const bundle = padBundle(model);
  displayHtml(bundle['text/html'], bundle['text/plain']);
}

/** Builds what {@link digitPad} shows, by MIME type. */
export function padBundle(model: tf.LayersModel): Record<'text/html' | 'text/plain', string> {
  const layers = denseLayers(model).map(pack);
  const { line, page } = messages().pad;
  return { 'text/html': padHtml({ layers, texts: page }, line), 'text/plain': line };
}

/** The data with which the page's script starts a pad. */
export interface PadContent {
  readonly layers: readonly PackedLayer[];
  readonly texts: PageTexts;
}

/** The words of the page. */
export type PageTexts = Messages['pad']['page'];

/**
 * Writes the HTML of a pad, which carries all it needs: a still picture, a line that says how to bring
 * it to life, and a script that puts the pad in their place. JupyterLab leaves the script out if a
 * notebook is not trusted.
 */
export function padHtml(content: PadContent, line: string): string {
  const id = newId();
  const { pad, seen } = still();
  const html = `<div data-digit-pad="${id}">
<p><img src="${pad}" alt="${escaped(line)}" align="middle"> → <img src="${seen}" alt="28 × 28" align="middle"></p>
<p>${escaped(line)}</p>
</div>`;
  const script = pageScript();
  if (script === undefined) return html;
  // "</script>" within a string would end the script.
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  return `${html}
<script>
(() => {
${script}
digitPad.start("${id}", ${json});
})();
</script>`;
}
