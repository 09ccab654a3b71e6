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
 * Shows a link below the cell by which to download a web page that reads digits with the weights that
 * the model has now: one HTML file, to be read as well, that needs neither a network nor a library. Outside a
 * notebook only a line is printed.
 *
 * Its weights are rounded to one byte, as those of `digitPad` are.
 *
 * @param model a Sequential of Flatten, Dense and Dropout layers, input `[28, 28]` or `[784]`,
 * output 10 probabilities.
 * @param name of the file, without `.html`: letters, digits, `-` and `_`; defaults to `my-network`.
 * @throws PadModelError for any other model, or if weights are not finite.
 * @throws OptionError if the name has other signs.
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
 * Writes the page, with the network's layers and the language in use. It has no library: a network of dense
 * layers is a few products, and MNIST's pictures a little arithmetic.
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
