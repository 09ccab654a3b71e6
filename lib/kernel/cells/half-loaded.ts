/**
 * Has a module be loaded anew whose code was broken off by force: Node would go on to give out what it had
 * exported until then. Called while nothing is being loaded.
 */
export function forgetHalfLoaded(): void {
  for (const [file, module] of Object.entries(require.cache)) {
    if (module && !module.loaded) delete require.cache[file];
  }
}
