/** Follows the pen, whichever hand holds it. */
import { PEN, type Point, SIDE } from '../drawing';

/** A drawing that follows the pen. */
export interface Paper {
  begin(at: Point): void;
  extend(to: Point): void;
  end(): void;
  /** The keyboard moves its tip: undefined if the keyboard has none. */
  hover(tip: Point | undefined): void;
  clear(): void;
}

/** Lets whoever uses the canvas draw on the paper. */
export function listen(canvas: HTMLCanvasElement, paper: Paper): void {
  listenToPointer(canvas, paper);
  listenToKeyboard(canvas, paper);
}

/** Mouse, finger and stylus: one at a time. */
function listenToPointer(canvas: HTMLCanvasElement, paper: Paper): void {
  let active: number | undefined;
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: ((clientX - left) / width) * SIDE, y: ((clientY - top) / height) * SIDE };
  };
  canvas.addEventListener('pointerdown', event => {
    if (active !== undefined || event.button !== 0) return;
    active = event.pointerId;
    // The line goes on beyond the canvas's edge.
    canvas.setPointerCapture(active);
    paper.hover(undefined);
    paper.begin(at(event));
  });
  canvas.addEventListener('pointermove', event => {
    if (event.pointerId !== active) return;
    for (const move of between(event)) paper.extend(at(move));
  });
  const end = (event: PointerEvent) => {
    if (event.pointerId !== active) return;
    active = undefined;
    paper.end();
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
}

/** Lists all moves since the last event, if the browser tells them: not on a page over plain HTTP. */
function between(event: PointerEvent): PointerEvent[] {
  const moves: PointerEvent[] | undefined = event.getCoalescedEvents?.();
  return moves?.length ? moves : [event];
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

/** Arrow keys move the tip, two at once between their directions; Space puts the pen down or lifts it. */
function listenToKeyboard(canvas: HTMLCanvasElement, paper: Paper): void {
  const held = new Map<string, Direction>();
  let tip: Point = { x: SIDE / 2, y: SIDE / 2 };
  let down = false;
  const lift = () => {
    if (down) paper.end();
    down = false;
  };
  const clear = () => {
    lift();
    paper.clear();
  };
  const keys: Record<string, () => void> = {
    ' ': () => {
      if (down) return lift();
      down = true;
      paper.begin(tip);
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
      for (const direction of held.values()) tip = moved(tip, direction);
      if (down) paper.extend(tip);
    } else if (!event.repeat) {
      act?.();
    }
    paper.hover(tip);
  });
  canvas.addEventListener('keyup', event => held.delete(event.key));
  canvas.addEventListener('focus', () => {
    if (canvas.matches(':focus-visible')) paper.hover(tip);
  });
  canvas.addEventListener('blur', () => {
    held.clear();
    lift();
    paper.hover(undefined);
  });
  canvas.addEventListener('pointerdown', lift);
}

function moved({ x, y }: Point, [dx, dy]: Direction): Point {
  const within = (value: number) => Math.min(SIDE - PEN / 2, Math.max(PEN / 2, value));
  return { x: within(x + dx), y: within(y + dy) };
}
