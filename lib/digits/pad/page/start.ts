/** Starts the pads of a display in the page. */
import { fill, placesOf } from '../../notebook/elements';
import type { PadContent } from '../digit-pad';
import { unpack } from '../plain-network';
import { Pad } from './pad';
import { SetPad } from './set-pad';
import style from './view.css';
import elements from './view.html';

/** Repeats lines with `{digit}` for all ten digits. */
const html = elements.replace(/^(?=.*\{digit\}).*\n/gm, line =>
  Array.from('0123456789', digit => line.replace('{digit}', digit)).join(''),
);

/** @param id identifier of the display. */
export function start(id: string, { layers, texts, isSet, sendsDigit }: PadContent): void {
  const network = layers.map(unpack);
  for (const root of placesOf('pad', id, style, fill(html, texts))) {
    for (const extra of root.querySelectorAll(isSet ? '.reads' : '.sets')) extra.remove();
    if (isSet) new SetPad(root, texts);
    else new Pad(root, texts, network, sendsDigit);
  }
}
