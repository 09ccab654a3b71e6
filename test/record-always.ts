/** Lets the tests, whose trainings are short, record a step however few there are. */
import { worthRecording } from '../lib/tfjs-graph/train/worth-recording';

worthRecording.from = 0;
