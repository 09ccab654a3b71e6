/** The pad's elements, and how they show a drawing and its reading. */
import { LEVELS } from '../../drawn/line';
import { cautiousPercent, escaped, percent } from '../../format';
import { itemAt } from '../../item-at';
import type { Advice } from '../advice';
import type { PageTexts } from '../digit-pad';
import { type Drawing, PEN, type Point, SIDE } from '../drawing';
import { CENTRE, type MnistPicture, PICTURE } from '../mnist-picture';
import style from './view.css';
import elements from './view.html';

/** Pixels of the small picture's canvas for each of its 28 × 28. */
const ZOOM = 6;

export class View {
  readonly pad: HTMLCanvasElement;
  readonly clear: HTMLButtonElement;
  /** Asks which digit it is. */
  readonly label: HTMLSelectElement;
  private readonly line: HTMLInputElement;
  readonly root: ShadowRoot;
  private readonly sharpness = Math.ceil(devicePixelRatio);

  /** Puts the elements in a shadow root, apart from the page's styles and from other pads. */
  constructor(
    host: HTMLElement,
    readonly texts: PageTexts,
    isSet = false,
  ) {
    // Before the shadow hides the still picture: words of an earlier version may lack some.
    const html = page(texts);
    this.root = host.attachShadow({ mode: 'open' });
    this.root.innerHTML = `<style>${style}</style>${html}`;
    for (const other of this.root.querySelectorAll(isSet ? '.reads' : '.sets')) other.remove();
    this.root.addEventListener('keydown', keepFromHost);
    this.pad = this.find<HTMLCanvasElement>('.draw canvas');
    this.clear = this.find('.clear');
    this.label = this.find('#label');
    this.line = this.find('#line');
    this.line.addEventListener('focus', () => this.line.select());
    this.find('.copy').addEventListener('click', async () => {
      const { copied, byHand } = texts.line;
      this.find('.said').textContent = (await isCopied(this.line)) ? copied : byHand;
    });
    this.pad.width = this.pad.height = SIDE * this.sharpness;
  }

  /** Whether a screen reader is told what is read here, and not the same of every pad. */
  set announces(isTold: boolean) {
    for (const part of this.root.querySelectorAll('.answer, .note')) {
      part.setAttribute('aria-live', isTold ? 'polite' : 'off');
    }
  }

