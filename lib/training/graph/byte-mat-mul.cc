// The op `ByteMatMul` of TensorFlow: a product of bytes, as `byte-product.h` computes it.
//
// Compiled into the addon of TensorFlow.js; `byte-mat-mul.ts` puts it to use.

#include "byte-product.h"

namespace {

struct ByteMatMul {
  const bool transpose_a;
  const Quotients quotients;

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        quotients(read_float(told, "divisor", status)) {}

  void multiply(TF_OpKernelContext* context, const Input& a, const Input& b,
                const Status& status) const {
    if ((transpose_a ? a.rows() : a.columns()) != b.rows()) return status.refuse(kNoFactors);
    Left left = rows_of(a.data<uint8_t>(), a.rows(), a.columns());
    if (transpose_a) left = transposed(left);
    const Product product(context, left.rows, b.columns(), status);
    if (!status.ok()) return;
    const Keep keep{{product.numbers(), b.columns()}};
    multiply_bytes(left, quotients.of, b.data<float>(), b.columns(), keep);
  }
};

const bool registered = register_product<ByteMatMul>(
    "ByteMatMul", {"a: uint8", "b: float"}, {"transpose_a: bool = false", "divisor: float = 1.0"});

}  // namespace
