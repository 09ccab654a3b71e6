import type { Messages } from './en';

/** 学习者读到的文字，中文：包里每个部分一节。 */
export const zh: Messages = {
  device: {
    //
  },

  exercises: {
    //
  },

  figures: {
    //
  },

  input: {
    //
  },

  network: {
    //
  },

  notebook: {
    //
  },

  pad: {
    //
  },

  quiz: {
    //
  },

  text: {
    //
  },

  training: {
    //
  },
};
