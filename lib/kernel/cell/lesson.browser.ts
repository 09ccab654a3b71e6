/** The kernel's interface to the lesson's package in a browser. Imports modules, because the package loads later. */
export { getLanguage } from 'digits/language';
export { markOpenCalls, requestInterrupt } from 'digits/notebook/interrupt';
