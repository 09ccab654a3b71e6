/**
 * The figures of the lesson. Each accepts arrays, tensors or a model, and throws a TypeError or RangeError with a
 * cure for any other argument; `display` shows the result.
 */
export { baselines } from './baselines';
export { boundary } from './boundary';
export { classCounts } from './class-counts';
export { classTest } from './class-test';
export { confusionMatrix } from './confusion-matrix';
export { digitRow } from './digit-row';
export { digitWall } from './digit-wall';
export { FONT_FAMILY } from './figure';
export { forwardPass } from './forward-pass';
export { historyCurves, LONG_RUN, ORIGINAL_RUN } from './history-curves';
export { learningRates, valley } from './losses';
export { networkDiagram } from './network-diagram';
export { nudge } from './nudge';
export { pixelNumbers } from './pixel-numbers';
export { probabilityBars } from './probability-bars';
export { pushes } from './pushes';
export { redrawDigits } from './redraw-digits';
export { unitWeights } from './unit-weights';
export { unitsBorn } from './units-born';
export { withoutUnits } from './without-units';
export { worstMistakes } from './worst-mistakes';
