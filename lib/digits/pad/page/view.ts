/** The pad's elements, and how they show a drawing and its reading. */
import { LEVELS } from '../../drawn/line';
import { cautiousPercent, escaped, percent } from '../../format';
import { itemAt } from '../../item-at';
import type { Advice } from '../advice';
import type { PageTexts } from '../digit-pad';
import { type Drawing, PEN, type Point, SIDE } from '../drawing';
import { CENTRE, type MnistPicture, PICTURE } from '../mnist-picture';
import { LineField } from './line-field';

/** Pixels of the small picture's canvas for each of its 28 × 28. */
const ZOOM = 6;

export class View {
  readonly pad: HTMLCanvasElement;
  readonly clear: HTMLButtonElement;
  /** Where picture files come in; and what is wrong with one. */
  readonly files: { readonly area: HTMLElement; button: HTMLButtonElement; said: HTMLElement };
  /** Asks which digit it is. */
  readonly label: HTMLSelectElement;
  readonly line: LineField;
  readonly root: ShadowRoot;
  private readonly sharpness = Math.ceil(devicePixelRatio);

  /** Puts the elements in a shadow root, apart from the page's styles and from other pads. */
  constructor(
    host: HTMLElement,
    readonly texts: PageTexts,
    isSet = false,
  ) {
    // Before the shadow hides the still picture: words of an earlier version may lack some.
    const html = page(texts, isSet);
    this.root = host.attachShadow({ mode: 'open' });
    this.root.innerHTML = html;
    this.root.addEventListener('keydown', keepFromHost);
    this.pad = this.find<HTMLCanvasElement>('.draw canvas');
    this.clear = this.find('.clear');
    this.files = {
      area: this.find('.all'),
      button: this.find('.open'),
      said: this.find('.fault'),
    };
    this.label = this.find('#label');
    this.line = new LineField(this.root, texts.line);
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

  /** Shows what is to be said of a picture that lies under the strokes. */
  showNote(note: string): void {
    this.find('.note').textContent = note;
  }

  /** Says what is to be done, in a pad that reads nothing. */
  showTask(task: string): void {
    this.find('.answer').textContent = task;
  }

  find<Kind extends HTMLElement>(selector: string): Kind {
    return this.root.querySelector<Kind>(selector) as Kind;
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
function page(texts: PageTexts, isSet: boolean): string {
  const { draw, seen, clear, help, explain, line, picture, set } = texts;
  const [drawWords, seenWords] = [escaped(draw), escaped(seen)];
  const answer = '<p class="answer" aria-live="polite"></p>';
  const button = (name: string, words: string) =>
    `<button type="button" class="${name}">${escaped(words)}</button>`;
  const next = button('next', set.next) + button('another', set.another);
  const open = `<button type="button" class="open">${escaped(picture.open)}</button>
    <p class="fault" role="status"></p>`;
  const notes = isSet ? escaped(set.explain) : `${escaped(picture.how)}<br>${escaped(explain)}`;
  return `<style>${STYLE}</style>
<div class="all">
  <figure class="draw">
    <figcaption>${isSet ? answer : drawWords}</figcaption>
    <canvas tabindex="0" role="application" aria-label="${drawWords}" aria-describedby="help"></canvas>
    <button type="button" class="clear">${escaped(clear)}</button>
    ${isSet ? next : open}
  </figure>
  <div class="read">
    ${isSet ? '' : answer}
    <p class="note"></p>
    <div class="pair">
      <figure class="seen"><figcaption>${seenWords}</figcaption><canvas role="img" aria-label="${seenWords}"></canvas></figure>
      ${isSet ? cells(set) : bars(texts.bars)}
    </div>
    <p class="ask">${isSet ? nameField(set) : labelField(line)}</p>
    ${lineField(isSet ? set.title : line.title, line.copy)}
  </div>
  <p class="small"><span id="help">${escaped(help)}</span><br>${notes}</p>
</div>`;
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** Writes the probabilities. */
const bars = (title: string): string =>
  `<figure class="bars"><figcaption>${escaped(title)}</figcaption><ol>${DIGITS.map(row).join('')}</ol></figure>`;

/** Asks which digit it is. */
const labelField = ({ wrote }: PageTexts['line']): string =>
  `<label for="label">${escaped(wrote)}</label> <select id="label"><option value="">?</option>${DIGITS.map(digit => `<option>${digit}</option>`).join('')}</select>`;

/** Writes the ten digits of a set, of which one is written now. */
const cells = ({ cells }: PageTexts['set']): string =>
  `<figure class="cells"><figcaption>${escaped(cells)}</figcaption>${DIGITS.map(
    digit =>
      `<button type="button"><canvas width="${PICTURE}" height="${PICTURE}"></canvas>${digit}</button>`,
  ).join('')}</figure>`;

const nameField = ({ name }: PageTexts['set']): string =>
  `<label for="name">${escaped(name)}</label> <input id="name" maxlength="30" autocomplete="off">`;

/** Writes a {@link LineField}. */
const lineField = (title: string, copy: string): string =>
  `<div class="take">
      <label for="line">${escaped(title)}</label>
      <div><input id="line" readonly spellcheck="false"><button type="button" class="copy">${escaped(copy)}</button></div>
      <p class="said" role="status"></p>
    </div>`;

const row = (digit: number): string =>
  `<li>${digit}<span class="track"><span class="fill"></span></span><span class="percent"></span></li>`;

/** The look of the pad, in the colours of JupyterLab's theme if there is one. */
const STYLE = `
:host {
  display: block; --text: var(--jp-ui-font-color1, #222); --quiet: var(--jp-ui-font-color2, #555);
  --line: var(--jp-border-color1, #bbb); --back: var(--jp-layout-color1, #fff);
  --frame: #56b4e9; --bar: #9a9a9a; --best: #0072b2;
  color: var(--text); font: 14px/1.5 var(--jp-content-font-family, sans-serif);
}
* { box-sizing: border-box; }
.all { display: flex; flex-wrap: wrap; gap: 16px 28px; align-items: flex-start; padding: 6px; }
figure, p, ol { margin: 0; padding: 0; }
figcaption { margin-bottom: 6px; }
canvas { display: block; width: 100%; aspect-ratio: 1; border-radius: 4px; background: #000; box-shadow: 0 0 0 1px var(--line); }
.draw { flex: 0 1 280px; min-width: min(100%, 200px); }
.draw canvas { touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; }
:focus-visible { outline: 3px solid var(--frame); outline-offset: 2px; }
button {
  font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line);
  border-radius: 4px; padding: 5px 18px; cursor: pointer;
}
button:disabled, select:disabled { opacity: 0.5; cursor: default; }
.clear, .open, .next, .another { margin: 10px 6px 0 0; }
.fault { margin-top: 6px; max-width: 280px; overflow-wrap: anywhere; }
select, input { font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line); border-radius: 4px; padding: 4px 6px; }
.ask { margin: 14px 0 8px; }
.take div { display: flex; gap: 8px; margin-top: 4px; }
.take input { flex: 1; min-width: 0; font: 12px/1.5 var(--jp-code-font-family, monospace); text-overflow: ellipsis; }
.said { min-height: 1.5em; font-size: 12px; color: var(--quiet); }
.small { color: var(--quiet); font-size: 12px; flex-basis: 100%; max-width: 780px; }
.read { flex: 1 1 300px; max-width: 470px; }
.answer { font-size: 17px; font-weight: 600; min-height: 1.5em; margin-bottom: 10px; }
.note:not(:empty) { margin-bottom: 10px; }
.pair { display: flex; flex-wrap: wrap; gap: 12px 20px; }
.seen { flex: 0 0 auto; width: 168px; }
.seen canvas { image-rendering: pixelated; }
.cells { flex: 1 1 240px; max-width: 270px; }
.cells button { padding: 3px; margin: 0 4px 4px 0; width: 44px; }
.cells [aria-pressed=true] { outline: 3px solid var(--best); }
.bars { flex: 1 1 120px; }
ol { list-style: none; }
li { display: flex; align-items: center; gap: 6px; height: 20px; margin: 0; font-variant-numeric: tabular-nums; }
.track { flex: 1; height: 12px; border-radius: 2px; background: var(--jp-layout-color2, #eee); }
.fill { display: block; height: 100%; border-radius: 2px; background: var(--bar); }
.percent { min-width: 4em; text-align: right; white-space: nowrap; }
.best { font-weight: 700; }
.best .fill { background: var(--best); }
`;
