/** Signals from the terminal, npm or the system that end a process. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGBREAK'] as const;

/** Calls `handler` for shutdown signals, at most twice a second, because npm repeats the terminal's Ctrl+C. */
export function onShutdownSignal(handler: (signal: NodeJS.Signals) => void): void {
  let previous = Number.NEGATIVE_INFINITY;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - previous > 500) handler(signal);
      previous = now;
    });
  }
}

/** Returns a signal that aborts on the first shutdown request. The second request exits immediately. */
export function shutdownSignal(): AbortSignal {
  const controller = new AbortController();
  onShutdownSignal(() => (controller.signal.aborted ? process.exit(1) : controller.abort()));
  return controller.signal;
}
