/**
 * Makes V8 wait longer before it optimizes a function: TypeScript and TensorFlow.js run thousands of functions a
 * moment each. Without it "Run All" ends after 5.7 s and takes 9.7 s of processor time.
 */
import { setFlagsFromString } from 'node:v8';

const [v8 = 0] = process.versions.v8.split('.').map(Number);
// One setting under two names: V8 counts bytes of code run, from version 12 on calls of a function.
if (v8 < 12) setFlagsFromString('--interrupt-budget=500000');
else setFlagsFromString('--invocation-count-for-turbofan=30000');
