import { Drawing } from './drawing';

/** Draws a seven, as a hand would on the pad. */
export function drawnSeven(): Drawing {
  const drawing = new Drawing();
  for (const point of [
    { x: 72, y: 62 },
    { x: 140, y: 60 },
    { x: 205, y: 58 },
    { x: 182, y: 110 },
    { x: 150, y: 172 },
    { x: 124, y: 232 },
  ]) {
    drawing.extend(point);
  }
  return drawing;
}
