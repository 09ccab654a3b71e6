// @ts-check

/**
 * 安装 npm 软件包之前显示的文字，中文。
 *
 * @type {typeof import('./en.mjs').en}
 */
export const zh = {
  bootstrap: {
    //
  },

  causes: {
    //
  },

  npm: {
    //
  },

  options: {
    //
  },
};
