// A convolution's output, from sums that stay in registers: those of up to six places and 64 filters. Then
// the largest number of each window of it.

#pragma once

#include "conv-tile.h"

namespace {

/// Rows of numbers, such as a padded picture has: from one place of a kernel to the next, and from a row
/// of the kernel to the next.
struct Rows {
  const float* numbers;
  int64_t step, pitch;
};

/// Filters, a row for each number of a kernel, of whole lanes.
struct Filters {
  const float* numbers;
  int64_t pitch, rows, row_length;
};

template <typename Sixteen, int kPlaces, int kLanes>
INLINE void convolve_places(const Rows& x, const Filters& filters, const float* bias, float* out,
                            int64_t out_pitch) {
  Sixteen sums[kPlaces][kLanes];
  UNROLL for (int p = 0; p < kPlaces; p++) {
    UNROLL for (int v = 0; v < kLanes; v++) load(sums[p][v], bias + v * kLane);
  }
  const float* weights = filters.numbers;
  for (int64_t row = 0; row < filters.rows; row++) {
    const float* from = x.numbers + row * x.pitch;
    for (int64_t i = 0; i < filters.row_length; i++, from++, weights += filters.pitch) {
      Sixteen numbers[kLanes];
      UNROLL for (int v = 0; v < kLanes; v++) load(numbers[v], weights + v * kLane);
      UNROLL for (int p = 0; p < kPlaces; p++) {
        const float factor = from[p * x.step];
        UNROLL for (int v = 0; v < kLanes; v++) add_product(sums[p][v], factor, numbers[v]);
      }
    }
  }
  UNROLL for (int p = 0; p < kPlaces; p++) {
    UNROLL for (int v = 0; v < kLanes; v++) store(out + p * out_pitch + v * kLane, sums[p][v]);
  }
}

template <typename Sixteen, int kLanes>
INLINE void convolve_row(Rows x, const Filters& filters, const float* bias, int64_t places,
                         float* out, int64_t out_pitch) {
  // For more places than six, GCC has no registers left for where they are.
  constexpr int kMost = 6;
#define TAKE(kPlaces)                                                                     \
  for (; places >= kPlaces; places -= kPlaces) {                                          \
    convolve_places<Sixteen, kPlaces, kLanes>(x, filters, bias, out, out_pitch);          \
    x.numbers += kPlaces * x.step, out += kPlaces * out_pitch;                            \
  }
  TAKE(kMost)
  TAKE(4)
  TAKE(2)
  TAKE(1)
#undef TAKE
}

/// Convolves rows of places: `[rows, places, filters]`, where filters are whole lanes.
///
/// @param width places from a row of the output to the next.
template <typename Sixteen>
INLINE void convolve(const Rows& x, int64_t rows, int64_t places, const Filters& filters,
                     const float* bias, float* out, int64_t width) {
  constexpr bool kWide = kSums<Sixteen> >= 24;
  const int64_t pitch = filters.pitch;
#define LANES(kLanes)                                                                     \
  for (; pitch - first >= kLanes * kLane; first += kLanes * kLane) {                      \
    const Filters own{filters.numbers + first, pitch, filters.rows, filters.row_length};  \
    for (int64_t row = 0; row < rows; row++) {                                            \
      const Rows from{x.numbers + row * x.pitch, x.step, x.pitch};                        \
      convolve_row<Sixteen, kLanes>(from, own, bias + first, places,                      \
                                    out + row * width * pitch + first, pitch);           \
    }                                                                                     \
  }
  int64_t first = 0;
  if constexpr (kWide) LANES(4)
  if constexpr (kWide) LANES(2)
  LANES(1)
#undef LANES
}

/// Writes the largest numbers of a window, of as many filters as fit into a register, and which they are:
/// the first, as in TensorFlow.
template <typename Vector>
INLINE void pool_window(const ConvGeometry& g, const float* from, int64_t pitch, int64_t top,
                        int64_t left, bool relu, int64_t count, float* to, int32_t* chosen) {
  const Side &height = g.pooled_height, &width = g.pooled_width;
  Vector best = {};
  Integers<Vector> place = {};
  bool first = true;
  for (int64_t i = 0; i < height.window; i++) {
    const int64_t y = top + i;
    if (y < 0 || y >= height.length) continue;
    for (int64_t j = 0; j < width.window; j++) {
      const int64_t x = left + j;
      if (x < 0 || x >= width.length) continue;
      Vector numbers;
      load(numbers, from + (y * width.length + x) * pitch);
      // What is no number stays, whichever comes first.
      Integers<Vector> larger = (numbers > best) | (numbers != numbers);
      if (first) larger = Integers<Vector>{} - 1;
      first = false;
      best = larger ? numbers : best;
      place = larger ? Integers<Vector>{} + static_cast<int32_t>(i * width.window + j) : place;
    }
  }
  if (relu) best = best < Vector{} ? Vector{} : best;
  if (count == kNumbers<Vector>) {
    store(to, best);
    std::memcpy(chosen, &place, sizeof place);
  } else {
    std::memcpy(to, &best, count * sizeof(float));
    std::memcpy(chosen, &place, count * sizeof(float));
  }
}

template <typename Sixteen>
INLINE void pool(const ConvGeometry& g, const float* from, int64_t pitch, bool relu, float* to,
                 int32_t* chosen) {
  using Vector = Register<Sixteen>;
  constexpr int64_t kStep = kNumbers<Vector>;
  const Side &height = g.pooled_height, &width = g.pooled_width;
  for (int64_t py = 0; py < height.places; py++) {
    const int64_t top = py * height.step - height.before;
    for (int64_t px = 0; px < width.places; px++, to += g.filters, chosen += g.filters) {
      const int64_t left = px * width.step - width.before;
      int64_t k = 0;
      for (; g.filters - k >= kStep; k += kStep) {
        pool_window<Vector>(g, from + k, pitch, top, left, relu, kStep, to + k, chosen + k);
      }
      if (k < g.filters) {
        pool_window<Vector>(g, from + k, pitch, top, left, relu, g.filters - k, to + k, chosen + k);
      }
    }
  }
}

template <typename Sixteen>
INLINE void rectify(float* numbers, int64_t count) {
  using Vector = Register<Sixteen>;
  for (int64_t i = 0; i < count; i += kNumbers<Vector>) {
    Vector own;
    load(own, numbers + i);
    own = own < Vector{} ? Vector{} : own;
    store(numbers + i, own);
  }
}

struct Forward {
  template <typename Sixteen>
  static INLINE void run(const ConvGeometry& g, bool relu, int64_t count, const float* x,
                         const float* filters, const float* bias, float* y, int32_t* chosen) {
    const int64_t pitch = whole_lanes(g.filters), size = g.kernel_size();
    const Floats picture(padded_picture(g)), weights(size * pitch), biases(pitch);
    const Floats out(g.height.places * g.width.places * pitch);
    widen(filters, size, g.filters, weights.get(), pitch);
    widen(bias, 1, g.filters, biases.get(), pitch);
    const Filters wide{weights.get(), pitch, g.height.window, g.row_length()};
    const int64_t places = g.height.places * g.width.places;
    for (int64_t n = 0; n < count; n++, x += g.picture(), y += g.output()) {
      pad(g, x, picture.get());
      convolve<Sixteen>({picture.get(), g.channels, g.row_pitch()}, g.pooled_height.seen(),
                        g.pooled_width.seen(), wide, biases.get(), out.get(), g.width.places);
      if (g.pools()) {
        pool<Sixteen>(g, out.get(), pitch, relu, y, chosen);
        chosen += g.output();
        continue;
      }
      if (relu) rectify<Sixteen>(out.get(), places * pitch);
      narrow(out.get(), places, g.filters, y, pitch);
    }
  }
};

}  // namespace
