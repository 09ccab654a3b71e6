/** A pad that shows what its network reads in the drawing, and writes the drawing as a line. */
import { writeLine } from '../../drawn/line';
import { advice } from '../advice';
import type { PageTexts } from '../digit-pad';
import type { DrawingContent } from '../drawing';
import type { MnistPicture } from '../mnist-picture';
import { type DenseLayer, output } from '../plain-network';
import { listenToFiles } from './files';
import { Follower } from './sheet';
import { View } from './view';

/** What the pads of a page share. */
interface Shared {
  readonly drawing: DrawingContent;
  /** The digit that the learner says it is. */
  readonly label: number | undefined;
}

export class Pad extends Follower<Shared> {
  private readonly view: View;
  private readonly choice: HTMLSelectElement;
  private picture: MnistPicture | undefined;
  /** The digit that the learner says it is. */
  private label: number | undefined;

  constructor(
    root: ShadowRoot,
    texts: PageTexts,
    private readonly network: readonly DenseLayer[],
  ) {
    super('digits.drawing');
    const view = new View(root, texts, {
      move: () => void this.show(true),
      lift: () => this.share(),
      clear: () => {
        view.drawing.clear();
        this.label = undefined;
        this.share();
      },
    });
    this.view = view;
    this.choice = view.find('#label');
    this.choice.addEventListener('change', () => {
      this.label = this.choice.value === '' ? undefined : Number(this.choice.value);
      this.share();
    });
    listenToFiles(view, ({ grey }, note) => {
      this.label = undefined;
      view.drawing.take(
        Uint8Array.from(grey, value => Math.round(255 * value)),
        note,
      );
      this.share();
    });
    this.join();
  }

  protected load({ drawing, label }: Shared): void {
    this.view.drawing.load(drawing);
    this.label = label;
  }

  protected get shared(): Shared {
    return { drawing: this.view.drawing.content, label: this.label };
  }

  /** Shows the drawing and what is read in it, and returns the probabilities. */
  protected show(isOwn: boolean): Float32Array | undefined {
    const { view, network } = this;
    view.announces = isOwn;
    const { drawing } = view;
    const picture = view.show();
    this.picture = picture;
    const probabilities = picture && output(network, picture.pixels);
    view.showReading(probabilities, picture && advice(drawing.ink, picture.from));
    view.find('.note').textContent = drawing.note;
    return probabilities;
  }

  /** Shows the line of the drawing, under the label that is given or offered. */
  override offer(digit: number | undefined): void {
    const { view, choice, picture } = this;
    const label = picture && (this.label ?? digit);
    choice.value = String(label ?? '');
    choice.disabled = !picture;
    const { none, unlabelled } = view.texts.line;
    view.showLine(
      picture && label !== undefined
        ? `digits.drawn('${writeLine({ digits: [{ label, levels: picture.levels }] })}')`
        : undefined,
      picture ? unlabelled : none,
    );
  }
}
