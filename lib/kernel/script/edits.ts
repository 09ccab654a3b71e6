/** Where a part of a line was, and where it is. */
export interface Move {
  readonly from: number;
  readonly to: number;
}

/** Changes to a text, made at once, which leave each line where it is. */
export class Edits {
  private readonly edits: { readonly start: number; readonly end: number; text: string }[] = [];

  constructor(readonly text: string) {}

  replace(start: number, end: number, text = ''): void {
    this.edits.push({ start, end, text });
  }

  /** Puts a text before what begins here; the outer ones are told first. */
  open(at: number, text: string): void {
    this.edits.push({ start: at, end: at, text });
  }

  /** Puts a text behind what ends here; the outer ones are told first. */
  close(at: number, text: string): void {
    this.edits.unshift({ start: at, end: at, text });
  }

  /** Returns the changed text, and how the parts of its lines have moved. */
  apply(): { text: string; moves: Move[][] } {
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
    const inOrder = this.edits.sort((a, b) => a.start - b.start || a.end - b.end);
    for (const { start, end, text } of [
      ...inOrder,
      { start: this.text.length, end: 0, text: '' },
    ]) {
      write(this.text.slice(at, start), at);
      if (text) write(text, start);
      at = end;
    }
    return { text: result, moves };
  }
}
