/** What the kernel asks the lesson's package, in a browser: of its parts, since the whole loads later. */
export { getLanguage } from 'digits/language';
export { markOpenCalls, requestInterrupt } from 'digits/notebook/interrupt';
