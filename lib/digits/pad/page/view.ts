/** The pad's elements; shows a drawing and the network's reading. */
import { LEVELS } from '../../drawn/line';
import { cautiousPercent, percent } from '../../format';
import { itemAt } from '../../item-at';
import type { Advice } from '../advice';
import type { PageTexts } from '../digit-pad';
import { Drawing, PEN, SIDE } from '../drawing';
import { CENTRE, type MnistPicture, mnistPicture, PICTURE } from '../mnist-picture';
import { Pen, type PenListener } from './pen';

/** Canvas pixels per pixel of the 28 × 28 picture. */
const ZOOM = 6;

export class View {
  readonly drawing = new Drawing();
  readonly pen: Pen;
  readonly pad: HTMLCanvasElement;
  private readonly line: HTMLInputElement;
  private shownLine: string | undefined;
  private status: string | undefined;
  private readonly sharpness = Math.ceil(devicePixelRatio);

  constructor(
    readonly root: ShadowRoot,
    readonly texts: PageTexts,
    on: PenListener,
  ) {
    this.pad = this.find<HTMLCanvasElement>('.draw canvas');
    this.pad.width = this.pad.height = SIDE * this.sharpness;
    this.pen = new Pen(this.pad, this.drawing, on);
    this.find('.clear').addEventListener('click', on.clear);
    this.line = this.find('#line');
    this.line.addEventListener('focus', () => this.line.select());
    this.find('.copy').addEventListener('click', async () => {
      const { copied, byHand } = texts.line;
      this.find('.said').textContent = (await isCopied(this.line)) ? copied : byHand;
    });
  }

  /** Whether a screen reader announces this pad's reading; only one pad should. */
  set announces(isTold: boolean) {
    for (const part of this.root.querySelectorAll('.answer, .note')) {
      part.setAttribute('aria-live', isTold ? 'polite' : 'off');
    }
  }

  /**
   * Shows the drawing, the frame around the ink, the keyboard's pen tip, and the resulting 28 × 28 picture.
   *
   * @returns the 28 × 28 picture; undefined for an empty drawing.
   */
  show(): MnistPicture | undefined {
    const { strokes, picture: ground, ink } = this.drawing;
    const picture = mnistPicture(ink);
    const context = this.pad.getContext('2d') as CanvasRenderingContext2D;
    context.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
    context.clearRect(0, 0, SIDE, SIDE);
    if (ground) context.drawImage(greyCanvas(ground), 0, 0);
    Object.assign(context, { lineWidth: PEN, lineCap: 'round', lineJoin: 'round' });
    context.strokeStyle = 'white';
    for (const stroke of strokes) {
      context.beginPath();
      // Repeats the first point, so a single point leaves a dot.
      for (const { x, y } of [...stroke.slice(0, 1), ...stroke]) context.lineTo(x, y);
      context.stroke();
    }
    Object.assign(context, { lineWidth: 1.5, strokeStyle: FRAME });
    if (picture) {
      const { left, top, width, height } = picture.from;
      context.strokeRect(left, top, width, height);
    }
    const { tip, isTipShown } = this.pen;
    if (isTipShown) {
      context.beginPath();
      context.arc(tip.x, tip.y, PEN / 2, 0, 2 * Math.PI);
      context.stroke();
    }
    this.showPicture(picture);
    return picture;
  }

  /** Shows the 28 × 28 picture, with the scaled frame and a cross in the middle. */
  private showPicture(picture: MnistPicture | undefined): void {
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
   * While the pen is down, screen readers and the advice wait, because every drawing begins small.
   */
  showReading(probabilities: Float32Array | undefined, advice: Advice | undefined): void {
    const { isDown } = this.pen;
    const best = probabilities?.indexOf(Math.max(...probabilities));
    const certainty = cautiousPercent(probabilities?.[best ?? 0] ?? 0, 0);
    const answer = this.find('.answer');
    answer.setAttribute('aria-busy', String(isDown));
    answer.textContent =
      probabilities && best !== undefined
        ? this.texts.answer.replace('{digit}', String(best)).replace('{percent}', certainty) +
          (advice && !isDown ? this.texts.advice[advice] : '')
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

  /**
   * Shows the drawing as a line of text, with a status. An unchanged status is not rewritten, because copying
   * replaces the status.
   */
  showLine(line: string | undefined, status: string): void {
    if (line === this.shownLine && status === this.status) return;
    Object.assign(this, { shownLine: line, status });
    this.line.value = line ?? '';
    this.line.disabled = this.find<HTMLButtonElement>('.copy').disabled = line === undefined;
    this.find('.said').textContent = status;
  }

  /** Opens the line's details, if copying is the only way to the kernel. */
  openLine(): void {
    this.find<HTMLDetailsElement>('.take').open = true;
  }

  find<Kind extends HTMLElement>(selector: string): Kind {
    return this.root.querySelector<Kind>(selector) as Kind;
  }
}

/** Copies the field. The clipboard API fails on pages over plain HTTP or without permission. */
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

/** Draws a picture on an empty canvas, with `zoom` canvas pixels per pixel. */
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

function greyCanvas(bytes: Uint8Array): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const data = Uint8ClampedArray.from({ length: 4 * bytes.length }, (_, i) =>
    i % 4 === 3 ? itemAt(bytes, (i - 3) / 4) : 255,
  );
  canvas.getContext('2d')?.putImageData(new ImageData(data, SIDE), 0, 0);
  return canvas;
}
