// The ops of bytes that the project adds to TensorFlow, for the processor, with what each is worth, of the
// lesson (medians of seven pairs in turn, two cores with AVX-512):
//
// - `ByteMasks`: which elements are not 0, a bit each, of each row of a matrix of bytes, or of its
//   transpose. What multiplies the bytes needs them, maybe several times, and they can be made as soon as
//   the bytes are there, while a core waits for the step before. Where each product finds its masks by
//   itself, five epochs take 3.5 % longer (777 ms in place of 750).
// - `ByteMatMul`: a product of bytes, as `byte-product.h` computes it. Without it and the ops that stand on
//   it, an epoch takes 1.55 times as long and the first one 1.41 times.
//
// `graph/rewrites/products.ts` puts them to use.

#include "byte-product.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

/// The mask of 64 bytes.
Mask mask_of(const uint8_t* bytes) {
  Mask mask = 0;
#if defined(__SSE2__)
  for (int i = 0; i < kWord; i += 16) {
    const auto sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const int zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_setzero_si128()));
    mask |= static_cast<Mask>(~zeros & 0xffff) << i;
  }
#else
  for (int i = 0; i < kWord; i++) mask |= static_cast<Mask>(bytes[i] != 0) << i;
#endif
  return mask;
}

void mask_rows(const uint8_t* bytes, int64_t rows, int64_t columns, Mask* masks) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t column = 0; column < columns; column += kWord) {
      const uint8_t* from = bytes + row * columns + column;
      const int64_t rest = columns - column;
      uint8_t last[kWord] = {};
      if (rest < kWord) from = static_cast<uint8_t*>(std::memcpy(last, from, rest));
      masks[row * words(columns) + column / kWord] = mask_of(from);
    }
  }
}

/// Transposes 64 x 64 bits: swaps ever smaller blocks off the diagonal.
void transpose(Mask (&block)[kWord]) {
  Mask half = 0x00000000ffffffff;
  for (int size = 32; size > 0; size >>= 1, half ^= half << size) {
    for (int i = 0; i < kWord; i = ((i | size) + 1) & ~size) {
      const Mask swapped = ((block[i] >> size) ^ block[i | size]) & half;
      block[i] ^= swapped << size;
      block[i | size] ^= swapped;
    }
  }
}

/// Makes the masks of the columns of a matrix from those of its rows.
void transpose(const Mask* masks, int64_t rows, int64_t columns, Mask* transposed) {
  const int64_t from = words(columns), to = words(rows);
  for (int64_t row = 0; row < rows; row += kWord) {
    for (int64_t column = 0; column < columns; column += kWord) {
      Mask block[kWord] = {};
      for (int64_t i = 0; i < kWord && row + i < rows; i++) {
        block[i] = masks[(row + i) * from + column / kWord];
      }
      transpose(block);
      for (int64_t i = 0; i < kWord && column + i < columns; i++) {
        transposed[(column + i) * to + row / kWord] = block[i];
      }
    }
  }
}

struct ByteMasks {
  const bool transpose_a;

  ByteMasks(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status);
    if (!status.ok()) return;
    if (!a.is_matrix()) return status.refuse("Expected a matrix of bytes");
    const int64_t rows = a.rows(), columns = a.columns();
    const int64_t shape[] = {transpose_a ? columns : rows, words(transpose_a ? rows : columns)};
    const Output masks(context, 0, TF_INT64, {shape[0], shape[1]}, status);
    if (!status.ok()) return;
    auto* out = masks.data<Mask>();
    // Without a column, or a row, a word has no bits.
    std::memset(out, 0, masks.size);
    if (!transpose_a) return mask_rows(a.data<uint8_t>(), rows, columns, out);
    std::vector<Mask> of_rows(rows * words(columns));
    mask_rows(a.data<uint8_t>(), rows, columns, of_rows.data());
    transpose(of_rows.data(), rows, columns, out);
  }
};

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
    multiply_bytes(left, quotients.of, b.data<float>(), b.columns(), product.data<float>());
  }
};

const bool registered =
    register_op<ByteMasks>("ByteMasks", {"a: uint8"}, {"transpose_a: bool = false"},
                           {"masks: int64"}) &&
    register_op<ByteMatMul>("ByteMatMul", {"a: uint8", "masks: int64", "b: float"},
                            {"transpose_a: bool = false", "divisor: float = 1.0"},
                            {"product: float"});

}  // namespace
