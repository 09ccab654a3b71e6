/** What a browser's twin exports can stand for its original: `npm run check` fails where it cannot. */
type Fits<Original, Twin extends Pick<Original, keyof Original & keyof Twin>> = [Original, Twin];

export type Twins = [
  Fits<
    typeof import('../../lib/digits/device/threads'),
    typeof import('../../lib/digits/device/threads.browser')
  >,
  Fits<
    typeof import('../../lib/digits/device/use'),
    typeof import('../../lib/digits/device/use.browser')
  >,
  Fits<
    typeof import('../../lib/digits/text/platform-messages'),
    typeof import('../../lib/digits/text/platform-messages.browser')
  >,
  Fits<
    typeof import('../../lib/digits/notebook/channel'),
    typeof import('../../lib/digits/notebook/channel.browser')
  >,
  Fits<
    typeof import('../../lib/digits/pad/page-script'),
    typeof import('../../lib/digits/pad/page-script.browser')
  >,
  Fits<
    typeof import('../../lib/digits/device/versions'),
    typeof import('../../lib/digits/device/versions.browser')
  >,
  Fits<
    typeof import('../../lib/mnist-data-loader/find'),
    typeof import('../../lib/mnist-data-loader/find.browser')
  >,
  Fits<
    typeof import('../../lib/mnist-data-loader/platform'),
    typeof import('../../lib/mnist-data-loader/platform.browser')
  >,
];
