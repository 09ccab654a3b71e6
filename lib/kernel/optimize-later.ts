/**
 * Has V8 wait longer before it optimizes a function. TypeScript and TensorFlow.js run thousands of
 * functions a moment each; TurboFan's threads took as much time for them as all cells together.
 * Loops that really run long are optimized as before, some milliseconds later.
 */
import { setFlagsFromString } from 'node:v8';

const [v8 = 0] = process.versions.v8.split('.').map(Number);
// The same knob, renamed: bytes of code run, later calls of a function.
if (v8 < 12) setFlagsFromString('--interrupt-budget=500000');
else setFlagsFromString('--invocation-count-for-turbofan=30000');
