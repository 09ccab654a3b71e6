/** Brings the unit of four pixels to life, in the page that shows it. */
import { element, placesOf } from '../../notebook/elements';
import { activation, findsDiagonal, numeral, PATTERNS, written } from '../arithmetic';
import type { UnitContent } from '../one-unit';

type Texts = UnitContent['texts'];

/** @param id of the display. */
export function start(id: string, { texts }: UnitContent): void {
  for (const root of placesOf('unit', id, STYLE)) root.append(unit(texts));
}

/** Puts the unit together. It begins with equal weights, which answer to whatever is bright. */
function unit(texts: Texts): HTMLElement {
  const arithmetic = element('p', {});
  const status = element('p', { role: 'status' });
  const four = (kind: string, symbol: string, range: Range, colour: Colour) =>
    texts.places.map((place, i) =>
      slider(kind + place, symbol + '₁₂₃₄'.charAt(i), range, colour, show),
    );
  const pixels = four(texts.pixel, 'x', [0, 1], grey);
  const weights = four(texts.weight, 'w', [-2, 2], tint);
  const bias = slider(texts.bias, 'b', [-2, 2], tint, show);
  const choose = (pattern: readonly number[]) => {
    for (const [i, pixel] of pixels.entries()) pixel.set(pattern[i]);
    show();
  };
  const patterns = PATTERNS.map((pattern, at) =>
    patternButton(pattern, texts.patterns[at], choose),
  );

  function show(): void {
    const [x, w, b] = [pixels.map(toValue), weights.map(toValue), bias.value()];
    for (const each of [...pixels, ...weights, bias]) each.show();
    arithmetic.replaceChildren(...written(x, w, b).map(line => element('span', {}, line)));
    const h = activation(x, w, b);
    const said = (h > 0 ? texts.answers : texts.silent).replace('{h}', numeral(h));
    status.textContent = said + (findsDiagonal(w, b) ? texts.done : '');
    for (const pattern of patterns) pattern.show(x, w, b);
  }
  for (const weight of weights) weight.set(0.5);
  bias.set(0);
  choose(PATTERNS[0] ?? []);
  return element(
    'div',
    { className: 'all' },
    group(texts.picture, 'four', ...pixels.map(({ place }) => place)),
    group(texts.weights, 'four', ...weights.map(({ place }) => place), bias.place),
    element('div', {}, arithmetic, status),
    group(texts.task, 'row', ...patterns.map(({ button }) => button)),
    element('p', { className: 'small' }, texts.colours),
  );
}

type Range = readonly [min: number, max: number];
type Colour = (value: number) => readonly number[];
type Slider = ReturnType<typeof slider>;

const toValue = (slider: Slider): number => slider.value();

const group = (title: string, className: string, ...content: Node[]): HTMLElement =>
  element(
    'div',
    { role: 'group', ariaLabel: title },
    ...[element('b', {}, title), element('div', { className }, ...content)],
  );

/** Makes a slider below a square that shows its value, as a number and as a colour. */
function slider(
  name: string,
  symbol: string,
  [min, max]: Range,
  colour: Colour,
  changed: () => void,
) {
  const bounds = { type: 'range', min: `${min}`, max: `${max}`, step: '0.1' };
  const input = element('input', { ...bounds, ariaLabel: name, oninput: changed });
  const square = element('span', { ariaHidden: 'true' });
  const value = () => input.valueAsNumber;
  const set = (value = 0) => {
    input.value = `${value}`;
  };
  // A click on the square turns it over: dark or bright, least or most.
  square.onclick = () => {
    set(value() > (min + max) / 2 ? min : max);
    changed();
  };
  const show = () => {
    const [red = 0, green = 0, blue = 0] = colour(value());
    square.textContent = `${symbol} = ${numeral(value())}`;
    square.style.background = `rgb(${red}, ${green}, ${blue})`;
    square.style.color = 0.3 * red + 0.6 * green + 0.1 * blue < 128 ? '#fff' : '#222';
    input.ariaValueText = numeral(value());
  };
  return { place: element('div', {}, square, input), value, set, show };
}

/** Makes a button that puts a pattern into the picture, and shows what the unit answers to it. */
function patternButton(
  pattern: readonly number[],
  name = '',
  choose: (pattern: readonly number[]) => void,
) {
  const answer = element('b', {});
  const picture = pattern.map(value => element('i', { className: value > 0 ? 'bright' : '' }));
  const onclick = () => choose(pattern);
  const parts = [element('span', {}, ...picture), `${name} `, answer];
  const button = element('button', { type: 'button', onclick }, ...parts);
  const show = (x: readonly number[], w: readonly number[], b: number) => {
    button.ariaPressed = String(pattern.every((value, i) => value === x[i]));
    answer.textContent = `h = ${numeral(activation(pattern, w, b))}`;
  };
  return { button, show };
}

const mixed = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share));

const WHITE = [255, 255, 255];
const grey: Colour = value => mixed([0, 0, 0], WHITE, value);

/** The colours of the lesson's pictures of weights: blue, white where it is 0, orange. */
const tint: Colour = value =>
  mixed(WHITE, value < 0 ? [0, 114, 178] : [213, 94, 0], Math.abs(value) / 2);

const STYLE = `
.all { display: flex; flex-wrap: wrap; gap: 14px 28px; max-width: 860px; }
.all > * { flex: 1 1 100%; }
.all > :nth-child(-n + 2) { flex: 0 1 210px; }
.all > :nth-child(3) { flex: 1 1 340px; }
b { display: block; margin-bottom: 4px; }
p { margin: 0 0 6px; }
.four { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.four :nth-child(5) { grid-column: span 2; }
.four span { display: grid; place-items: center; min-height: 48px; border: 1px solid var(--line); border-radius: 4px; cursor: pointer; user-select: none; }
.four :nth-child(5) span { min-height: 28px; }
input { display: block; width: 100%; margin: 4px 0 0; accent-color: #0072b2; }
p span { display: block; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
button { display: flex; align-items: center; gap: 8px; padding: 5px 10px; }
button b { display: inline; margin: 0; }
button span { display: grid; grid-template-columns: 12px 12px; border: 1px solid #888; }
i { height: 12px; background: #000; }
.bright { background: #fff; }
.small { font-size: 12px; }
`;
