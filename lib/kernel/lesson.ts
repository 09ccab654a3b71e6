/**
 * What the kernel asks the lesson's package, which is loaded when it is first asked: TensorFlow.js comes
 * with it, and the threads start before. `lesson.browser.ts` is its twin for browsers.
 */
type Digits = typeof import('digits');

const digits = (): Digits => require('digits');

/** What the first cell of the project's notebooks imports. */
export const firstImports = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];

/** Returns the language that the lesson speaks. */
export const getLanguage = (): ReturnType<Digits['getLanguage']> => digits().getLanguage();

/** Interrupts the work that can stop by itself; returns false if there is none. */
export const requestInterrupt = (): boolean => digits().requestInterrupt();

/** Returns a function that ends the calls of TensorFlow.js that code opened since and that were cut off. */
export const markOpenCalls = (): (() => void) => digits().markOpenCalls();
