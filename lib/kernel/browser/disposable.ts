/** Gives WebKit the symbols that `using` looks for; TypeScript makes the rest of it. Imported before all else. */
for (const name of ['dispose', 'asyncDispose']) {
  if (!(name in Symbol)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
}
