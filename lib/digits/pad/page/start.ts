/** Brings the pads of one display to life, in the page that shows it. */
import { fill, placesOf } from '../../notebook/elements';
import type { PadContent } from '../digit-pad';
import { unpack } from '../plain-network';
import { Pad } from './pad';
import { SetPad } from './set-pad';
import style from './view.css';
import elements from './view.html';

/** A line with a digit stands there for all ten. */
const html = elements.replace(/^(?=.*\{digit\}).*\n/gm, line =>
  Array.from('0123456789', digit => line.replace('{digit}', digit)).join(''),
);

/** @param id of the display. */
export function start(id: string, { layers, texts, isSet, sendsDigit }: PadContent): void {
  const network = layers.map(unpack);
  for (const root of placesOf('pad', id, style, fill(html, texts))) {
    for (const other of root.querySelectorAll(isSet ? '.reads' : '.sets')) other.remove();
    if (isSet) new SetPad(root, texts);
    else new Pad(root, texts, network, sendsDigit);
  }
}
