/** By what each browser says of itself; the first that fits, as most of them also name others. */
const NAMES: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:A|iOS)?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /(?:Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /\bVersion\/([\d.]+).*\bSafari\//],
];

/**
 * Names a browser and its version, without the zeros at its end.
 *
 * @param userAgent what `navigator.userAgent` says.
 * @example
 * browserName('Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'); // 'Firefox 128'
 */
export function browserName(userAgent: string): string {
  for (const [name, pattern] of NAMES) {
    const version = pattern.exec(userAgent)?.[1];
    if (version) return `${name} ${version.replace(/(\.0)+$/, '')}`;
  }
  return userAgent;
}
