// The ops `Recurrence` and `RecurrenceGrad` of TensorFlow, for the processor: an LSTM or a GRU over all steps
// of its samples as a single op, and its gradients as another.
//
// tfjs-layers takes 20 ops for a step and 60 for its gradients. Samples are independent of one another: each
// op takes its part of them, and so does another core.
//
// Worth: an epoch of 64 units over 28 steps takes 0.5 times as long as by TensorFlow's ops, the first one 0.2
// times; of two GRUs of 32 units over 20 steps 0.3 and 0.1 times (two cores, AVX-512).
//
// `train/recorded/recurrence.ts` puts them to use.

#include <vector>

#include "product.h"

namespace {

/// A layer, and the part of its samples that an op takes.
struct Recurrence {
  int64_t count, steps, inputs, units, gates;
  bool reverse, hard;

  bool is_lstm() const { return gates == 4; }
  int64_t lanes() const { return whole_lanes(units); }
  int64_t width() const { return gates * lanes(); }
  /// Numbers of a sample at a step that are kept: its gates, the LSTM's cell or the GRU's `r · h`, the state.
  int64_t pitch() const { return width() + 2 * lanes(); }
  int64_t read(int64_t step) const { return reverse ? steps - 1 - step : step; }
};

/// As Eigen computes it.
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

/// The activation of a gate.
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

/// Multiplies by its slope, by what it has given.
template <typename Vector>
INLINE void back_over_gate(Vector& slope, const Vector& y, bool hard) {
  const Vector zero{}, one = zero + 1.0f, most = zero + 0.2f;
  slope *= !hard ? y * (one - y) : y > zero ? (y < one ? most : zero) : zero;
}

/// What a step of some samples has kept, and the one before: rows of `pitch` numbers.
template <typename Float>
struct Kept {
  Float* now;
  const float* before;
};

#define EACH_LANE(r) for (int64_t k = 0; k < (r).lanes(); k += kNumbers<Vector>)

/// Of the gates' sums their values, and the new state; of a GRU's first two gates `r · h`, and, `last`, of the
/// third the new state.
struct Step {
  template <typename Sixteen>
  static INLINE void run(const Recurrence& r, const Kept<float>& row, bool last) {
    using Vector = Register<Sixteen>;
    const int64_t lanes = r.lanes(), cell = r.width(), state = cell + lanes;
    for (int64_t n = 0; n < r.count; n++) {
      float* z = row.now + n * r.pitch();
      const float* before = row.before + n * r.pitch();
      EACH_LANE(r) {
        Vector a, b, c, d, old;
        load(a, z + k), load(b, z + lanes + k), load(c, z + 2 * lanes + k);
        if (r.is_lstm()) {
          load(d, z + 3 * lanes + k), load(old, before + cell + k);
          open(a, r.hard), open(b, r.hard), squash(c), open(d, r.hard);
          old = b * old + a * c;
          store(z + k, a), store(z + lanes + k, b), store(z + 2 * lanes + k, c);
          store(z + 3 * lanes + k, d), store(z + cell + k, old);
          squash(old);
          old *= d;
          store(z + state + k, old);
          continue;
        }
        load(old, before + state + k);
        if (last) {
          squash(c);
          old = c + a * (old - c);
          store(z + 2 * lanes + k, c), store(z + state + k, old);
        } else {
          open(a, r.hard), open(b, r.hard);
          old *= b;
          store(z + k, a), store(z + lanes + k, b), store(z + cell + k, old);
        }
      }
    }
  }
};

/// Slopes of the loss: by the gates' sums, by the state, and by the LSTM's cell or the GRU's `r · h`.
struct StepSlopes {
  float *gates, *state, *cell;
};

/// Reverses `Step`: a GRU's third gate first.
struct StepBack {
  template <typename Sixteen>
  static INLINE void run(const Recurrence& r, const Kept<const float>& row, const StepSlopes& of, bool last) {
    using Vector = Register<Sixteen>;
    const int64_t lanes = r.lanes(), cell = r.width(), state = cell + lanes;
    const Vector one = Vector{} + 1.0f;
    for (int64_t n = 0; n < r.count; n++) {
      const float *z = row.now + n * r.pitch(), *before = row.before + n * r.pitch();
      float *to = of.gates + n * r.width(), *by_state = of.state + n * lanes, *by_cell = of.cell + n * lanes;
      EACH_LANE(r) {
        Vector a, b, c, d, now, old, slope, carried;
        load(a, z + k), load(b, z + lanes + k), load(c, z + 2 * lanes + k);
        load(slope, by_state + k), load(carried, by_cell + k);
        if (r.is_lstm()) {
          load(d, z + 3 * lanes + k), load(now, z + cell + k), load(old, before + cell + k);
          squash(now);
          carried += slope * d * (one - now * now);
          slope *= now;
          back_over_gate(slope, d, r.hard);
          store(to + 3 * lanes + k, slope);
          slope = carried * c;
          back_over_gate(slope, a, r.hard);
          store(to + k, slope);
          slope = carried * old;
          back_over_gate(slope, b, r.hard);
          store(to + lanes + k, slope);
          slope = carried * a * (one - c * c);
          store(to + 2 * lanes + k, slope);
          carried *= b;
          store(by_cell + k, carried);
          slope = Vector{};
          store(by_state + k, slope);
          continue;
        }
        load(old, before + state + k);
        if (last) {
          now = slope * (one - a) * (one - c * c);
          store(to + 2 * lanes + k, now);
          now = slope * (old - c);
          back_over_gate(now, a, r.hard);
          store(to + k, now);
          slope *= a;
          store(by_state + k, slope);
          carried = Vector{};
          store(by_cell + k, carried);
        } else {
          now = carried * old;
          back_over_gate(now, b, r.hard);
          store(to + lanes + k, now);
          slope += carried * b;
          store(by_state + k, slope);
        }
      }
    }
  }
};

/// A matrix of a gate's columns behind another's, each as whole lanes.
struct Weights {
  Floats numbers;
  Weights(const Recurrence& r, const float* from, int64_t rows) : numbers(rows * r.width()) {
    if (from != nullptr) widen(from, rows * r.gates, r.units, numbers.get(), r.lanes());
  }
  float* get() const { return numbers.get(); }
};

void run_forward(const Recurrence& r, const float* x, const float* kernel, const float* recurrent,
                 const float* bias, float* saved) {
  const int64_t lanes = r.lanes(), width = r.width(), pitch = r.pitch(), state = width + lanes;
  const Weights of_input(r, kernel, r.inputs), of_state(r, recurrent, r.units), biases(r, bias, 1);
  const Floats zeros(r.count * pitch);
  const float* before = zeros.get();
  for (int64_t t = 0; t < r.steps; t++, before = saved, saved += r.count * pitch) {
    for (int64_t n = 0; n < r.count; n++) {
      std::memcpy(saved + n * pitch, biases.get(), width * sizeof(float));
    }
    const auto add = [&](const Strided& left, int64_t inner, const float* right, int64_t from, int64_t to) {
      add_product(left, r.count, inner, {right + from * lanes, width}, (to - from) * lanes,
                  {saved + from * lanes, pitch});
    };
    add({x + r.read(t) * r.inputs, r.steps * r.inputs, 1}, r.inputs, of_input.get(), 0, r.gates);
    add({before + state, pitch, 1}, r.units, of_state.get(), 0, r.is_lstm() ? 4 : 2);
    run_widest<Step>(r, Kept<float>{saved, before}, false);
    if (r.is_lstm()) continue;
    add({saved + width, pitch, 1}, r.units, of_state.get(), 2, 3);
    run_widest<Step>(r, Kept<float>{saved, before}, true);
  }
}

/// The transpose of such a matrix, its rows as whole lanes.
struct Turned {
  const int64_t pitch;
  const Floats numbers;
  Turned(const Recurrence& r, const float* from, int64_t rows)
      : pitch(whole_lanes(rows)), numbers(pitch * r.width()) {
    for (int64_t row = 0; row < rows; row++) {
      for (int64_t i = 0; i < r.gates * r.units; i++) {
        const int64_t gate = i / r.units * r.lanes();
        numbers.get()[(gate + i % r.units) * pitch + row] = *from++;
      }
    }
  }
};

struct WeightSlopes {
  /// Null where it is not asked for.
  float* x;
  float *kernel, *recurrent, *bias;
};

/// @param kept steps whose states the layer has given, the last ones.
void run_backward(const Recurrence& r, const float* x, const float* kernel, const float* recurrent,
                  const float* saved, const float* slope, int64_t kept, const WeightSlopes& made) {
  const int64_t lanes = r.lanes(), width = r.width(), pitch = r.pitch(), cell = width, state = cell + lanes;
  const Turned to_input(r, kernel, made.x ? r.inputs : 0), to_state(r, recurrent, r.units);
  const Weights of_input(r, nullptr, r.inputs), of_state(r, nullptr, r.units), biases(r, nullptr, 1);
  const Floats gates(r.count * width), by_state(r.count * lanes), by_cell(r.count * lanes);
  const Floats zeros(r.count * pitch), by_input(r.count * to_input.pitch);
  const StepSlopes slopes{gates.get(), by_state.get(), by_cell.get()};
  /// Adds what the gates hand back to what they were made of, and to the weights between.
  const auto back = [&](const Strided& left, int64_t inner, int64_t from, int64_t to, const Turned& turned,
                        float* by_left, const Weights& by_weights) {
    const Strided given{gates.get() + from * lanes, width, 1};
    const Strided across{left.numbers, left.column_step, left.row_step};
    if (by_left != nullptr) {
      add_product(given, r.count, (to - from) * lanes,
                  {turned.numbers.get() + from * lanes * turned.pitch, turned.pitch}, turned.pitch,
                  {by_left, turned.pitch});
    }
    add_product(across, inner, r.count, {given.numbers, width}, (to - from) * lanes,
                {by_weights.get() + from * lanes, width});
  };
  for (int64_t t = r.steps - 1; t >= 0; t--) {
    const float* now = saved + t * r.count * pitch;
    const float* before = t == 0 ? zeros.get() : now - r.count * pitch;
    for (int64_t n = 0; n < r.count && t >= r.steps - kept; n++) {
      const float* own = slope + (n * kept + t - (r.steps - kept)) * r.units;
      for (int64_t k = 0; k < r.units; k++) slopes.state[n * lanes + k] += own[k];
    }
    run_widest<StepBack>(r, Kept<const float>{now, before}, slopes, true);
    const int64_t direct = r.is_lstm() ? 4 : 2;
    if (!r.is_lstm()) {
      back({now + cell, pitch, 1}, r.units, 2, 3, to_state, slopes.cell, of_state);
      run_widest<StepBack>(r, Kept<const float>{now, before}, slopes, false);
    }
    back({before + state, pitch, 1}, r.units, 0, direct, to_state, slopes.state, of_state);
    const int64_t read = r.read(t) * r.inputs;
    float* by_x = made.x ? by_input.get() : nullptr;
    back({x + read, r.steps * r.inputs, 1}, r.inputs, 0, r.gates, to_input, by_x, of_input);
    constexpr float one = 1;
    add_product({&one, 0, 0}, 1, r.count, {gates.get(), width}, width, {biases.get(), width});
    for (int64_t n = 0; n < r.count && made.x; n++) {
      float* from = by_x + n * to_input.pitch;
      std::memcpy(made.x + n * r.steps * r.inputs + read, from, r.inputs * sizeof(float));
      std::memset(from, 0, r.inputs * sizeof(float));
    }
  }
  narrow(of_input.get(), r.inputs * r.gates, r.units, made.kernel, lanes);
  narrow(of_state.get(), r.units * r.gates, r.units, made.recurrent, lanes);
  narrow(biases.get(), r.gates, r.units, made.bias, lanes);
}

/// Attributes and first inputs of both ops.
struct Told {
  const bool reverse, hard;
  const int64_t part, parts;

