/** Running tasks: title, progress and start time. */
const running = new Set();

const duration = ({ started }) => `[${((Date.now() - started) / 1000).toFixed(1)} s]`;

function draw() {
  const all = Array.from(running, task => `${task.title} ${task.progress} ${duration(task)}`);
  process.stdout.write(`\r\x1b[K${`… ${all.join(' · ')}`.slice(0, process.stdout.columns - 1)}`);
}

/**
 * Runs a task and prints its result and duration. Meanwhile, a terminal shows the progress of all running tasks on
 * one line.
 *
 * @param {string} title
 * @param {(report: (progress: string) => void) => Promise<string>} run returns the text of the final line
 */
export async function withProgress(title, run) {
  const task = { title, progress: '', started: Date.now() };
  running.add(task);
  // Some CI terminals have no width, and cannot show a progress line.
  const { isTTY, columns } = process.stdout;
  const ticking = isTTY && columns ? setInterval(draw, 200) : undefined;
  const finish = outcome => {
    running.delete(task);
    if (ticking) process.stdout.write('\r\x1b[K');
    clearInterval(ticking);
    console.log(`${outcome} ${duration(task)}`);
  };
  try {
    const outcome = await run(progress => {
      task.progress = progress;
    });
    finish(`✔ ${outcome}`);
  } catch (error) {
    finish(`✖ ${title}`);
    throw error;
  }
}
