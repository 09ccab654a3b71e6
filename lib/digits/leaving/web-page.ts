import type * as tf from '@tensorflow/tfjs';
import { escaped, toBase64 } from '../format';
import { getLanguage, messages } from '../language';
import { displayHtml } from '../notebook/display';
import { denseLayers } from '../pad/dense-layers';
import { elementwise, pack } from '../pad/plain-network';
import { trainingsOf } from '../training/training-log';
import { checkName } from './check-name';

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

/** Writes the page, with the network's layers and the language in use. */
export function pageOf(model: tf.LayersModel): string {
  const layers = denseLayers(model).map(layer => pack(layer));
  const texts = messages().leaving.page;
  const used = layers.flatMap(({ activation }) => (activation === 'softmax' ? [] : activation));
  const functions = [...new Set(used)].map(name => `${name}: ${elementwise[name]}`);
  return PAGE.replace(/LANG|TITLE|HELP|CLEAR|LAYERS|FUNCTIONS/g, part => {
    if (part === 'LANG') return getLanguage();
    // "</script>" within a string would end the script.
    if (part === 'LAYERS') return JSON.stringify(layers).replaceAll('<', '\\u003c');
    if (part === 'FUNCTIONS') return functions.join(', ');
    return escaped(texts[part.toLowerCase() as keyof typeof texts]);
  });
}

/** No library: a network of dense layers is a few products, and MNIST's pictures a little arithmetic. */
const PAGE = `<!doctype html>
<html lang="LANG">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>TITLE</title>
<style>
  body { font: 20px system-ui; margin: 1rem; }
  canvas { background: black; touch-action: none; max-width: 100%; }
</style>
<h1>TITLE</h1>
<p>HELP</p>
<canvas id="pad" width="280" height="280" role="img" aria-label="HELP"></canvas>
<p><button id="clear">CLEAR</button> <input id="file" type="file" accept="image/*" aria-label="HELP"></p>
<h2><output id="answer"></output></h2>
<script>
// The network: each weight is a byte times the scale of its unit.
const layers = LAYERS;
const functions = { FUNCTIONS };
const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)).buffer;
for (const layer of layers) {
  layer.kernel = new Int8Array(bytes(layer.kernel));
  for (const part of ['scale', 'bias']) layer[part] = new Float32Array(bytes(layer[part]));
}

function dense(x, { kernel, scale, bias, activation }) {
  const z = bias.map((b, u) => b + scale[u] * x.reduce((sum, value, i) => sum + value * kernel[i * bias.length + u], 0));
  if (activation !== 'softmax') return z.map(functions[activation]);
  const powers = z.map(value => Math.exp(value - Math.max(...z)));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map(power => power / sum);
}

// As MNIST's pictures are made: scaled to fit 20 × 20, the centre of mass in the middle of 28 × 28.
function picture(ink) {
  const places = [...ink.keys()].filter(i => ink[i] > 0);
  const ends = places.reduce(([l, r, t, b], i) => {
    const [x, y] = [i % 280, Math.floor(i / 280)];
    return [Math.min(l, x), Math.max(r, x), Math.min(t, y), Math.max(b, y)];
  }, [280, 0, 280, 0]);
  const scale = 20 / (Math.max(ends[1] - ends[0], ends[3] - ends[2]) + 1);
  const place = i => [(i % 280 - ends[0]) * scale, (Math.floor(i / 280) - ends[2]) * scale];
  const mass = places.reduce((sum, i) => sum + ink[i], 0);
  const middle = axis => places.reduce((sum, i) => sum + Math.floor(place(i)[axis]) * ink[i], 0) / mass;
  const [left, top] = [0, 1].map(axis => Math.round(14 - middle(axis)));
  const pixels = new Float32Array(784);
  for (const i of places) {
    const [x, y] = place(i).map(Math.floor);
    pixels[(y + top) * 28 + x + left] += ink[i] * scale * scale;
  }
  return pixels.map(value => Math.min(1, value));
}

const pen = pad.getContext('2d', { willReadFrequently: true });
function read() {
  const { data } = pen.getImageData(0, 0, 280, 280);
  const ink = Float32Array.from({ length: 280 * 280 }, (_, i) => data[4 * i] / 255 * data[4 * i + 3] / 255);
  const p = ink.some(value => value > 0) ? layers.reduce(dense, picture(ink)) : [];
  const digit = p.indexOf(Math.max(...p));
  answer.textContent = digit < 0 ? '' : digit + ' (' + (100 * p[digit]).toFixed(1) + '%)';
}

Object.assign(pen, { lineWidth: 24, lineCap: 'round', strokeStyle: 'white' });
pad.onpointerdown = pad.onpointermove = event => {
  if (event.type === 'pointerdown') pen.beginPath();
  if (event.buttons === 0) return;
  pen.lineTo(event.offsetX * 280 / pad.clientWidth, event.offsetY * 280 / pad.clientHeight);
  pen.lineTo(event.offsetX * 280 / pad.clientWidth + 0.1, event.offsetY * 280 / pad.clientHeight);
  pen.stroke();
  read();
};
clear.onclick = () => { pen.clearRect(0, 0, 280, 280); read(); };

// A picture: dark on light is turned round, and what is fainter than half of the ink is paper.
file.onchange = async () => {
  const image = await createImageBitmap(file.files[0]);
  const scale = 280 / Math.max(image.width, image.height);
  pen.clearRect(0, 0, 280, 280);
  const [width, height] = [image.width, image.height].map(size => Math.max(1, Math.round(size * scale)));
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height); // what a picture leaves transparent is taken for paper
  pen.drawImage(image, 0, 0, width, height);
  const shown = pen.getImageData(0, 0, width, height);
  const grey = Float32Array.from({ length: width * height }, (_, i) => shown.data.subarray(4 * i, 4 * i + 3).reduce((a, b) => a + b) / 3);
  const isLight = grey.reduce((a, b) => a + b) / grey.length > 127;
  const ink = grey.map(value => (isLight ? 255 - value : value));
  const most = ink.reduce((a, b) => Math.max(a, b));
  ink.forEach((value, i) => shown.data.fill(value < most / 2 ? 0 : value * 255 / most, 4 * i, 4 * i + 3));
  pen.putImageData(shown, 0, 0);
  read();
};
</script>
`;
