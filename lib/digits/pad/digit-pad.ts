import type * as tf from '@tensorflow/tfjs';
import { escaped } from '../format';
import { messages } from '../language';
import type { Messages } from '../messages/en';
import { displayHtml } from '../notebook/display';
import { living } from '../notebook/living';
import { denseLayers, PadModelError } from './dense-layers';
import { type InitialLayer, type PackedLayer, pack } from './plain-network';
// A seven drawn on the pad, and the 28 × 28 that a network sees of it: PNGs, as addresses.
import still from './still.json';
// Written by `lib/tools/train-pad.ts`.
import trained from './trained-network.json';

/** A model, or a network that the pad has without one: the lesson's, trained, and as it is before training. */
type Network = tf.LayersModel | 'trained' | 'untrained';

/**
 * Shows a pad below the cell on which to draw a digit, by mouse, finger, pen or keyboard. While one
 * draws, the model reads it with the weights that it has now: the drawing is scaled and centred as
 * MNIST's digits are, and the 28 × 28 that the network sees stand beside the probabilities. In place of
 * a drawing, a picture file can be opened, dropped or pasted, such as a photo of ink on paper; it is
 * inverted where its background is light.
 *
 * The pad works by itself, without the kernel, also in a notebook that was saved or exported as
 * HTML. If a notebook is not trusted, a still picture and a line stand in its place. Outside a
 * notebook only the line is printed.
 *
 * What is drawn on a pad of `'trained'` or `'untrained'` goes to the kernel, where `drawn()` returns it. On a pad of a
 * model, digits can be tried out without replacing it. All pads of a page show the same drawing.
 *
 * Its weights are rounded to one byte. For the lesson's model, probabilities differ from those of
 * `predict` by less than 0.05, and in 99 pictures of 100 by less than 0.02.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`,
 * output 10 probabilities. `'trained'` is such a network that comes with the lesson, and `'untrained'`
 * one with random weights: these need neither a device nor a model. `'set'` is a pad without a network,
 * which asks for the digits 0 to 9 and a name, and gives the line of all ten that `drawnSet` takes.
 * @throws PadModelError for any other model or name, or if weights are not finite.
 * @example
 * digitPad('trained');
 * digitPad('untrained');
 * digitPad(model);
 */
export function digitPad(model: Network | 'set'): void {
  const bundle = padBundle(model);
  displayHtml(bundle['text/html'], bundle['text/plain']);
}

/**
 * Builds what {@link digitPad} shows, by MIME type. Its HTML carries all it needs: a still picture, a
 * line that says how to bring it to life, and a script that puts the pad in their place. JupyterLab
 * leaves the script out if a notebook is not trusted.
 */
export function padBundle(model: Network | 'set'): Record<'text/html' | 'text/plain', string> {
  const { setLine, page, titles, ...texts } = messages().pad;
  const isSet = model === 'set';
  const line = isSet ? setLine : texts.line;
  const layers = isSet ? [] : padLayers(model);
  const title = typeof model === 'string' ? titles[model] : '';
  const html = `<p><img src="${still.pad}" alt="${escaped(line)}" align="middle"> → <img src="${still.seen}" alt="28 × 28" align="middle"></p>
<p>${escaped(line)}</p>`;
  const sendsDigit = !isSet && typeof model === 'string';
  const content: PadContent = { layers, texts: page, isSet, sendsDigit };
  return {
    'text/html': `${title && `<p><b>${escaped(title)}</b></p>\n`}${living('pad', html, content)}`,
    'text/plain': title ? `${title}\n${line}` : line,
  };
}

/** As {@link pack} would give them, were each weight not drawn in the page. */
const UNTRAINED: readonly InitialLayer[] = [
  { inputs: 784, units: 128, seed: 1, activation: 'relu' },
  { inputs: 128, units: 10, seed: 2, activation: 'softmax' },
];

/** Returns the layers that the pad computes. */
export function padLayers(model: Network): PadContent['layers'] {
  if (model === 'trained') return trained.layers as readonly PackedLayer[];
  if (model === 'untrained') return UNTRAINED;
  if (typeof model === 'string') throw new PadModelError(messages().pad.otherName(model));
  return denseLayers(model).map(layer => pack(layer));
}

/** The data with which the page's script starts a pad. */
export interface PadContent {
  readonly layers: readonly (PackedLayer | InitialLayer)[];
  readonly texts: PageTexts;
  /** Whether it asks for all digits, and reads none. */
  readonly isSet: boolean;
  /** Whether the kernel receives the learner's digit, for `drawn`. */
  readonly sendsDigit: boolean;
}

/** The words of the page. */
export type PageTexts = Messages['pad']['page'];
