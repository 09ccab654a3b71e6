/** A tall picture of which a figure shows a part, and buttons that move it on, without a kernel or a script of ours. */
import type { UpdateMenu } from 'plotly.js';
import { COLORS } from './figure';

/** The look of a button, or a slider. */
export const CONTROL = { bgcolor: '#eef6fb', bordercolor: COLORS.blue } as const;

/** The parts of a sheet, all of one height, and the buttons that go through them. */
interface Sheet {
  readonly parts: number;
  /** The part that is shown at first. */
  readonly shown: number;
  /** Rows of pixels from one part to the next, and those that are shown of it. */
  readonly pitch: number;
  readonly height: number;
  readonly button: Partial<UpdateMenu> & { readonly label: string };
  /** What else changes in the layout with a part. */
  readonly more?: (part: number) => object;
}

/**
 * Says how the layout changes when a part of the sheet comes in sight, and which range of the vertical
 * axis is shown at first. There is a button for each part, which goes there, and only that of the next
 * one is visible; a keyboard reaches buttons, where a page helps it.
 */
export function sheetOf({ parts, shown, pitch, height, button, more }: Sheet) {
  const { label, ...place } = button;
  const all = Array.from({ length: parts }, (_, part) => part);
  const isNext = (i: number, part: number) => i === (part + 1) % parts;
  const rangeOf = (part: number): [number, number] => [part * pitch + height, part * pitch];
  const changes = all.map(part => ({
    'yaxis.range': rangeOf(part),
    ...more?.(part),
    ...Object.fromEntries(all.map(i => [`updatemenus[${i}].visible`, isNext(i, part)])),
  }));
  const updatemenus = changes.map(
    (change, part): Partial<UpdateMenu> => ({
      ...{ ...CONTROL, ...place, type: 'buttons', showactive: false },
      visible: isNext(part, shown),
      buttons: [{ label, method: 'relayout', args: [change] }],
    }),
  );
  return { changes, range: rangeOf(shown), updatemenus };
}
