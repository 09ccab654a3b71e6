/** Starts the interactive unit of four pixels in the page. */
import { itemAt } from '../../item-at';
import type { Messages } from '../../messages/en';
import { element, fill, placesOf } from '../../notebook/elements';
import { activation, arithmeticLines, numeral, PATTERNS, wrongAnswer } from '../arithmetic';
import style from './unit.css';
import html from './unit.html';

export function start(id: string, { texts }: { texts: Messages['unit']['page'] }): void {
  for (const root of placesOf('unit', id, style, fill(html, texts))) enliven(root, texts);
}

/** Connects the sliders. The initial equal weights answer to any bright picture. */
function enliven(root: ShadowRoot, texts: Messages['unit']['page']): void {
  // Four pixels, four weights and the bias.
  const sliders = [...root.querySelectorAll('input')];
  const [arithmetic, status] = root.querySelectorAll('p');
  const buttons = [...root.querySelectorAll('button')];
  for (const [index, pattern] of PATTERNS.entries()) {
    const button = itemAt(buttons, index);
    const pixels = button.querySelectorAll('i');
    for (const [i, pixel] of pixels.entries()) pixel.classList.toggle('bright', pattern[i] === 1);
    button.onclick = () => {
      for (const [i, pixel] of pattern.entries()) Object.assign(sliders[i] ?? {}, { value: pixel });
      show();
    };
  }

  function show(): void {
    for (const slider of sliders) showValue(slider);
    const values = sliders.map(slider => slider.valueAsNumber);
    const [x, w, b = 0] = [values.slice(0, 4), values.slice(4, 8), values[8]];
    arithmetic?.replaceChildren(...arithmeticLines(x, w, b).map(line => element('span', {}, line)));
    const h = activation(x, w, b);
    const answer = (h > 0 ? texts.answers : texts.silent).replace('{h}', numeral(h));
    const wrong = wrongAnswer(w, b);
    const almost = texts.almost.replace('{x}', `${wrong?.join(', ')}`);
    // The buttons show the answers to the patterns.
    status?.replaceChildren(
      answer + (!wrong ? texts.done : PATTERNS.includes(wrong) ? '' : almost),
    );
    for (const [index, pattern] of PATTERNS.entries()) {
      const button = itemAt(buttons, index);
      button.ariaPressed = String(pattern.every((value, i) => value === x[i]));
      button.querySelector('b')?.replaceChildren(`h = ${numeral(activation(pattern, w, b))}`);
    }
  }
  for (const slider of sliders) {
    slider.oninput = show;
    // Clicking the square switches between minimum and maximum.
    squareOf(slider).onclick = () => {
      const { min, max, value } = slider;
      slider.value = Number(value) > (Number(min) + Number(max)) / 2 ? min : max;
      show();
    };
  }
  show();
}

const squareOf = (slider: HTMLInputElement) => slider.previousElementSibling as HTMLElement;

/**
 * Shows a slider's value in its square, as a number and as a colour: grey for a pixel; blue, white for 0, or
 * orange for a weight, as in the lesson's weight pictures.
 */
function showValue(slider: HTMLInputElement): void {
  const value = slider.valueAsNumber;
  const isPixel = slider.min === '0';
  const square = squareOf(slider);
  square.textContent = `${slider.name} = ${numeral(value)}`;
  square.style.background = isPixel
    ? mixed('white', value, 'black')
    : mixed(value < 0 ? '#0072b2' : '#d55e00', Math.abs(value) / 2, 'white');
  square.style.color = value < (isPixel ? 0.5 : -1.6) ? '#fff' : '#222';
  slider.ariaValueText = numeral(value);
}

const mixed = (colour: string, share: number, ground: string): string =>
  `color-mix(in srgb, ${colour} ${100 * share}%, ${ground})`;
