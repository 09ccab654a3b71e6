// Products of matrices that stay in the cache of a core, and convolutions, which are such products.

#pragma once

#include "conv-tile.h"

namespace {

/// A matrix, or its transpose: steps between rows and between columns. Its columns may be several times as many,
/// in planes: the rows of a picture that a kernel covers lie apart.
struct Strided {
  const float* numbers;
  int64_t row_step, column_step;
  int64_t planes = 1, plane_step = 0;
};

/// A matrix whose rows are `pitch` numbers apart, in as many planes.
template <typename Float>
struct Pitched {
  Float* numbers;
  int64_t pitch;
  int64_t plane_step = 0;
};

/// Its sums stay in registers.
template <typename Sixteen, int kRows, int kLanes>
INLINE void add_tile(const Strided& left, int64_t inner, const Pitched<const float>& right,
                     const Pitched<float>& to) {
  Sixteen sums[kRows][kLanes];
  UNROLL for (int r = 0; r < kRows; r++) {
    UNROLL for (int v = 0; v < kLanes; v++) load(sums[r][v], to.numbers + r * to.pitch + v * kLane);
  }
  for (int64_t plane = 0; plane < left.planes; plane++) {
    const float* factors = left.numbers + plane * left.plane_step;
    const float* from = right.numbers + plane * right.plane_step;
    for (int64_t k = 0; k < inner; k++, factors += left.column_step, from += right.pitch) {
      Sixteen numbers[kLanes];
      UNROLL for (int v = 0; v < kLanes; v++) load(numbers[v], from + v * kLane);
      UNROLL for (int r = 0; r < kRows; r++) {
        const float factor = factors[r * left.row_step];
        UNROLL for (int v = 0; v < kLanes; v++) add_product(sums[r][v], factor, numbers[v]);
      }
    }
  }
  UNROLL for (int r = 0; r < kRows; r++) {
    UNROLL for (int v = 0; v < kLanes; v++) store(to.numbers + r * to.pitch + v * kLane, sums[r][v]);
  }
}

struct AddProduct {
  template <typename Sixteen, int kLanes>
  static INLINE void add_lanes(Strided left, int64_t rows, int64_t inner, const Pitched<const float>& right,
                               Pitched<float> to) {
#define TAKE(kRows)                                                                       \
  for (; rows >= kRows; rows -= kRows) {                                                  \
    add_tile<Sixteen, kRows, kLanes>(left, inner, right, to);                             \
    left.numbers += kRows * left.row_step, to.numbers += kRows * to.pitch;                \
  }
    // For more rows than six, GCC has no registers left for where they are.
    TAKE(6)
    TAKE(4)
    TAKE(2)
    TAKE(1)
#undef TAKE
  }

  template <typename Sixteen>
  static INLINE void run(const Strided& left, int64_t rows, int64_t inner,
                         const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
    int64_t first = 0;
#define LANES(kLanes)                                                                     \
  for (; columns - first >= kLanes * kLane; first += kLanes * kLane) {                    \
    add_lanes<Sixteen, kLanes>(left, rows, inner,                                         \
                               {right.numbers + first, right.pitch, right.plane_step},    \
                               {to.numbers + first, to.pitch});                           \
  }
    if constexpr (kSums<Sixteen> >= 24) {
      LANES(4)
      LANES(2)
    }
    LANES(1)
#undef LANES
  }
};

/// Adds a product to a matrix of whole lanes, as the right factor is.
inline void add_product(const Strided& left, int64_t rows, int64_t inner,
                        const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
  run_widest<AddProduct>(left, rows, inner, right, columns, to);
}

/// Convolves rows of places: `[rows, places, filters]`, where filters are whole lanes.
///
/// @param x a picture: steps between places and between a row's numbers, of which the kernel has `inner`, and its
/// rows.
/// @param width places from a row of the output to the next.
template <typename Sixteen>
INLINE void convolve(Strided x, int64_t rows, int64_t places, int64_t inner, const float* filters,
                     const float* bias, int64_t pitch, float* to, int64_t width) {
  // So many filters at a time stay in the second cache.
  constexpr int64_t kMost = 4 * kLane;
  for (int64_t row = 0; row < rows; row++, x.numbers += x.plane_step, to += width * pitch) {
    copy_rows(bias, places, pitch, to, 0, pitch);
    for (int64_t first = 0; first < pitch; first += kMost) {
      AddProduct::run<Sixteen>(x, places, inner, {filters + first, pitch, inner * pitch},
                               std::min(pitch - first, kMost), {to + first, pitch});
    }
  }
}

}  // namespace
