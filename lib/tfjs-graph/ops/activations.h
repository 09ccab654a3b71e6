// Activations of numbers in registers.

#pragma once

#include "conv-tile.h"

namespace {

/// The hyperbolic tangent, as Eigen computes it.
template <typename Vector>
INLINE void squash(Vector& x) {
  constexpr float kMost = 7.90531110763549805f;
  constexpr float kOver[] = {-2.76076847742355e-16f, 2.00018790482477e-13f, -8.60467152213735e-11f,
                             5.12229709037114e-08f,  1.48572235717979e-05f, 6.37261928875436e-04f,
                             4.89352455891786e-03f};
  constexpr float kUnder[] = {1.19825839466702e-06f, 1.18534705686654e-04f, 2.26843463243900e-03f,
                              4.89352518554385e-03f};
  const Vector most = Vector{} + kMost;
  x = x > most ? most : x < -most ? -most : x;
  const Vector square = x * x;
  Vector over{}, under{};
  UNROLL for (int i = 0; i < 7; i++) over = over * square + kOver[i];
  UNROLL for (int i = 0; i < 4; i++) under = under * square + kUnder[i];
  x *= over / under;
}

/// The logistic function, or a hard one.
template <typename Vector>
INLINE void open(Vector& x, bool hard) {
  if (!hard) {
    x *= 0.5f;
    squash(x);
    x = 0.5f * x + 0.5f;
    return;
  }
  const Vector zero{}, one = zero + 1.0f;
  x = 0.2f * x + 0.5f;
  x = x > one ? one : x < zero ? zero : x;
}

}  // namespace
