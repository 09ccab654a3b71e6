import type { Binding, OpAttr } from './backend';

/** Makes the attributes of ops. */
export class Attributes {
  constructor(protected readonly binding: Binding) {}

  type(name: string, value: number): OpAttr {
    return { name, type: this.binding.TF_ATTR_TYPE, value };
  }

  int(name: string, value: number): OpAttr {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  float(name: string, value: number): OpAttr {
    return { name, type: this.binding.TF_ATTR_FLOAT, value };
  }

  bool(name: string, value: boolean): OpAttr {
    return { name, type: this.binding.TF_ATTR_BOOL, value };
  }

  string(name: string, value: string): OpAttr {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }

  shape(name: string, value: readonly number[]): OpAttr {
    return { name, type: this.binding.TF_ATTR_SHAPE, value };
  }
}
