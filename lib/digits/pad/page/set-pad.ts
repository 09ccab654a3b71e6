/** A pad for writing 0 to 9 in turn, without a network. Encodes all ten digits as one line. */
import { writeLine } from '../../drawn/line';
import type { PageTexts } from '../digit-pad';
import type { DrawingContent } from '../drawing';
import { type MnistPicture, mnistPicture } from '../mnist-picture';
import { Follower } from './sheet';
import { showLevels, View } from './view';

/** State shared by the pads of a page and preserved over a reload. */
interface Shared {
  /** Drawings by digit; null for missing digits. */
  readonly drawings: readonly (DrawingContent | null)[];
  readonly current: number;
  readonly name: string;
}

export class SetPad extends Follower<Shared> {
  private readonly view: View;
  private readonly cells: HTMLButtonElement[];
  private readonly name: HTMLInputElement;
  private drawings: (DrawingContent | null)[] = new Array(10).fill(null);
  private pictures: (MnistPicture | undefined)[] = [];
  private current = 0;

  constructor(root: ShadowRoot, texts: PageTexts) {
    super('digits.set');
    const view = new View(root, texts, {
      move: () => this.show(),
      lift: () => this.keep(),
      clear: () => {
        view.drawing.clear();
        this.keep();
      },
    });
    this.view = view;
    view.openLine();
    this.cells = [...root.querySelectorAll<HTMLButtonElement>('.cells button')];
    this.cells.forEach((cell, digit) => {
      cell.addEventListener('click', () => this.goTo(digit));
    });
    view.find('.next').addEventListener('click', () => {
      this.goTo(this.missing[0] ?? this.current);
      view.pad.focus();
    });
    // Resets the pad for the next writer.
    view.find('.another').addEventListener('click', () => {
      this.drawings.fill(null);
      this.pictures = [];
      this.name.value = '';
      this.goTo(0);
      view.pad.focus();
    });
    this.name = view.find('#name');
    this.name.addEventListener('input', () => this.share());
    this.join();
  }

  protected load({ drawings, current, name }: Shared): void {
    const { drawing } = this.view;
    this.pictures = drawings.map(content => {
      drawing.load(content ?? EMPTY);
      return mnistPicture(drawing.ink);
    });
    Object.assign(this, { drawings, current });
    this.name.value = name;
    drawing.load(drawings[current] ?? EMPTY);
  }

  /** Missing digits in cyclic order, starting after the current digit. */
  private get missing(): number[] {
    const digits = this.cells.map((_, i) => (this.current + 1 + i) % 10);
    return digits.filter(digit => !this.pictures[digit]);
  }

  private goTo(digit: number): void {
    this.current = digit;
    this.view.drawing.load(this.drawings[digit] ?? EMPTY);
    this.share();
  }

  private keep(): void {
    const { drawing } = this.view;
    const picture = mnistPicture(drawing.ink);
    this.pictures[this.current] = picture;
    this.drawings[this.current] = picture ? drawing.content : null;
    this.share();
  }

  protected get shared(): Shared {
    const { drawings, current, name } = this;
    return { drawings, current, name: name.value };
  }

  protected show(): undefined {
    const { view, pictures, current, missing } = this;
    const { task, all, missing: wanting } = view.texts.set;
    view.show();
    view.find('.answer').textContent =
      missing.length > 0 ? task.replace('{digit}', String(current)) : all;
    view.find('.another').hidden = missing.length > 0;
    this.cells.forEach((cell, digit) => {
      cell.setAttribute('aria-pressed', String(digit === current));
      showLevels(cell.querySelector('canvas') as HTMLCanvasElement, pictures[digit]?.levels, 1);
    });
    if (missing.length === 0) view.showLine(this.line(), '');
    else view.showLine(undefined, wanting.replace('{count}', String(missing.length)));
  }

  private line(): string {
    const digits = this.pictures.flatMap((picture, label) =>
      picture ? { label, levels: picture.levels } : [],
    );
    return writeLine({ digits, name: this.name.value });
  }
}

const EMPTY: DrawingContent = { strokes: [], note: '' };
