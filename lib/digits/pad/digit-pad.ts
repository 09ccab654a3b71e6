import type * as tf from '@tensorflow/tfjs';
import { pngAddress } from '../figures/png';
import { escaped } from '../format';
import { itemAt } from '../item-at';
import { messages } from '../language';
import type { Messages } from '../messages/en';
import { displayHtml } from '../notebook/display';
import { living } from '../notebook/living';
import { Drawing, SIDE } from './drawing';
import { mnistPicture, PICTURE } from './mnist-picture';
import type { InitialLayer, PackedLayer } from './plain-network';
import { padLayers, type ReadyNetwork } from './ready-networks';

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
 * Its weights are rounded to one byte. For the lesson's model, probabilities differ from those of
 * `predict` by less than 0.05, and in 99 pictures of 100 by less than 0.02.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`,
 * output 10 probabilities. `'trained'` is such a network that comes with the lesson, and `'untrained'`
 * one with random weights: these need neither a device nor a model. If the weights of the trained one
 * are missing or damaged, a line says so in place of the pad. `'set'` is a pad without a network, which
 * asks for the digits 0 to 9 and a name, and gives the line of all ten that `drawnSet` takes.
 * @throws PadModelError for any other model or name, or if weights are not finite.
 * @example
 * digitPad('trained');
 * digitPad('untrained');
 * digitPad(model);
 */
export function digitPad(model: tf.LayersModel | ReadyNetwork | 'set'): void {
  const bundle = padBundle(model);
  displayHtml(bundle['text/html'], bundle['text/plain']);
}

/**
 * Builds what {@link digitPad} shows, by MIME type. Its HTML carries all it needs: a still picture, a
 * line that says how to bring it to life, and a script that puts the pad in their place. JupyterLab
 * leaves the script out if a notebook is not trusted.
 */
export function padBundle(
  model: tf.LayersModel | ReadyNetwork | 'set',
  layersOf = padLayers,
): Record<'text/html' | 'text/plain', string> {
  const { setLine, page, titles, noTrained, ...texts } = messages().pad;
  const isSet = model === 'set';
  const line = isSet ? setLine : texts.line;
  const layers = isSet ? [] : layersOf(model);
  if (!layers) return { 'text/html': `<p>${escaped(noTrained)}</p>`, 'text/plain': noTrained };
  const { pad, seen } = still();
  const title = typeof model === 'string' ? titles[model] : '';
  const html = `<p><img src="${pad}" alt="${escaped(line)}" align="middle"> → <img src="${seen}" alt="28 × 28" align="middle"></p>
<p>${escaped(line)}</p>`;
  const content: PadContent = { layers, texts: page, isSet };
  return {
    'text/html': `${title && `<p><b>${escaped(title)}</b></p>\n`}${living('pad', html, content)}`,
    'text/plain': title ? `${title}\n${line}` : line,
  };
}

/** The data with which the page's script starts a pad. */
export interface PadContent {
  readonly layers: readonly (PackedLayer | InitialLayer)[];
  readonly texts: PageTexts;
  /** Whether it asks for all digits, and reads none. */
  readonly isSet: boolean;
}

/** The words of the page. */
export type PageTexts = Messages['pad']['page'];

/** The width of a pixel of the 28 × 28. */
const ZOOM = 5;

/** Draws both pictures, of a seven, as PNGs whose addresses hold them whole. */
function still(): { pad: string; seen: string } {
  const { ink } = drawnSeven();
  const seen = mnistPicture(ink)?.pixels ?? new Float32Array(PICTURE * PICTURE);
  const side = PICTURE * ZOOM;
  const shrink = (at: number) => Math.floor(at / ZOOM);
  const enlarged = Float32Array.from({ length: side * side }, (_, i) =>
    itemAt(seen, shrink(i / side) * PICTURE + shrink(i % side)),
  );
  return { pad: pngAddress(bytes(ink.grey), SIDE), seen: pngAddress(bytes(enlarged), side) };
}

const bytes = (grey: Float32Array): Uint8Array =>
  Uint8Array.from(grey, value => Math.round(value * 255));

/** Draws a seven, as a hand would on the pad. */
function drawnSeven(): Drawing {
  const drawing = new Drawing();
  for (const [x, y] of [
    [72, 62],
    [140, 60],
    [205, 58],
    [182, 110],
    [150, 172],
    [124, 232],
  ] as const) {
    drawing.extend({ x, y });
  }
  return drawing;
}
