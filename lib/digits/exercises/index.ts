import { accuracy } from './accuracy/exercise';
import { argMax } from './arg-max/exercise';
import { batchSizes } from './batch-sizes/exercise';
import { classCounts } from './class-counts/exercise';
import { compileOneHot } from './compile-one-hot/exercise';
import { confusion } from './confusion/exercise';
import { convolution } from './convolution/exercise';
import { crossEntropy } from './cross-entropy/exercise';
import { cureOverfitting } from './cure-overfitting/exercise';
import { deeper } from './deeper/exercise';
import { denseParameters } from './dense-parameters/exercise';
import { diagonal } from './diagonal/exercise';
import { failingWeights } from './failing-weights/exercise';
import { genericTraining } from './generic-training/exercise';
import { ignorantLoss } from './ignorant-loss/exercise';
import type { Exercise, Task } from './judging/exercise';
import { mergeLayers } from './merge-layers/exercise';
import { nudgePicture } from './nudge/exercise';
import { oneHot } from './one-hot/exercise';
import { overfitting } from './overfitting/exercise';
import { pixelIndex } from './pixel-index/exercise';
import { recognise } from './recognise/exercise';
import { rescalePixels } from './rescale-pixels/exercise';
import { slim } from './slim/exercise';
import { softmax } from './softmax/exercise';
import { stepsPerEpoch } from './steps-per-epoch/exercise';
import { timing } from './timing/exercise';
import { unit } from './unit/exercise';
import { worstMistake } from './worst-mistake/exercise';
import { writeStep } from './write-step/exercise';

/**
 * All exercises, in the order of the notebook: number, stars, the aim of the lesson that it assesses,
 * and the expression that the cell hands to `check`. The aims: 1 how a picture becomes numbers, and
 * these probabilities; 2 to build, compile, train and evaluate a network; 3 how it learns: loss,
 * gradient, update; 4 overfitting, and what the three sets are for; 5 to judge an accuracy, and find
 * out where it goes wrong.
 */
const LIST: readonly [
  id: string,
  level: Exercise['level'],
  aim: Exercise['aim'],
  answer: string,
  task: Task,
][] = [
  ['1.1', 1, 1, 'unit', unit],
  ['1.2', 2, 1, 'diagonal', diagonal],
  ['2.1', 3, 1, 'timed', timing],
  ['3.1', 2, 5, '{ counts, baseline }', classCounts],
  ['3.2', 2, 1, 'pixelIndex', pixelIndex],
  ['4.1', 2, 1, 'toOtherRange', rescalePixels],
  ['4.2', 2, 3, 'oneHot', oneHot],
  ['5.1', 1, 2, 'deeper', deeper],
  ['5.2', 3, 1, 'merge', mergeLayers],
  ['5.3', 3, 1, 'softmax', softmax],
  ['6.1', 1, 2, 'denseParameters', denseParameters],
  ['6.2', 2, 2, '{ model: slim, parameters }', slim],
  ['7.1', 1, 3, 'crossEntropy', crossEntropy],
  ['7.2', 2, 3, 'ignorantLoss', ignorantLoss],
  ['7.3', 2, 2, 'forOneHot', compileOneHot],
  ['8.1', 2, 3, 'stepsPerEpoch', stepsPerEpoch],
  ['8.2', 3, 2, 'trainWith', batchSizes],
  ['8.3', 3, 4, 'overfitted', overfitting],
  ['8.4', 3, 4, 'improved', cureOverfitting],
  ['8.5', 3, 3, 'failing', failingWeights],
  ['8.6', 3, 3, 'step', writeStep],
  ['9.1', 1, 5, 'accuracy', accuracy],
  ['9.2', 2, 1, 'recognise', recognise],
  ['9.3', 3, 5, 'confusion', confusion],
  ['9.4', 3, 3, '{ network: model, nudge }', nudgePicture],
  ['10.1', 1, 1, 'argMax', argMax],
  ['10.2', 3, 5, '{ network: model, index: worst }', worstMistake],
  ['10.3', 3, 4, 'learn', genericTraining],
  ['10.4', 3, 2, 'convolution', convolution],
];

export const exercises: readonly Exercise[] = LIST.map(([id, level, aim, answer, task]) => ({
  id,
  level,
  aim,
  answer,
  ...task,
}));
