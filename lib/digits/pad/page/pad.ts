/** A pad that shows what its network reads in the drawing, and writes the drawing as a line. */
import { writeLine } from '../../drawn/line';
import { advice } from '../advice';
import { Drawing, type DrawingContent } from '../drawing';
import { type MnistPicture, mnistPicture } from '../mnist-picture';
import { type DenseLayer, output } from '../plain-network';
import { listenToFiles } from './files';
import { Pen } from './pen';
import { type Follower, join, publish, type Reading } from './sheet';
import type { View } from './view';

const SHEET = 'digits.pad.drawing';

/** What the pads of a page share. */
interface Shared {
  readonly drawing: DrawingContent;
  /** The digit that the learner says it is. */
  readonly label: number | undefined;
}

export class Pad implements Follower {
  private readonly drawing = new Drawing();
  private readonly pen: Pen;
  private picture: MnistPicture | undefined;
  /** The digit that the learner says it is, and the one that the surest network reads. */
  private label: number | undefined;
  private offered: number | undefined;

  constructor(
    private readonly view: View,
    private readonly network: readonly DenseLayer[],
  ) {
    this.pen = new Pen(view.pad, this.drawing, {
      move: () => {
        view.announces = true;
        this.show();
      },
      lift: () => this.share(),
      clear: () => this.clear(),
    });
    view.clear.addEventListener('click', () => this.clear());
    view.label.addEventListener('change', () => {
      this.label = view.label.value === '' ? undefined : Number(view.label.value);
      this.share();
    });
    listenToFiles(view, (ink, note) => {
      view.announces = true;
      this.label = undefined;
      this.drawing.take(ink, note);
      this.share();
    });
    join(SHEET, this);
  }

  follow(text: string, isOwn: boolean): Reading | undefined {
    if (!isOwn) this.load(text);
    this.view.announces = isOwn;
    return this.show();
  }

  offer(digit: number | undefined): void {
    this.offered = digit;
    this.showLine();
  }

  /** Takes over what is on the sheet; nothing if that is of another version, or not ours. */
  private load(text: string): void {
    this.drawing.clear();
    this.label = undefined;
    try {
      const { drawing, label }: Shared = JSON.parse(text);
      this.drawing.load(drawing);
      this.label = label;
    } catch {
      this.drawing.clear();
    }
  }

  private clear(): void {
    this.drawing.clear();
    this.label = undefined;
    this.share();
  }

  private share(): void {
    const shared: Shared = { drawing: this.drawing.content, label: this.label };
    publish(SHEET, JSON.stringify(shared), this);
  }

  /** Shows the drawing and what is read in it. */
  private show(): Reading | undefined {
    const { view, drawing, pen } = this;
    const picture = mnistPicture(drawing.ink);
    this.picture = picture;
    view.showDrawing(drawing, picture, pen.shownTip);
    view.showPicture(picture);
    const found = picture && advice(drawing.ink, picture.from);
    const probabilities = picture && output(this.network, picture.pixels);
    view.showReading(probabilities, pen.isDown, found);
    view.find('.note').textContent = drawing.note;
    if (!probabilities) return undefined;
    const probability = Math.max(...probabilities);
    return { digit: probabilities.indexOf(probability), probability };
  }

  private showLine(): void {
    const { view, picture } = this;
    const label = picture && (this.label ?? this.offered);
    view.label.value = String(label ?? '');
    view.label.disabled = !picture;
    const { none, unlabelled } = view.texts.line;
    view.showLine(
      picture && label !== undefined
        ? `digits.drawn('${writeLine({ digits: [{ label, levels: picture.levels }] })}')`
        : undefined,
      picture ? unlabelled : none,
    );
  }
}
