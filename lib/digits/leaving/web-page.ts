import type * as tf from '@tensorflow/tfjs';
import { escaped, fromBase64, toBase64 } from '../format';
import { getLanguage, messages } from '../language';
import { displayHtml } from '../notebook/display';
import { pageScript } from '../notebook/page-script';
import { denseLayers } from '../pad/dense-layers';
import { elementwise, pack } from '../pad/plain-network';
import { trainingsOf } from '../training/training-log';
import { checkName } from './save-model';

/**
 * Shows a download link below the cell for a web page that reads digits with the model's current weights. The
 * page is a single readable HTML file that works offline and without a library. Outside a notebook only a line
 * is printed.
 *
 * Weights are rounded to one byte, as in `digitPad`.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`, output 10
 * probabilities.
 * @param name file name without `.html`: letters, digits, `-` and `_`; defaults to `my-network`.
 * @throws PadModelError for any other model, or if weights are not finite.
 * @throws OptionError if the name has other characters.
 * @example
 * webPage(model, 'my-network');
 */
export function webPage(model: tf.LayersModel, name = 'my-network'): void {
  const { link, untrained } = messages().leaving;
  const page = pageOf(model);
  const file = `${checkName(name)}.html`;
  const address = `data:text/html;base64,${toBase64(new TextEncoder().encode(page))}`;
  const words = link(file, Math.round(page.length / 1000));
  const lines = trainingsOf(model).length > 0 ? [words] : [words, untrained];
  displayHtml(
    `<p><a download="${file}" href="${address}">⬇ ${file}</a></p><p>${lines.map(escaped).join('<br>')}</p>`,
    lines.join('\n'),
  );
}

/**
 * Returns the page with the network's layers and texts in the current language. No library is needed: a network
 * of dense layers is a few products, and MNIST's format a little arithmetic.
 */
export function pageOf(model: tf.LayersModel): string {
  const layers = denseLayers(model).map(layer => {
    const { kernel, scale } = pack(layer);
    const scales = [...new Float32Array(fromBase64(scale))];
    return { ...layer, kernel, scale: scales, bias: [...layer.bias] };
  });
  const used = layers.flatMap(({ activation }) => (activation === 'softmax' ? [] : activation));
  const functions = [...new Set(used)].map(name => `${name}: ${elementwise[name]}`);
  const { title, help, clear } = messages().leaving.page;
  const parts: Record<string, string> = {
    ...{ TITLE: escaped(title), HELP: escaped(help), CLEAR: escaped(clear) },
    LAYERS: JSON.stringify(layers),
    FUNCTIONS: functions.join(', '),
  };
  return (pageScript('web-page') ?? '')
    .replace('lang="en"', `lang="${getLanguage()}"`)
    .replace(/[A-Z]{4,}/g, name => parts[name] ?? name);
}
