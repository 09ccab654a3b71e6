/**
 * The kernel's interface to the lesson's package. The first call loads the package with TensorFlow.js, after the
 * threads have started. `lesson.browser.ts` replaces this module in browsers.
 */
type Digits = typeof import('digits');

const digits = (): Digits => require('digits');

/** The imports in the first cell of the notebooks. */
export const firstImports = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];

export const getLanguage = (): ReturnType<Digits['getLanguage']> => digits().getLanguage();

/** Interrupts work with an interrupt handler. Returns whether such work was running. */
export const requestInterrupt = (): boolean => digits().requestInterrupt();

/** Returns a function that closes TensorFlow.js calls opened since then and interrupted. */
export const markOpenCalls = (): (() => void) => digits().markOpenCalls();
