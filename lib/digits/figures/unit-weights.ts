import type * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { checkModel } from '../input/model';
import { messages } from '../language';
import { pixelWeights, weightsOf } from '../network/pixel-weights';
import { wrapped } from './captioned-grid';
import { type Figure, figure, headOver } from './figure';
import { weightPictures } from './weight-pictures';

const COLUMNS = 16;
/** Letters of the caption that fit into a line on a phone. */
const LINE = 44;

/**
 * Shows what each unit of the first dense layer looks for: its weights, one a pixel, as a picture.
 * A bright pixel excites the unit where it is orange, inhibits it where it is blue, and has no effect
 * where it is white: a scale of two directions, which its colour bar explains.
 *
 * @param model takes pictures, `[null, height, width]`, and has a dense layer that reads their pixels.
 * @throws RangeError if there is none.
 * @example
 * unitWeights(model).text.split('\n')[0]; // 'The weights of the 128 hidden units, 28 × 28 each, drawn as pictures.'
 */
export function unitWeights(model: tf.LayersModel): Figure {
  checkModel(model, 'unitWeights(model)');
  const found = pixelWeights(model);
  const { height, width, units } = found;
  const texts = messages().figures.unitWeights;
  const { top, layout } = headOver(wrapped(texts.caption, LINE), { l: 10, r: 10, b: 10 }, 74);
  const columns = Math.min(COLUMNS, units);
  const pictures = Array.from({ length: units }, (_, unit) => weightsOf(found, unit));
  const { data, axes } = weightPictures([pictures], [height, width], columns);
  return figure(
    data,
    {
      ...axes,
      ...layout,
      // At 800 pixels, they fill the width.
      height: top + 10 + Math.min(440, 49 * Math.ceil(units / columns)),
    },
    `${texts.words(grouped(units), `${height} × ${width}`)}\n${texts.caption}`,
  );
}
