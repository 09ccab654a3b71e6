/** Where a part of a line was, and where it is. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/** Changes to a text, made at once, which leave each line where it is. */
export class Edits {
  private readonly replaced: { start: number; end: number; text: string }[] = [];
  private readonly opened: { at: number; text: string }[] = [];
  private readonly closed: { at: number; text: string }[] = [];

  constructor(readonly text: string) {}

  replace(start: number, end: number, text = ''): void {
    this.replaced.push({ start, end, text });
  }

  /** Puts a text before what begins here; the outer ones are told first. */
  open(at: number, text: string): void {
    this.opened.push({ at, text });
  }

  /** Puts a text behind what ends here; the outer ones are told first. */
  close(at: number, text: string): void {
    this.closed.push({ at, text });
  }

  /** Returns the changed text, and how the parts of its lines have moved. */
  apply(): { text: string; moves: Move[][] } {
    const inserted = ({ at, text }: { at: number; text: string }) => ({ start: at, end: at, text });
    const edits = [
      ...[...this.closed].reverse().map(inserted),
      ...this.opened.map(inserted),
      ...this.replaced,
    ].sort((a, b) => a.start - b.start || a.end - b.end);
    const moves: Move[][] = [[]];
    let [result, at, column] = ['', 0, 0];
    const write = (text: string, start: number) => {
      const from = start === 0 ? 0 : start - this.text.lastIndexOf('\n', start - 1) - 1;
      moves.at(-1)?.push({ from, to: column });
      for (const { index = 0 } of text.matchAll(/\n/g)) {
        column = -index - 1;
        moves.push([]);
      }
      column += text.length;
      result += text;
    };
    for (const { start, end, text } of edits) {
      write(this.text.slice(at, start), at);
      write(text, start);
      at = end;
    }
    write(this.text.slice(at), at);
    return { text: result, moves };
  }
}
