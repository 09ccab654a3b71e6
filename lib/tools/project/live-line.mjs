/** A line that says, in a terminal, what is at work, how far it is, and since when. */
export class LiveLine {
  progress = '';
  #started = Date.now();
  #ticking;

  /** @param {string} title */
  constructor(title) {
    // Some CI systems have a terminal without a width, on which nothing can be drawn.
    const { isTTY, columns } = process.stdout;
    if (!isTTY || !columns) return;
    this.#ticking = setInterval(() => {
      const line = `… ${title} ${this.progress} ${this.#took()}`;
      process.stdout.write(`\r\x1b[K${line.slice(0, columns - 1)}`);
    }, 200);
  }

  /**
   * Puts what it came to in its place, with the time.
   *
   * @param {string} outcome
   */
  end(outcome) {
    if (this.#ticking) process.stdout.write('\r\x1b[K');
    clearInterval(this.#ticking);
    console.log(`${outcome} ${this.#took()}`);
  }

  #took() {
    return `[${((Date.now() - this.#started) / 1000).toFixed(1)} s]`;
  }
}
