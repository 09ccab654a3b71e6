// The op `ByteMatMul` of TensorFlow: a product of bytes, as `byte-product.h` computes it.
//
// Worth, of the lesson: without it and the ops that stand on it, an epoch takes 1.55 times as long and
// the first one 1.41 times (medians of seven pairs in turn, two cores with AVX-512).
//
// Compiled into the addon of TensorFlow.js; `graph/rewrites/byte-mat-mul.ts` puts it to use.

#include "byte-product.h"

namespace {

struct ByteMatMul {
  const bool transpose_a;
  const Quotients quotients;

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        quotients(read_float(told, "divisor", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), masks(context, 1, status), b(context, 2, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const Left left(a, masks, transpose_a);
    if (left.columns != b.rows()) return status.refuse(kNoFactors);
    if (!left.fits(masks)) return status.refuse(kOtherMasks);
    const Output product(context, 0, TF_FLOAT, {left.rows, b.columns()}, status);
    if (!status.ok()) return;
    const Keep keep{{product.data<float>(), b.columns()}};
    multiply_bytes(left, quotients.of, b.data<float>(), b.columns(), keep);
  }
};

const bool registered = register_op<ByteMatMul>(
    "ByteMatMul", {"a: uint8", "masks: int64", "b: float"},
    {"transpose_a: bool = false", "divisor: float = 1.0"}, {"product: float"});

}  // namespace
