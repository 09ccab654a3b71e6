/** Brings the pads of one display to life, in the page that shows it. */
import { advice } from '../advice';
import { Drawing, type Point } from '../drawing';
import { mnistPicture } from '../mnist-picture';
import { type PadContent, unpack } from '../packed';
import { type DenseLayer, output } from '../plain-network';
import { listenToKeyboard, listenToPointer, type Paper } from './pen';
import { texts } from './texts';
import { View } from './view';

/**
 * @param id of the display. JupyterLab may show one output in several places, and run the script once
 * for each: every element that has the id and no pad yet gets one.
 */
export function start(id: string, { layers, language }: PadContent): void {
  const network = layers.map(unpack);
  for (const host of document.querySelectorAll<HTMLElement>(`[data-digit-pad="${id}"]`)) {
    if (!host.shadowRoot) connect(new View(host, texts[language]), network);
  }
}

function connect(view: View, network: readonly DenseLayer[]): void {
  const drawing = new Drawing();
  let tip: Point | undefined;
  let down = false;
  const show = () => {
    const picture = mnistPicture(drawing.ink);
    view.showDrawing(drawing, picture, tip);
    view.showPicture(picture);
    const found = picture && advice(drawing.ink, picture.from);
    view.showReading(picture && output(network, picture.pixels), down, found);
  };
  const shown =
    <Values extends unknown[]>(change: (...values: Values) => void) =>
    (...values: Values) => {
      change(...values);
      show();
    };
  const paper: Paper = {
    begin: shown(at => {
      down = true;
      drawing.begin(at);
    }),
    extend: shown(to => drawing.extend(to)),
    end: shown(() => {
      down = false;
    }),
    hover: shown(at => {
      tip = at;
    }),
    clear: shown(() => drawing.clear()),
  };
  listenToPointer(view.pad, paper);
  listenToKeyboard(view.pad, paper);
  view.clear.addEventListener('click', paper.clear);
  show();
}
