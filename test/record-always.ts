/** Lets the tests, whose trainings are short, record a step however few there are. */
import { recordingCost } from '../lib/tfjs-graph/train/switching-trainer';

recordingCost.from = 0;
