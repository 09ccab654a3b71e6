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
  const arithmetic = element('p', { className: 'sum' });
  const status = element('p', { role: 'status' });
  const places = [...texts.places];
  const show = () => {
    const [x, w, b] = [pixels.map(toValue), weights.map(toValue), toValue(bias)];
    for (const each of [...pixels, ...weights, bias]) each.show();
    arithmetic.replaceChildren(...written(x, w, b).map(line => element('span', {}, line)));
    const h = activation(x, w, b);
    const said = (h > 0 ? texts.answers : texts.silent).replace('{h}', numeral(h));
    status.textContent = said + (findsDiagonal(w, b) ? texts.done : '');
    for (const { button, pattern, answer } of patterns) {
      button.ariaPressed = String(pattern.every((value, i) => value === x[i]));
      answer.textContent = `h = ${numeral(activation(pattern, w, b))}`;
    }
  };
  const patterns = PATTERNS.map((pattern, at) => {
    const answer = element('b', {});
    const picture = element('span', { className: 'mini' }, ...pattern.map(miniPixel));
    const onclick = () => {
      pixels.forEach((pixel, i) => {
        pixel.set(pattern[i] ?? 0);
      });
      show();
    };
    const name = texts.patterns[at] ?? '';
    const button = element('button', { type: 'button', onclick }, picture, `${name} `, answer);
    return { button, pattern, answer };
  });
  const pixels = places.map(
    (place, i) =>
      new Slider(texts.pixel.replace('{place}', place), [0, 1], PATTERNS[0]?.[i] ?? 0, show, grey),
  );
  const weights = places.map(
    place => new Slider(texts.weight.replace('{place}', place), [-2, 2], 0.5, show, tint),
  );
  const bias = new Slider(texts.bias, [-2, 2], 0, show, tint);
  const group = (title: string, ...content: Node[]) =>
    element('div', { role: 'group', ariaLabel: title }, element('b', {}, title), ...content);
  const square = (sliders: readonly Slider[]) =>
    element('div', { className: 'square' }, ...sliders.map(({ label }) => label));
  show();
  return element(
    'div',
    { className: 'all' },
    group(texts.picture, square(pixels)),
    group(texts.weights, square(weights), bias.label),
    element('div', { className: 'out' }, arithmetic, status),
    group(
      texts.task,
      element('div', { className: 'patterns' }, ...patterns.map(({ button }) => button)),
    ),
    element('p', { className: 'small' }, texts.colours),
  );
}

const toValue = (slider: Slider): number => slider.value;

const miniPixel = (value: number): HTMLElement => {
  const pixel = element('i', {});
  pixel.style.background = grey(value);
  return pixel;
};

/** A slider with a square above it that shows its value, as a number and as a colour. */
class Slider {
  readonly label: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly shade = element('span', { className: 'shade', ariaHidden: 'true' });

  constructor(
    name: string,
    [min, max]: readonly [min: number, max: number],
    value: number,
    changed: () => void,
    private readonly colour: (value: number) => string,
  ) {
    const range = { min: `${min}`, max: `${max}`, step: '0.1', value: `${value}` };
    this.input = element('input', { type: 'range', ...range, ariaLabel: name, oninput: changed });
    // A click on the square turns it over: dark or bright, less or more.
    this.shade.onclick = () => {
      this.set(this.value > (min + max) / 2 ? min : max);
      changed();
    };
    this.label = element('span', { className: 'slider' }, this.shade, this.input);
  }

  get value(): number {
    return this.input.valueAsNumber;
  }

  set(value: number): void {
    this.input.value = `${value}`;
  }

  show(): void {
    const { value, shade } = this;
    shade.textContent = numeral(value);
    shade.style.background = this.colour(value);
    shade.style.color = isDark(shade.style.background) ? '#fff' : '#222';
    this.input.ariaValueText = numeral(value);
  }
}

const grey = (value: number): string => mixed([0, 0, 0], [255, 255, 255], value);

/** The colours of the lesson's pictures of weights: blue, white where it is 0, orange. */
const tint = (value: number): string =>
  mixed([255, 255, 255], value < 0 ? [0, 114, 178] : [213, 94, 0], Math.abs(value) / 2);

const mixed = (from: readonly number[], to: readonly number[], share: number): string =>
  `rgb(${from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * share)).join(', ')})`;

/** Tells whether white words can be read better on a colour, `rgb(…)`, than dark ones. */
function isDark(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = colour.match(/\d+/g)?.map(Number) ?? [];
  return 0.3 * red + 0.59 * green + 0.11 * blue < 128;
}

const STYLE = `
.all { display: flex; flex-wrap: wrap; gap: 14px 28px; max-width: 780px; }
.all > div { flex: 0 1 240px; min-width: min(100%, 200px); }
.all > div:last-of-type, .all > .out, .small { flex: 1 1 100%; }
b { display: block; margin-bottom: 4px; }
p { margin: 0; }
.square { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.slider { display: block; }
.shade { display: grid; place-items: center; height: 56px; border: 1px solid var(--line); border-radius: 4px; cursor: pointer; font-variant-numeric: tabular-nums; user-select: none; }
input { display: block; width: 100%; margin: 4px 0 0; accent-color: #0072b2; }
.sum span { display: block; font-variant-numeric: tabular-nums; }
.patterns { display: flex; flex-wrap: wrap; gap: 8px; }
button { display: flex; align-items: center; gap: 8px; padding: 5px 10px; }
button b { display: inline; margin: 0; }
.mini { display: grid; grid-template-columns: 12px 12px; border: 1px solid #888; }
.mini i { height: 12px; }
.small { font-size: 12px; }
`;
