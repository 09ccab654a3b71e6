/** A tall picture of which a figure shows a part, and buttons that move it on, without a kernel or a script of ours. */
import type { Layout, UpdateMenu } from 'plotly.js';
import { COLORS } from './figure';

/** What the layout becomes when a part comes in sight. */
export type Change = Partial<Layout> & { readonly 'yaxis.range': [bottom: number, top: number] };

/** The look of a button, or a slider. */
export const CONTROL = { bgcolor: '#eef6fb', bordercolor: COLORS.blue } as const;

/**
 * Says how the layout changes for each part of a sheet, all of one height: one button is visible at a
 * time, which goes to the next part.
 *
 * @param pitch rows of pixels from one part to the next, of which `height` are shown.
 * @param more what else changes with a part.
 */
export const changesOf = (
  parts: number,
  { pitch, height }: { readonly pitch: number; readonly height: number },
  more: (part: number) => object = () => ({}),
): Change[] =>
  Array.from({ length: parts }, (_, part) => ({
    'yaxis.range': [part * pitch + height, part * pitch],
    ...more(part),
    ...Object.fromEntries(
      Array.from({ length: parts }, (_, i) => [
        `updatemenus[${i}].visible`,
        i === (part + 1) % parts,
      ]),
    ),
  }));

/** Makes a button for each part, which goes there; a keyboard reaches buttons, where a page helps it. */
export const buttonsTo = (
  changes: readonly Change[],
  shown: number,
  label: string,
  place: Partial<UpdateMenu>,
): Partial<UpdateMenu>[] =>
  changes.map((change, part) => ({
    ...{ ...CONTROL, ...place, type: 'buttons', showactive: false },
    visible: part === (shown + 1) % changes.length,
    buttons: [{ label, method: 'relayout', args: [change] }],
  }));
