// A convolution's output, and the largest number of each window of it.

#pragma once

#include "product.h"

namespace {

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

struct Forward {
  template <typename Sixteen>
  static INLINE void run(const ConvGeometry& g, bool relu, int64_t count, const float* x,
                         const float* filters, const float* bias, float* y, int32_t* chosen) {
    const int64_t pitch = whole_lanes(g.filters), size = g.kernel_size();
    const Floats picture(padded_picture(g)), weights(size * pitch), biases(pitch);
    const Floats out(g.height.places * g.width.places * pitch);
    copy_rows(filters, size, g.filters, weights.get(), g.filters, pitch);
    copy_rows(bias, 1, g.filters, biases.get(), g.filters, pitch);
    const int64_t places = g.height.places * g.width.places;
    for (int64_t n = 0; n < count; n++, x += g.picture(), y += g.output()) {
      pad(g, x, picture.get());
      convolve<Sixteen>({picture.get(), g.channels, 1, g.height.window, g.row_pitch()},
                        g.pooled_height.seen(), g.pooled_width.seen(), g.row_length(), weights.get(),
                        biases.get(), pitch, out.get(), g.width.places);
      if (g.pools()) {
        pool<Sixteen>(g, out.get(), pitch, relu, y, chosen);
        chosen += g.output();
        continue;
      }
      if (relu) Rectify::run<Sixteen>(out.get(), places * pitch);
      copy_rows(out.get(), places, g.filters, y, pitch, g.filters);
    }
  }
};

}  // namespace
