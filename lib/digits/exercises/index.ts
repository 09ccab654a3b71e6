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

const exercise = (
  id: string,
  level: Exercise['level'],
  aim: Exercise['aim'],
  answer: string,
  task: Task,
): Exercise => ({ id, level, aim, answer, ...task });

/**
 * All exercises, in the order of the notebook: number, stars, the aim of the lesson that it assesses,
 * and the expression that the cell hands to `check`. The aims: 1 how a picture becomes numbers, and
 * these probabilities; 2 to build, compile, train and evaluate a network; 3 how it learns: loss,
 * gradient, update; 4 overfitting, and what the three sets are for; 5 to judge an accuracy, and find
 * out where it goes wrong.
 */
export const exercises: readonly Exercise[] = [
  exercise('1.1', 1, 1, 'unit', unit),
  exercise('1.2', 2, 1, 'diagonal', diagonal),
  exercise('2.1', 3, 1, 'timed', timing),
  exercise('3.1', 2, 5, '{ counts, baseline }', classCounts),
  exercise('3.2', 2, 1, 'pixelIndex', pixelIndex),
  exercise('4.1', 2, 1, 'toOtherRange', rescalePixels),
  exercise('4.2', 2, 3, 'oneHot', oneHot),
  exercise('5.1', 1, 2, 'deeper', deeper),
  exercise('5.2', 3, 1, 'merge', mergeLayers),
  exercise('5.3', 3, 1, 'softmax', softmax),
  exercise('6.1', 1, 2, 'denseParameters', denseParameters),
  exercise('6.2', 2, 2, '{ model: slim, parameters }', slim),
  exercise('7.1', 1, 3, 'crossEntropy', crossEntropy),
  exercise('7.2', 2, 3, 'ignorantLoss', ignorantLoss),
  exercise('7.3', 2, 2, 'forOneHot', compileOneHot),
  exercise('8.1', 2, 3, 'stepsPerEpoch', stepsPerEpoch),
  exercise('8.2', 3, 2, 'trainWith', batchSizes),
  exercise('8.3', 3, 4, 'overfitted', overfitting),
  exercise('8.4', 3, 4, 'improved', cureOverfitting),
  exercise('8.5', 3, 3, 'failing', failingWeights),
  exercise('8.6', 3, 3, 'step', writeStep),
  exercise('9.1', 1, 5, 'accuracy', accuracy),
  exercise('9.2', 2, 1, 'recognise', recognise),
  exercise('9.3', 3, 5, 'confusion', confusion),
  exercise('9.4', 3, 3, '{ network: model, nudge }', nudgePicture),
  exercise('10.1', 1, 1, 'argMax', argMax),
  exercise('10.2', 3, 5, '{ network: model, index: worst }', worstMistake),
  exercise('10.3', 3, 4, 'learn', genericTraining),
  exercise('10.4', 3, 2, 'convolution', convolution),
];
