import type { Messages } from './en';

/** 工具显示的文字，中文：每个文件夹一节。 */
export const zh: Messages = {
  bench: {
    //
  },

  classroom: {
    //
  },

  faults: {
    //
  },

  lab: {
    //
  },

  project: {
    //
  },

  publish: {
    //
  },

  setup: {
    //
  },

  site: {
    //
  },
};
