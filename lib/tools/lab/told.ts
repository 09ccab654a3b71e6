/** Lists the signals by which the terminal, npm or the system tells a process to end. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/** Asked for at once, as it may end while we prepare. */
const parent = process.ppid;

/**
 * Answers each time that we are told to end. npm hands on the Ctrl+C that the terminal has sent here,
 * too: two within half a second are one.
 */
export function onToldToEnd(answer: () => void): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of endings) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - last > 500) answer();
      last = now;
    });
  }
  if (process.env.npm_lifecycle_event) onOrphaned(answer);
}

/** Who ends npm by a signal ends the shell between npm and us, and nobody tells us. */
function onOrphaned(answer: () => void): void {
  const watching = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watching);
    answer();
  }, 500).unref();
}