  /** Shows the drawing, the frame around it, and the pen's tip while the keyboard moves it. */
  showDrawing(
    { strokes, picture: ground }: Drawing,
    picture: MnistPicture | undefined,
    tip?: Point,
  ): void {
    const context = this.pad.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    if (ground) context.drawImage(greyCanvas(ground), 0, 0);
    Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round' });
    context.strokeStyle = 'white';
    for (const [first, ...others] of strokes) {
      if (!first) continue;
      context.beginPath();
      context.moveTo(first.x, first.y);
      for (const { x, y } of others.length > 0 ? others : [first]) context.lineTo(x, y);
      context.stroke();
    }
    Object.assign(context, { lineWidth: 1.5, strokeStyle: FRAME });
    if (picture) {
      const { left, top, width, height } = picture.from;
      context.strokeRect(left, top, width, height);
    }
    if (tip) {
      context.beginPath();
      context.arc(tip.x, tip.y, PEN / 2, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /** Shows the 28 × 28, with the frame that came from the drawing and a cross in the middle. */
  showPicture(picture: MnistPicture | undefined): void {
    const canvas = this.find<HTMLCanvasElement>('.seen canvas');
    const context = showLevels(canvas, picture?.levels, ZOOM);
    if (!picture) return;
    context.strokeStyle = FRAME;
    const { left, top, width, height } = picture.to;
    context.strokeRect(left * ZOOM, top * ZOOM, width * ZOOM, height * ZOOM);
    const middle = (CENTRE + 0.5) * ZOOM;
    context.fillStyle = FRAME;
    context.fillRect(middle - 5, middle - 1, 10, 2);
    context.fillRect(middle - 1, middle - 5, 2, 10);
  }

  /**
   * Shows the answer in words and the probabilities as bars.
   *
   * @param drawing whether the pen is down: a screen reader waits with the answer until it is up, and
   * so does the advice, as every drawing begins small.
   */
  showReading(probabilities: Float32Array | undefined, drawing: boolean, advice?: Advice): void {
    const best = probabilities?.indexOf(Math.max(...probabilities));
    const certainty = cautiousPercent(probabilities?.[best ?? 0] ?? 0, 0);
    const answer = this.find('.answer');
    answer.setAttribute('aria-busy', String(drawing));
    answer.textContent =
      probabilities && best !== undefined
        ? this.texts.answer.replace('{digit}', String(best)).replace('{percent}', certainty) +
          (advice && !drawing ? this.texts.advice[advice] : '')
        : this.texts.empty;
    this.root.querySelectorAll<HTMLElement>('li').forEach((row, digit) => {
      const probability = probabilities?.[digit];
      row.classList.toggle('best', digit === best);
      const [fill, number] = row.querySelectorAll<HTMLElement>('.fill, .percent');
      if (fill) fill.style.width = `${100 * (probability ?? 0)}%`;
      const share = digit === best ? certainty : percent(probability ?? 0, 0);
      if (number) number.textContent = probabilities ? share : '';
    });
  }

  /** Shows the drawing as a line of text, or why there is none. */
  showLine(line: string | undefined, instead: string): void {
    if (line && line === this.line.value) return;
    this.line.value = line ?? '';
    this.line.disabled = this.find<HTMLButtonElement>('.copy').disabled = line === undefined;
    this.find('.said').textContent = line === undefined ? instead : '';
  }

  find<Kind extends HTMLElement>(selector: string): Kind {
    return this.root.querySelector<Kind>(selector) as Kind;
  }
}

/** The clipboard is closed on pages over plain HTTP, and where the browser asks and is told no. */
async function isCopied(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand('copy');
  }
}

const FRAME = '#56b4e9';

/** Shows a picture, each pixel as a square of so many, on an empty canvas. */
export function showLevels(
  canvas: HTMLCanvasElement,
  levels: Uint8Array | undefined,
  zoom: number,
): CanvasRenderingContext2D {
  canvas.width = canvas.height = PICTURE * zoom;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  levels?.forEach((level, i) => {
    const grey = (255 / LEVELS) * level;
    context.fillStyle = `rgb(${grey}, ${grey}, ${grey})`;
    context.fillRect((i % PICTURE) * zoom, Math.floor(i / PICTURE) * zoom, zoom, zoom);
  });
  return context;
}

/** JupyterLab would take letters, digits and Enter for commands; its own are those with Shift or Ctrl. */
function keepFromHost(event: Event): void {
  const { key, target, shiftKey, ctrlKey, altKey, metaKey } = event as KeyboardEvent;
  const isCommand =
    key === 'Escape' || (key === 'Enter' && shiftKey) || ctrlKey || altKey || metaKey;
  // The canvas keeps to itself what it takes.
  if (!isCommand && !(target instanceof HTMLCanvasElement)) event.stopPropagation();
}

/** Draws white of so much opacity a pixel. */
function greyCanvas(bytes: Uint8Array): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const data = Uint8ClampedArray.from({ length: 4 * bytes.length }, (_, i) =>
    i % 4 === 3 ? itemAt(bytes, (i - 3) / 4) : 255,
  );
  canvas.getContext('2d')?.putImageData(new ImageData(data, SIDE), 0, 0);
  return canvas;
}

/** Writes the elements. An exported page takes the words from a notebook, whoever wrote it. */
const page = (texts: PageTexts): string =>
  elements
    .replace(/^.*\{digit\}.*\n/gm, line =>
      DIGITS.map(digit => line.replace('{digit}', digit)).join(''),
    )
    .replace(/\{([\w.]+)\}/g, (_, path: string) => escaped(textAt(texts, path)));

const DIGITS = [...'0123456789'];

/** Finds a text by the names on the way to it; fails where there is none. */
const textAt = (texts: object, path: string): string =>
  path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], texts) as string;
