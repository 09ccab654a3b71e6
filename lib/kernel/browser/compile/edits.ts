/** Changes to a text, made at once. */
export class Edits {
  private readonly replaced: { start: number; end: number; text: string }[] = [];
  private readonly opened: { at: number; text: string }[] = [];
  private readonly closed: { at: number; text: string }[] = [];

  constructor(readonly text: string) {}

  replace(start: number, end: number, text: string): void {
    this.replaced.push({ start, end, text });
  }

  remove(start: number, end: number): void {
    this.replace(start, end, '');
  }

  /** Puts a text before what begins here; the outer ones are told first. */
  open(at: number, text: string): void {
    this.opened.push({ at, text });
  }

  /** Puts a text behind what ends here; the outer ones are told first. */
  close(at: number, text: string): void {
    this.closed.push({ at, text });
  }

  apply(): string {
    const inserted = ({ at, text }: { at: number; text: string }) => ({ start: at, end: at, text });
    const edits = [
      ...[...this.closed].reverse().map(inserted),
      ...this.opened.map(inserted),
      ...this.replaced,
    ].sort((a, b) => a.start - b.start || a.end - b.end);
    let result = '';
    let from = 0;
    for (const { start, end, text } of edits) {
      result += this.text.slice(from, start) + text;
      from = end;
    }
    return result + this.text.slice(from);
  }
}
