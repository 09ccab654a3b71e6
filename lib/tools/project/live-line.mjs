/**
 * Shows on a line what is at work and, in a terminal, how far it is and since when; at last what came out, and
 * the time that it took.
 *
 * @param {string} title
 * @param {(report: (progress: string) => void) => Promise<string>} work returns what stands there in the end
 */
export async function withLine(title, work) {
  const started = Date.now();
  const took = () => `[${((Date.now() - started) / 1000).toFixed(1)} s]`;
  let progress = '';
  // Some CI systems have a terminal without a width, on which nothing can be drawn.
  const { isTTY, columns } = process.stdout;
  const draw = () => {
    const line = `… ${title} ${progress} ${took()}`;
    process.stdout.write(`\r\x1b[K${line.slice(0, columns - 1)}`);
  };
  const ticking = isTTY && columns ? setInterval(draw, 200) : undefined;
  const end = outcome => {
    if (ticking) process.stdout.write('\r\x1b[K');
    clearInterval(ticking);
    console.log(`${outcome} ${took()}`);
  };
  try {
    const outcome = await work(said => {
      progress = said;
    });
    end(`✔ ${outcome}`);
  } catch (error) {
    end(`✖ ${title}`);
    throw error;
  }
}
