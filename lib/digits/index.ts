import './training/methods';
import { setLanguage } from './language';

// Makes the result types of `drawn` available to cells that import only this package.
export type { Images, Labels } from 'mnist-data-loader';
export { divide } from 'tfjs-graph';
export { type Device, useDevice } from './device/use';
export { versions } from './device/versions';
export { check } from './exercises/check';
export * as figures from './figures';
export * as findings from './findings';
export { guessAgain } from './guess/again';
export { guess, guesses, reveal } from './guess/guess';
export { getLanguage, setLanguage } from './language';
export { loadModel, saveModel } from './leaving/save-model';
export { webPage } from './leaving/web-page';
export { type Nudge, nudge } from './network/nudge';
export { display } from './notebook/display';
export { markOpenCalls, requestInterrupt } from './notebook/interrupt';
export { digitPad } from './pad/digit-pad';
export { drawn, drawnSet } from './pad/drawn';
export { quiz } from './quiz/quiz';
export { clearRecord } from './record/record';
export { report } from './report/report';
export { curves } from './training/live-curves';
export { recordUnits } from './training/record-units';
export { oneUnit } from './unit/one-unit';

// Not in language.ts, because the page's scripts would then bundle all texts.
if (globalThis.process?.env?.DIGITS_LANGUAGE === 'zh') setLanguage('zh');
