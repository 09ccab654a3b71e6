/**
 * A tall picture with several parts of which a figure shows one, and buttons to switch, without a kernel or a
 * script of this project.
 */
import type { UpdateMenu } from 'plotly.js';
import { COLORS } from './colors';

export const CONTROL = { bgcolor: '#eef6fb', bordercolor: COLORS.blue } as const;

/** The parts of a sheet, all of the same height, and the buttons to switch. */
interface Sheet {
  readonly parts: number;
  /** Index of the part visible at first. */
  readonly shown: number;
  /** Distance between the starts of two parts, and the visible height, in rows of pixels. */
  readonly pitch: number;
  readonly height: number;
  readonly button: Partial<UpdateMenu> & { readonly label: string };
  /** Further layout changes for a part. */
  readonly more?: (part: number) => object;
}

/**
 * Returns the layout changes for each part, and the initial range of the vertical axis. Each part has a button,
 * but only the button of the next part is visible. Keyboards can reach buttons on pages that support it.
 */
export function sheetOf({ parts, shown, pitch, height, button, more }: Sheet) {
  const { label, ...position } = button;
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
      ...{ ...CONTROL, ...position, type: 'buttons', showactive: false },
      visible: isNext(part, shown),
      buttons: [{ label, method: 'relayout', args: [change] }],
    }),
  );
  return { changes, range: rangeOf(shown), updatemenus };
}
