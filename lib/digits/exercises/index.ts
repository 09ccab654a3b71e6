import { accuracy } from './accuracy/exercise';
import { argMax } from './arg-max/exercise';
import { batchSizes } from './batch-sizes/exercise';
import { choice } from './choice/exercise';
import { classCounts } from './class-counts/exercise';
import { compileOneHot } from './compile-one-hot/exercise';
import { confusion } from './confusion/exercise';
import { convolution } from './convolution/exercise';
import { crossEntropy } from './cross-entropy/exercise';
import { cureOverfitting } from './cure-overfitting/exercise';
import { deeper } from './deeper/exercise';
import { denseParameters } from './dense-parameters/exercise';
import { diagnosis } from './diagnosis/exercise';
import { edge } from './edge/exercise';
import { failingWeights } from './failing-weights/exercise';
import { freeTensors } from './free-tensors/exercise';
import { genericTraining } from './generic-training/exercise';
import { ignorantLoss } from './ignorant-loss/exercise';
import { iris } from './iris/exercise';
import type { Exercise } from './judging/exercise';
import { mergeLayers } from './merge-layers/exercise';
import { nudgePicture } from './nudge/exercise';
import { oneHot } from './one-hot/exercise';
import { overfitting } from './overfitting/exercise';
import { pixelIndex } from './pixel-index/exercise';
import { recognise } from './recognise/exercise';
import { rescalePixels } from './rescale-pixels/exercise';
import { slim } from './slim/exercise';
import { smallNetwork } from './small-network/exercise';
import { softmax } from './softmax/exercise';
import { stepsPerEpoch } from './steps-per-epoch/exercise';
import { unit } from './unit/exercise';
import { whichSet } from './which-set/exercise';
import { worstMistake } from './worst-mistake/exercise';
import { writeStep } from './write-step/exercise';

/**
 * All exercises in the order of the notebook. The aims are: 1 turning pictures into numbers, and numbers into
 * probabilities; 2 building, compiling, training and evaluating a network; 3 learning by loss, gradient and update;
 * 4 overfitting, and the purposes of the three sets; 5 judging an accuracy, and finding the causes of mistakes.
 */
export const exercises: readonly Exercise[] = [
  { id: '1.1', level: 1, aim: 1, answer: 'unit', ...unit },
  { id: '1.2', level: 2, aim: 1, answer: 'edge', ...edge },
  { id: '2.1', level: 2, aim: 1, answer: 'brightest', ...freeTensors },
  { id: '3.1', level: 2, aim: 5, answer: '{ counts, baseline }', ...classCounts },
  { id: '3.2', level: 2, aim: 1, answer: 'pixelIndex', ...pixelIndex },
  { id: '4.1', level: 2, aim: 1, answer: 'toOtherRange', ...rescalePixels },
  { id: '4.2', level: 2, aim: 3, answer: 'oneHot', ...oneHot },
  { id: '5.1', level: 1, aim: 2, answer: 'deeper', ...deeper },
  { id: '5.2', level: 3, aim: 1, answer: 'merge', ...mergeLayers },
  { id: '5.3', level: 3, aim: 1, answer: 'softmax', ...softmax },
  { id: '6.1', level: 1, aim: 2, answer: 'denseParameters', ...denseParameters },
  { id: '6.2', level: 2, aim: 2, answer: '{ model: slim, parameters }', ...slim },
  { id: '7.1', level: 1, aim: 3, answer: 'crossEntropy', ...crossEntropy },
  { id: '7.2', level: 2, aim: 3, answer: 'ignorantLoss', ...ignorantLoss },
  { id: '7.3', level: 2, aim: 2, answer: 'forOneHot', ...compileOneHot },
  { id: '8.1', level: 2, aim: 3, answer: 'stepsPerEpoch', ...stepsPerEpoch },
  { id: '8.2', level: 2, aim: 2, answer: 'trainWith', ...batchSizes },
  { id: '8.3', level: 3, aim: 4, answer: 'overfitted', ...overfitting },
  { id: '8.4', level: 3, aim: 4, answer: 'improved', ...cureOverfitting },
  { id: '8.5', level: 3, aim: 3, answer: 'failing', ...failingWeights },
  { id: '8.6', level: 3, aim: 3, answer: 'step', ...writeStep },
  { id: '9.1', level: 1, aim: 5, answer: 'accuracy', ...accuracy },
  { id: '9.2', level: 1, aim: 4, answer: 'sets', ...whichSet },
  { id: '9.3', level: 2, aim: 1, answer: 'recognise', ...recognise },
  { id: '9.4', level: 2, aim: 5, answer: 'confusion', ...confusion },
  { id: '9.5', level: 2, aim: 5, answer: 'faults', ...diagnosis },
  { id: '9.6', level: 2, aim: 4, answer: 'choose', ...choice },
  { id: '9.7', level: 3, aim: 3, answer: '{ network: model, nudge }', ...nudgePicture },
  { id: '10.1', level: 1, aim: 1, answer: 'argMax', ...argMax },
  { id: '10.2', level: 3, aim: 5, answer: '{ network: model, index: worst }', ...worstMistake },
  { id: '10.3', level: 3, aim: 4, answer: 'learn', ...genericTraining },
  { id: '10.4', level: 3, aim: 2, answer: 'convolution', ...convolution },
  { id: '10.5', level: 3, aim: 2, answer: '{ model: flowers, testAccuracy }', ...iris },
  { id: '10.6', level: 3, aim: 2, answer: '{ model: small, testAccuracy }', ...smallNetwork },
];
