/** Original and new column of a chunk of a line. */
type Move = Readonly<{ from: number; to: number }>;

/** Text edits, applied together. No edit may change the number of a line. */
export class Edits {
  private readonly edits: { readonly start: number; readonly end: number; text: string }[] = [];

  constructor(readonly text: string) {}

  replace(start: number, end: number, text = ''): void {
    this.edits.push({ start, end, text });
  }

  /** Inserts a text before a node. Call for outer nodes first. */
  insertBefore(offset: number, text: string): void {
    this.edits.push({ start: offset, end: offset, text });
  }

  /** Inserts a text after a node. Call for outer nodes first. */
  insertAfter(offset: number, text: string): void {
    this.edits.unshift({ start: offset, end: offset, text });
  }

  /** Returns the edited text, and the column mapping of each line. */
  apply(): { text: string; moves: Move[][] } {
    const moves: Move[][] = [[]];
    let [result, copiedUntil, column] = ['', 0, 0];
    const sortedEdits = this.edits.sort((a, b) => a.start - b.start || a.end - b.end);
    const sentinel = { start: this.text.length, end: 0, text: '' };
    for (const { start, end, text } of [...sortedEdits, sentinel]) {
      for (const [chunk, chunkStart] of [
        [this.text.slice(copiedUntil, start), copiedUntil],
        [text, start],
      ] as const) {
        const from = chunkStart && chunkStart - this.text.lastIndexOf('\n', chunkStart - 1) - 1;
        moves.at(-1)?.push({ from, to: column });
        const [head = '', ...lines] = chunk.split('\n');
        for (const _ of lines) moves.push([]);
        column = lines.at(-1)?.length ?? column + head.length;
        result += chunk;
      }
      copiedUntil = end;
    }
    return { text: result, moves };
  }
}
