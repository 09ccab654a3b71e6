/** A line of text with a button that copies it. */
import type { PageTexts } from '../digit-pad';

export class LineField {
  private readonly field: HTMLInputElement;
  private readonly copyButton: HTMLButtonElement;
  private readonly said: HTMLElement;

  /** @param root holds what {@link lineField} writes. */
  constructor(
    root: ParentNode,
    private readonly texts: PageTexts['line'],
  ) {
    const find = <Kind extends HTMLElement>(selector: string) =>
      root.querySelector<Kind>(selector) as Kind;
    this.field = find('#line');
    this.copyButton = find('.copy');
    this.said = find('.said');
    this.field.addEventListener('focus', () => this.field.select());
    this.copyButton.addEventListener('click', () => this.copy());
  }

  /** Shows the line, or why there is none. */
  show(line: string | undefined, instead: string): void {
    if (line === this.field.value && line) return;
    this.field.value = line ?? '';
    this.field.disabled = this.copyButton.disabled = line === undefined;
    this.said.textContent = line === undefined ? instead : '';
  }

  private async copy(): Promise<void> {
    const { copied, byHand } = this.texts;
    this.said.textContent = (await this.isCopied()) ? copied : byHand;
  }

  /** The clipboard is closed on pages over plain HTTP, and where the browser asks and is told no. */
  private async isCopied(): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(this.field.value);
      return true;
    } catch {
      this.field.focus();
      this.field.select();
      return document.execCommand('copy');
    }
  }
}