  Told(TF_OpKernelConstruction* told, const Status& status)
      : reverse(read_bool(told, "reverse", status)),
        hard(read_bool(told, "hard", status)),
        part(read_int(told, "part", status)),
        parts(read_int(told, "parts", status)) {}

  int64_t begin(const Input& of) const { return of.rows() * part / parts; }

  /// Returns what the op computes; of no units if the inputs do not fit each other.
  Recurrence of(const Input& x, const Input& kernel, const Input& recurrent, const Input& bias) const {
    Recurrence r{0, 0, 0, 0, 0, reverse, hard};
    if (TF_NumDims(x.tensor) != 3 || !kernel.is_matrix() || !recurrent.is_matrix()) return r;
    const int64_t units = recurrent.rows(), columns = recurrent.columns();
    if (units == 0 || (columns != 3 * units && columns != 4 * units) || kernel.columns() != columns ||
        bias.size() != columns || kernel.rows() != TF_Dim(x.tensor, 2)) {
      return r;
    }
    const int64_t count = x.rows() * (part + 1) / parts - begin(x);
    return {count, TF_Dim(x.tensor, 1), kernel.rows(), units, columns / units, reverse, hard};
  }
  static const float* from(const Input& of, int64_t row) {
    return of.data<float>() + (of.rows() == 0 ? 0 : row * (of.size() / of.rows()));
  }
};

constexpr const char* kNoLayer = "Expected samples and weights that fit each other";

struct RecurrenceOp : Told {
  const bool sequences;

