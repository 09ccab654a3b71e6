/** What is at work: titles, what they have said, and since when. */
const running = new Set();

const took = ({ started }) => `[${((Date.now() - started) / 1000).toFixed(1)} s]`;

function draw() {
  const all = Array.from(running, work => `${work.title} ${work.progress} ${took(work)}`);
  process.stdout.write(`\r\x1b[K${`… ${all.join(' · ')}`.slice(0, process.stdout.columns - 1)}`);
}

/**
 * Shows on a line what is at work, beside what else is, and, in a terminal, how far it is and since when; at last what
 * came out, and the time that it took.
 *
 * @param {string} title
 * @param {(report: (progress: string) => void) => Promise<string>} work returns what stands there in the end
 */
export async function withLine(title, work) {
  const own = { title, progress: '', started: Date.now() };
  running.add(own);
  // Some CI systems have a terminal without a width, on which nothing can be drawn.
  const { isTTY, columns } = process.stdout;
  const ticking = isTTY && columns ? setInterval(draw, 200) : undefined;
  const end = outcome => {
    running.delete(own);
    if (ticking) process.stdout.write('\r\x1b[K');
    clearInterval(ticking);
    console.log(`${outcome} ${took(own)}`);
  };
  try {
    const outcome = await work(said => {
      own.progress = said;
    });
    end(`✔ ${outcome}`);
  } catch (error) {
    end(`✖ ${title}`);
    throw error;
  }
}
