/**
 * A pad that shows the network's reading of the drawing, sends the digit to the kernel, and encodes the digit
 * as a line.
 */
import { writeLine } from '../../drawn/line';
import { tell } from '../../notebook/elements';
import type { DrawingNote } from '../../record/drawing';
import { advice } from '../advice';
import type { PageTexts } from '../digit-pad';
import type { DrawingContent } from '../drawing';
import type { MnistPicture } from '../mnist-picture';
import { type DenseLayer, output } from '../plain-network';
import { listenToFiles } from './files';
import { Follower } from './sheet';
import { View } from './view';

interface Shared {
  readonly drawing: DrawingContent;
  readonly label: number | undefined;
  /**
   * Time of the last change, in milliseconds since 1970; undefined after a change on a pad without kernel
   * connection.
   */
  readonly at?: number | undefined;
}

export class Pad extends Follower<Shared> {
  private readonly view: View;
  private readonly choice: HTMLSelectElement;
  private picture: MnistPicture | undefined;
  private label: number | undefined;
  private at: number | undefined;
  private note = '';
  private isSent = false;

  /** @param sendsDigit whether the pad sends the digit to the kernel. */
  constructor(
    root: ShadowRoot,
    texts: PageTexts,
    private readonly network: readonly DenseLayer[],
    private readonly sendsDigit: boolean,
  ) {
    super('digits.drawing');
    const view = new View(root, texts, {
      move: () => void this.show(true),
      lift: () => this.change(),
      clear: () => {
        view.drawing.clear();
        this.label = undefined;
        this.change();
      },
    });
    this.view = view;
    this.choice = view.find('#label');
    this.choice.addEventListener('change', () => {
      this.label = this.choice.value === '' ? undefined : Number(this.choice.value);
      this.change();
    });
    listenToFiles(view, ({ grey }, note) => {
      this.label = undefined;
      view.drawing.take(
        Uint8Array.from(grey, value => Math.round(255 * value)),
        note,
      );
      this.change();
    });
    this.join();
  }

  private change(): void {
    this.at = this.sendsDigit ? Date.now() : undefined;
    this.share();
  }

  protected load({ drawing, label, at }: Shared): void {
    this.view.drawing.load(drawing);
    Object.assign(this, { label, at });
  }

  protected get shared(): Shared {
    return { drawing: this.view.drawing.content, label: this.label, at: this.at };
  }

  /** Shows the drawing and the network's reading; returns the probabilities. */
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

  /** Sends the drawing and shows the line, with the chosen or suggested label. */
  override offer(digit: number | undefined): void {
    const { view, choice, picture } = this;
    const label = picture && (this.label ?? digit);
    choice.value = String(label ?? '');
    choice.disabled = !picture;
    const { none, unlabelled, sent, byCopy } = view.texts.line;
    if (!picture || label === undefined) {
      this.send('');
      view.showLine(undefined, picture ? unlabelled : none);
      return;
    }
    const line = writeLine({ digits: [{ label, levels: picture.levels }] });
    this.send(line);
    const status = this.isSent ? sent : byCopy;
    // Quotes make the line a valid argument after pasting.
    view.showLine(`'${line}'`, this.note ? status.replace('{digit}', String(label)) : '');
    if (this.note && !this.isSent) view.openLine();
  }

  /** Sends the digit to the kernel, unless the kernel already has this digit. */
  private send(line: string): void {
    const { host } = this.view.root;
    if (!this.sendsDigit || this.at === undefined) {
      this.note = '';
      return;
    }
    const note: DrawingNote = { d: line, at: this.at };
    const text = JSON.stringify(note);
    // JupyterLab removes pads from the page when scrolled out of view.
    if (text === this.note || !host.isConnected) return;
    this.note = text;
    this.isSent = tell(note, host);
  }
}
