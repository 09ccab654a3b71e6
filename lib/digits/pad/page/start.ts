/** Brings the pads of one display to life, in the page that shows it. */
import { advice } from '../advice';
import type { PadContent } from '../digit-pad';
import { Drawing, PEN, type Point, SIDE } from '../drawing';
import { mnistPicture } from '../mnist-picture';
import { type DenseLayer, output, unpack } from '../plain-network';
import { View } from './view';

/**
 * @param id of the display. JupyterLab may show one output in several places, and run the script once
 * for each: every element that has the id and no pad yet gets one.
 */
export function start(id: string, { layers, texts }: PadContent): void {
  const network = layers.map(unpack);
  for (const host of document.querySelectorAll<HTMLElement>(`[data-digit-pad="${id}"]`)) {
    if (!host.shadowRoot) new Pad(new View(host, texts), network);
  }
}

/** One key moves the tip by a pixel of the 28 × 28, were the digit as large as the pad. */
const STEP = 10;

type Direction = readonly [x: number, y: number];

const directions: Record<string, Direction> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** Follows the pen, whichever hand holds it, and shows what the network reads. */
class Pad {
  private readonly drawing = new Drawing();
  /** Who holds the pen down: a pointer, by its id, or the keyboard. */
  private hand: number | 'keys' | undefined;
  /** The tip that the keyboard moves. */
  private tip: Point = { x: SIDE / 2, y: SIDE / 2 };
  private isTipShown = false;

  constructor(
    private readonly view: View,
    private readonly network: readonly DenseLayer[],
  ) {
    this.listenToPointer(view.pad);
    this.listenToKeyboard(view.pad);
    view.clear.addEventListener('click', () => this.clear());
    this.show();
  }

  private show(): void {
    const { view, drawing } = this;
    const picture = mnistPicture(drawing.ink);
    view.showDrawing(drawing, picture, this.isTipShown ? this.tip : undefined);
    view.showPicture(picture);
    const found = picture && advice(drawing.ink, picture.from);
    const probabilities = picture && output(this.network, picture.pixels);
    view.showReading(probabilities, this.hand !== undefined, found);
  }

  private clear(): void {
    this.drawing.clear();
    this.show();
  }

  private lift(hand: number | 'keys'): void {
    if (this.hand !== hand) return;
    this.hand = undefined;
    this.show();
  }

  /** Mouse, finger and stylus: one at a time. */
  private listenToPointer(canvas: HTMLCanvasElement): void {
    const at = ({ clientX, clientY }: PointerEvent): Point => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return { x: ((clientX - left) / width) * SIDE, y: ((clientY - top) / height) * SIDE };
    };
    canvas.addEventListener('pointerdown', event => {
      if (typeof this.hand === 'number' || event.button !== 0) return;
      this.hand = event.pointerId;
      // The line goes on beyond the canvas's edge.
      canvas.setPointerCapture(event.pointerId);
      this.isTipShown = false;
      this.drawing.begin(at(event));
      this.show();
    });
    canvas.addEventListener('pointermove', event => {
      if (event.pointerId !== this.hand) return;
      // All moves since the last event, if the browser tells them: not on a page over plain HTTP.
      const moves: PointerEvent[] = event.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) this.drawing.extend(at(move));
      this.show();
    });
    canvas.addEventListener('pointerup', event => this.lift(event.pointerId));
    canvas.addEventListener('pointercancel', event => this.lift(event.pointerId));
  }

  /** Arrow keys move the tip, two at once between their directions; Space puts the pen down or lifts it. */
  private listenToKeyboard(canvas: HTMLCanvasElement): void {
    const held = new Map<string, Direction>();
    const clear = () => {
      this.lift('keys');
      this.clear();
    };
    const keys: Record<string, () => void> = {
      ' ': () => {
        if (this.hand === 'keys') return this.lift('keys');
        this.hand = 'keys';
        this.drawing.begin(this.tip);
      },
      Delete: clear,
      Backspace: clear,
    };
    canvas.addEventListener('keydown', event => {
      const { key, ctrlKey, altKey, metaKey, shiftKey } = event;
      const [arrow, act] = [directions[key], keys[key]];
      if (ctrlKey || altKey || metaKey || shiftKey || !(arrow || act)) return;
      // JupyterLab would scroll, or go to another cell. Any other key is left to it.
      event.preventDefault();
      event.stopPropagation();
      if (arrow) {
        held.set(key, arrow);
        for (const direction of held.values()) this.tip = moved(this.tip, direction);
        if (this.hand === 'keys') this.drawing.extend(this.tip);
      } else if (!event.repeat) {
        act?.();
      }
      this.showTip(true);
    });
    canvas.addEventListener('keyup', event => held.delete(event.key));
    canvas.addEventListener('focus', () => {
      if (canvas.matches(':focus-visible')) this.showTip(true);
    });
    canvas.addEventListener('blur', () => {
      held.clear();
      this.lift('keys');
      this.showTip(false);
    });
  }

  private showTip(isShown: boolean): void {
    this.isTipShown = isShown;
    this.show();
  }
}

function moved({ x, y }: Point, [dx, dy]: Direction): Point {
  const within = (value: number) => Math.min(SIDE - PEN / 2, Math.max(PEN / 2, value));
  return { x: within(x + dx), y: within(y + dy) };
}
