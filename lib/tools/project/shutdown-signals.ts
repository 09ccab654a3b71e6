/** The signals by which a command is told to end. */

/** Lists the signals by which the terminal, npm or the system tells a process to end. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/**
 * Answers each time that we are told to end. npm hands on the Ctrl+C that the terminal has sent here,
 * too: two within half a second are one.
 */
export function onShutdownSignal(answer: (signal: NodeJS.Signals) => void): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const signal of endings) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - last > 500) answer(signal);
      last = now;
    });
  }
}

/** Returns what we abort when we are told to end; told once more, we end at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  onShutdownSignal(() => (stop.signal.aborted ? process.exit(1) : stop.abort()));
  return stop.signal;
}
