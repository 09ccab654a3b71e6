// Products of matrices that stay in the cache of a core.

#pragma once

#include "conv-tile.h"

namespace {

/// A matrix, or its transpose: steps between rows and between columns.
struct Strided {
  const float* numbers;
  int64_t row_step, column_step;
};

/// A matrix whose rows are `pitch` numbers apart.
template <typename Float>
struct Pitched {
  Float* numbers;
  int64_t pitch;
};

template <typename Sixteen, int kRows, int kLanes>
INLINE void add_tile(Strided left, int64_t inner, Pitched<const float> right, Pitched<float> to) {
  Sixteen sums[kRows][kLanes] = {};
  for (int64_t k = 0; k < inner; k++, left.numbers += left.column_step, right.numbers += right.pitch) {
    UNROLL for (int v = 0; v < kLanes; v++) {
      UNROLL for (int r = 0; r < kRows; r++) {
        add(sums[r][v], left.numbers[r * left.row_step], right.numbers + v * kLane);
      }
    }
  }
  UNROLL for (int r = 0; r < kRows; r++) {
    UNROLL for (int v = 0; v < kLanes; v++) add_to(to.numbers + r * to.pitch + v * kLane, sums[r][v]);
  }
}

struct AddProduct {
  template <typename Sixteen, int kLanes>
  static INLINE void add_lanes(Strided left, int64_t rows, int64_t inner, Pitched<const float> right,
                               Pitched<float> to) {
    for (; rows >= 4; rows -= 4, left.numbers += 4 * left.row_step, to.numbers += 4 * to.pitch) {
      add_tile<Sixteen, 4, kLanes>(left, inner, right, to);
    }
    for (; rows > 0; rows--, left.numbers += left.row_step, to.numbers += to.pitch) {
      add_tile<Sixteen, 1, kLanes>(left, inner, right, to);
    }
  }

  template <typename Sixteen>
  static INLINE void run(const Strided& left, int64_t rows, int64_t inner,
                         const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
    for (int64_t k = 0; k < columns;) {
      const Pitched<const float> from{right.numbers + k, right.pitch};
      const Pitched<float> sums{to.numbers + k, to.pitch};
      const bool four = kSums<Sixteen> >= 24 && columns - k >= 4 * kLane;
      if (four) add_lanes<Sixteen, 4>(left, rows, inner, from, sums);
      if (!four) add_lanes<Sixteen, 1>(left, rows, inner, from, sums);
      k += four ? 4 * kLane : kLane;
    }
  }
};

/// Adds a product to a matrix of whole lanes, as the right factor is.
inline void add_product(const Strided& left, int64_t rows, int64_t inner,
                        const Pitched<const float>& right, int64_t columns, const Pitched<float>& to) {
  run_widest<AddProduct>(left, rows, inner, right, columns, to);
}

}  // namespace
