/** The pen of a pad, whichever hand holds it: mouse, finger, stylus or keyboard. */
import { type Drawing, PEN, type Point, SIDE } from '../drawing';

/** One key moves the tip by a pixel of the 28 × 28, were the digit as large as the pad. */
const STEP = 10;

const directions: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** Is told what the pen does: it moves if it draws, or if its tip is shown elsewhere or no longer. */
export type PenListener = Record<'move' | 'lift' | 'clear', () => void>;

/** Draws while it is down. */
export class Pen {
  /** Who holds the pen down: a pointer, by its id, or the keyboard. */
  private hand: number | 'keys' | undefined;
  /** The tip that the keyboard moves, and whether it is shown. */
  tip: Point = { x: SIDE / 2, y: SIDE / 2 };
  isTipShown = false;

  constructor(
    canvas: HTMLCanvasElement,
    private readonly drawing: Drawing,
    private readonly on: PenListener,
  ) {
    this.listenToPointer(canvas);
    this.listenToKeyboard(canvas);
  }

  get isDown(): boolean {
    return this.hand !== undefined;
  }

  private lift(hand: number | 'keys'): void {
    if (this.hand !== hand) return;
    this.hand = undefined;
    this.on.lift();
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
      this.on.move();
    });
    canvas.addEventListener('pointermove', event => {
      if (event.pointerId !== this.hand) return;
      // All moves since the last event, if the browser tells them: not on a page over plain HTTP.
      const moves: PointerEvent[] = event.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) this.drawing.extend(at(move));
      this.on.move();
    });
    canvas.addEventListener('pointerup', event => this.lift(event.pointerId));
    canvas.addEventListener('pointercancel', event => this.lift(event.pointerId));
  }

  /** Arrow keys move the tip, two at once between their directions; Space puts the pen down or lifts it. */
  private listenToKeyboard(canvas: HTMLCanvasElement): void {
    const held = new Map<string, Point>();
    const clear = () => {
      this.lift('keys');
      this.on.clear();
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
    this.on.move();
  }
}

function moved(tip: Point, by: Point): Point {
  const within = (value: number) => Math.min(SIDE - PEN / 2, Math.max(PEN / 2, value));
  return { x: within(tip.x + by.x), y: within(tip.y + by.y) };
}
