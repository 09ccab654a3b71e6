/**
 * Delays V8's optimizing compiler, because TypeScript and TensorFlow.js execute thousands of functions briefly.
 * Without the delay, "Run All" takes 5.7 s and 9.7 s of processor time.
 */
import { setFlagsFromString } from 'node:v8';

const [v8 = 0] = process.versions.v8.split('.').map(Number);
// V8 renamed the setting: below version 12 it counts executed bytes of code, later function calls.
if (v8 < 12) setFlagsFromString('--interrupt-budget=500000');
else setFlagsFromString('--invocation-count-for-turbofan=30000');
