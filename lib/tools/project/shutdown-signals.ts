/** The signals by which a command is told to end. */

/** Returns what the first SIGINT or SIGTERM aborts; the second one ends this process. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** Lists the signals by which the terminal, npm or the system tells a process to end. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/**
 * Answers each time that we are told to end. npm hands on the Ctrl+C that the terminal has sent here,
 * too: two within half a second are one.
 */
export function onShutdownSignal(answer: () => void): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of endings) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - last > 500) answer();
      last = now;
    });
  }
}