  RecurrenceOp(TF_OpKernelConstruction* told, const Status& status)
      : Told(told, status), sequences(read_bool(told, "sequences", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), kernel(context, 1, status), recurrent(context, 2, status);
    const Input bias(context, 3, status);
    if (!status.ok()) return;
    const Recurrence r = of(x, kernel, recurrent, bias);
    const int64_t kept = sequences ? r.steps : 1;
    if (r.units == 0 || r.steps == 0) return status.refuse(kNoLayer);
    const Output y(context, 0, TF_FLOAT, {r.count, kept, r.units}, status);
    const Output saved(context, 1, TF_FLOAT, {r.steps, r.count, r.pitch()}, status);
    if (!status.ok()) return;
    auto* numbers = saved.data<float>();
    run_forward(r, from(x, begin(x)), kernel.data<float>(), recurrent.data<float>(), bias.data<float>(),
                numbers);
    for (int64_t n = 0; n < r.count; n++) {
      for (int64_t t = 0; t < kept; t++) {
        const float* state = numbers + ((r.steps - kept + t) * r.count + n + 1) * r.pitch() - r.lanes();
        std::memcpy(y.data<float>() + (n * kept + t) * r.units, state, r.units * sizeof(float));
      }
    }
  }
};

struct RecurrenceGrad : Told {
  const bool with_input;

