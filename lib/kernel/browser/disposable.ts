/** Polyfills the symbols of `using` in WebKit; TypeScript transpiles the rest. Must be imported first. */
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}
