/** What is at work: a title, what it has said, and since when. */
const running = new Set();

// Some CI systems have a terminal without a width, on which nothing can be drawn.
const canDraw = () => process.stdout.isTTY && process.stdout.columns;

const took = ({ started }) => `[${((Date.now() - started) / 1000).toFixed(1)} s]`;

/** Draws all of them on one line. */
function draw() {
  const parts = Array.from(running, work => `${work.title} ${work.progress} ${took(work)}`);
  process.stdout.write(`\r\x1b[K${`… ${parts.join(' · ')}`.slice(0, process.stdout.columns - 1)}`);
}

let ticking;

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
  if (canDraw()) ticking ??= setInterval(draw, 200);
  const end = outcome => {
    running.delete(own);
    if (ticking) process.stdout.write('\r\x1b[K');
    if (running.size === 0) ticking = clearInterval(ticking);
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
