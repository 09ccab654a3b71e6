import type * as tf from '@tensorflow/tfjs';
import { getLanguage, text } from '../language';
import { displayHtml } from '../notebook/display';
import { denseLayers } from './dense-layers';
import { padHtml } from './html';
import { pack } from './packed';
import { drawnSeven } from './sample';
import { still } from './still';

/**
 * Shows a pad below the cell on which to draw a digit, by mouse, finger, pen or keyboard. While one
 * draws, the model reads it with the weights that it has now: the drawing is scaled and centred as
 * MNIST's digits are, and the 28 × 28 that the network sees stand beside the probabilities.
 *
 * The pad works by itself, without the kernel, also in a notebook that was saved or exported as
 * HTML. Where a notebook is not trusted, a still picture and a line stand in its place. Outside a
 * notebook only the line is printed.
 *
 * Its weights are rounded to one byte. For the lesson's model, probabilities differ from those of
 * `predict` by less than 0.05, and in 99 pictures of 100 by less than 0.02.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`,
 * output 10 probabilities.
 * @throws PadModelError for any other model, or where weights are not finite.
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
  const line = text({
    zh: '手写板：运行这个单元格，就可以在这里写数字，让网络来认。',
    en: 'The digit pad: run this cell to draw digits here, and the network reads them.',
  });
  const seven = still(drawnSeven());
  return {
    'text/html': padHtml({ layers, language: getLanguage() }, seven, line),
    'text/plain': line,
  };
}
