/** What the lesson runs on in a browser. */
import { version as tfjs } from '@tensorflow/tfjs';
import plotly from 'plotly.js-dist/package.json';
import { text } from '../language';
import { printedAsLines } from '../text/custom-inspect';
import { browserName } from './browser-name';
import type { Versions } from './versions';

export function versions(): Versions {
  return printedAsLines({
    [text({ zh: '浏览器', en: 'Browser' })]: browserName(navigator.userAgent),
    'TensorFlow.js': tfjs.tfjs,
    'plotly.js': plotly.version,
    [text({ zh: '将使用的设备', en: 'Device to be used' })]: text({
      zh: 'CPU，WebAssembly',
      en: 'CPU, WebAssembly',
    }),
  });
}
