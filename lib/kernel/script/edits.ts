/** Where a part of a line was, and where it is. */
type Move = Readonly<{ from: number; to: number }>;

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
    const inOrder = this.edits.sort((a, b) => a.start - b.start || a.end - b.end);
    const last = { start: this.text.length, end: 0, text: '' };
    for (const { start, end, text } of [...inOrder, last]) {
      for (const [part, place] of [
        [this.text.slice(at, start), at],
        [text, start],
      ] as const) {
        const from = place && place - this.text.lastIndexOf('\n', place - 1) - 1;
        moves.at(-1)?.push({ from, to: column });
        const [head = '', ...lines] = part.split('\n');
        for (const _ of lines) moves.push([]);
        column = lines.at(-1)?.length ?? column + head.length;
        result += part;
      }
      at = end;
    }
    return { text: result, moves };
  }
}
