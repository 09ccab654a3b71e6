/** The pen of a pad, moved by mouse, finger, stylus or keyboard. */
import { type Drawing, PEN, type Point, SIDE } from '../drawing';

/** Distance per key press: one pixel of the 28 × 28 for a full-size digit. */
const STEP = 10;

const directions: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** Callbacks for pen events. `move` also reports a changed or hidden tip. */
export type PenListener = Record<'move' | 'lift' | 'clear', () => void>;

/** Draws strokes while the pen is down. */
export class Pen {
  /** Input that holds the pen down: a pointer id or the keyboard. */
  private hand: number | 'keys' | undefined;
  /** Tip position for the keyboard; `isTipShown` is the visibility. */
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

  /** Listens to mouse, finger and stylus, only one at a time. */
  private listenToPointer(canvas: HTMLCanvasElement): void {
    const pointOf = ({ clientX, clientY }: PointerEvent): Point => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return { x: ((clientX - left) / width) * SIDE, y: ((clientY - top) / height) * SIDE };
    };
    canvas.addEventListener('pointerdown', event => {
      if (typeof this.hand === 'number' || event.button !== 0) return;
      this.hand = event.pointerId;
      // Capturing the pointer continues the line beyond the canvas.
      canvas.setPointerCapture(event.pointerId);
      this.isTipShown = false;
      this.drawing.begin(pointOf(event));
      this.on.move();
    });
    canvas.addEventListener('pointermove', event => {
      if (event.pointerId !== this.hand) return;
      // All moves since the last event, if supported; pages over plain HTTP do not report coalesced moves.
      const moves: PointerEvent[] = event.getCoalescedEvents?.() ?? [];
      for (const move of moves.length > 0 ? moves : [event]) this.drawing.extend(pointOf(move));
      this.on.move();
    });
    canvas.addEventListener('pointerup', event => this.lift(event.pointerId));
    canvas.addEventListener('pointercancel', event => this.lift(event.pointerId));
  }

  /** Arrow keys move the tip, two keys diagonally; Space lowers or lifts the pen. */
  private listenToKeyboard(canvas: HTMLCanvasElement): void {
    const pressed = new Map<string, Point>();
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
      // JupyterLab would otherwise scroll or select another cell. All other keys are left to JupyterLab.
      event.preventDefault();
      event.stopPropagation();
      if (arrow) {
        pressed.set(key, arrow);
        for (const direction of pressed.values()) this.tip = moved(this.tip, direction);
        if (this.hand === 'keys') this.drawing.extend(this.tip);
      } else if (!event.repeat) {
        act?.();
      }
      this.showTip(true);
    });
    canvas.addEventListener('keyup', event => pressed.delete(event.key));
    canvas.addEventListener('focus', () => {
      if (canvas.matches(':focus-visible')) this.showTip(true);
    });
    canvas.addEventListener('blur', () => {
      pressed.clear();
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
