/** The figures of the lesson. Each takes arrays, tensors or a model as they come; `display` shows it. */
export { baselines } from './baselines';
export { classCounts } from './class-counts';
export { confusionMatrix } from './confusion-matrix';
export { digitAccuracy } from './digit-accuracy';
export { digitRow } from './digit-row';
export { digitWall } from './digit-wall';
export { FONT_FAMILY } from './figure';
export { forwardPass } from './forward-pass';
export { historyCurves } from './history-curves';
export { networkDiagram } from './network-diagram';
export { oneStep } from './one-step';
export { pixelNumbers } from './pixel-numbers';
export { probabilityBars } from './probability-bars';
export { redrawDigits } from './redraw-digits';
export { ORIGINAL_RUN } from './training-panels';
export { unitWeights } from './unit-weights';
export { worstMistakes } from './worst-mistakes';