  RecurrenceGrad(TF_OpKernelConstruction* told, const Status& status)
      : Told(told, status), with_input(read_bool(told, "with_input", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), kernel(context, 1, status), recurrent(context, 2, status);
    const Input bias(context, 3, status), saved(context, 4, status), slope(context, 5, status);
    if (!status.ok()) return;
    const Recurrence r = of(x, kernel, recurrent, bias);
    if (r.units == 0 || saved.size() != r.steps * r.count * r.pitch() || TF_NumDims(slope.tensor) != 3 ||
        slope.rows() != x.rows() || TF_Dim(slope.tensor, 1) > r.steps || TF_Dim(slope.tensor, 2) != r.units) {
      return status.refuse(kNoLayer);
    }
    const Output of_x(context, 0, TF_FLOAT, {with_input ? r.count : 0, r.steps, r.inputs}, status);
    const Output of_kernel(context, 1, TF_FLOAT, {kernel.rows(), kernel.columns()}, status);
    const Output of_recurrent(context, 2, TF_FLOAT, {recurrent.rows(), recurrent.columns()}, status);
    const Output of_bias(context, 3, TF_FLOAT, {bias.size()}, status);
    if (!status.ok()) return;
    run_backward(r, from(x, begin(x)), kernel.data<float>(), recurrent.data<float>(), saved.data<float>(),
                 from(slope, begin(x)), TF_Dim(slope.tensor, 1),
                 {with_input ? of_x.data<float>() : nullptr, of_kernel.data<float>(),
                  of_recurrent.data<float>(), of_bias.data<float>()});
  }
};

#define GIVEN "x: float", "kernel: float", "recurrent: float", "bias: float"
#define TOLD "reverse: bool", "hard: bool", "part: int", "parts: int"

const bool registered =
    register_op<RecurrenceOp>("Recurrence", {GIVEN}, {TOLD, "sequences: bool"},
                              {"y: float", "saved: float"}) &&
    register_op<RecurrenceGrad>(
        "RecurrenceGrad", {GIVEN, "saved: float", "slope: float"}, {TOLD, "with_input: bool"},
        {"of_x: float", "of_kernel: float", "of_recurrent: float", "of_bias: float"});

}  // namespace
