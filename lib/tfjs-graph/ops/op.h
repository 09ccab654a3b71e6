// What the ops that the project adds to TensorFlow have in common: sixteen numbers at a time, in
// whatever registers the processor has, and the way to TensorFlow's C interface.

#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

#define INLINE inline __attribute__((always_inline))

namespace {

/// A register's numbers.
using Vector512 = float __attribute__((vector_size(64)));
using Vector256 = float __attribute__((vector_size(32)));
using Vector128 = float __attribute__((vector_size(16)));

/// Numbers in two registers, or in two pairs of them. By hand, as GCC keeps a vector in memory that is
/// wider than a register: sixteen numbers as one then took three times as long with AVX2 alone.
template <typename Vector>
struct Two {
  Vector low, high;
};

template <typename Vector>
constexpr int64_t kNumbers = sizeof(Vector) / sizeof(float);

/// Loads and stores at any address: a pointer to a vector would promise one that is aligned.
template <typename Vector>
struct __attribute__((packed, may_alias)) Anywhere {
  Vector numbers;
};

template <typename Vector>
INLINE void load(Vector& to, const float* from) {
  to = reinterpret_cast<const Anywhere<Vector>*>(from)->numbers;
}
template <typename Vector>
INLINE void load(Two<Vector>& to, const float* from) {
  load(to.low, from), load(to.high, from + kNumbers<Vector>);
}

template <typename Vector>
INLINE void store(float* to, const Vector& from) {
  reinterpret_cast<Anywhere<Vector>*>(to)->numbers = from;
}
template <typename Vector>
INLINE void store(float* to, const Two<Vector>& from) {
  store(to, from.low), store(to + kNumbers<Vector>, from.high);
}

template <typename Vector>
INLINE void add_product(Vector& sum, float factor, const Vector& numbers) {
  sum += factor * numbers;
}
template <typename Vector>
INLINE void add_product(Two<Vector>& sum, float factor, const Two<Vector>& numbers) {
  add_product(sum.low, factor, numbers.low), add_product(sum.high, factor, numbers.high);
}

template <typename Sixteen>
INLINE void add(Sixteen& sum, float factor, const float* from) {
  Sixteen numbers;
  load(numbers, from);
  add_product(sum, factor, numbers);
}

#if defined(__x86_64__)
/// Registers that the processor has and the system saves.
enum class Registers { kBasic, kAvx2, kAvx512 };

/// By hand, as not every compiler's library has `__builtin_cpu_supports`.
inline Registers registers() {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_FMA)) {
    return Registers::kBasic;
  }
  unsigned saved, high;
  __asm__("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
  constexpr unsigned avx = 0x06, avx512 = 0xe6;
  if ((saved & avx) != avx || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & bit_AVX2)) {
    return Registers::kBasic;
  }
  const bool wide = (saved & avx512) == avx512 && (b & bit_AVX512F) && (b & bit_AVX512VL);
  return wide ? Registers::kAvx512 : Registers::kAvx2;
}

/// Those that may be used: `DIGITS_REGISTERS=avx2` or `basic` is for trying what other processors run.
inline Registers allowed() {
  const char* asked = std::getenv("DIGITS_REGISTERS");
  const std::string name = asked == nullptr ? "" : asked;
  if (name == "basic") return Registers::kBasic;
  return name == "avx2" ? Registers::kAvx2 : Registers::kAvx512;
}

const Registers kRegisters = std::min(registers(), allowed());

template <typename Work, typename... Args>
__attribute__((target("avx512f,avx512vl"))) void run_avx512(const Args&... args) {
  Work::template run<Vector512>(args...);
}
template <typename Work, typename... Args>
__attribute__((target("avx2,fma"))) void run_avx2(const Args&... args) {
  Work::template run<Two<Vector256>>(args...);
}
#endif

/// Runs `Work::run`, an `INLINE` function, compiled for the registers that there are; it is told the type
/// of sixteen numbers.
template <typename Work, typename... Args>
void run_widest(const Args&... args) {
#if defined(__x86_64__)
  if (kRegisters == Registers::kAvx512) return run_avx512<Work>(args...);
  if (kRegisters == Registers::kAvx2) return run_avx2<Work>(args...);
#endif
  Work::template run<Two<Two<Vector128>>>(args...);
}

/// What TensorFlow is told of whatever went wrong.
struct Status {
  TF_Status* status = TF_NewStatus();
  ~Status() { TF_DeleteStatus(status); }
  bool ok() const { return TF_GetCode(status) == TF_OK; }
  void refuse(const char* reason) const { TF_SetStatus(status, TF_INVALID_ARGUMENT, reason); }
};

constexpr const char* kNoFactors = "Expected two matrices that can be multiplied";
constexpr const char* kNoBiases = "Expected a bias for each column";

/// A tensor, for as long as it is in use.
struct Held {
  TF_Tensor* tensor = nullptr;
  Held() = default;
  Held(const Held&) = delete;
  ~Held() {
    if (tensor != nullptr) TF_DeleteTensor(tensor);
  }
};

/// An input of the op.
struct Input : Held {
  Input(TF_OpKernelContext* context, int index, const Status& status) {
    if (!status.ok()) return;
    TF_GetInput(context, index, &tensor, status.status);
  }
  bool is_matrix() const { return TF_NumDims(tensor) == 2; }
  int64_t rows() const { return TF_Dim(tensor, 0); }
  int64_t columns() const { return TF_Dim(tensor, 1); }
  int64_t size() const { return TF_TensorElementCount(tensor); }
  template <typename T>
  const T* data() const {
    return static_cast<const T*>(TF_TensorData(tensor));
  }
};

/// An output of the op.
struct Output : Held {
  size_t size = 0;
  Output(TF_OpKernelContext* context, int index, TF_DataType type,
         std::initializer_list<int64_t> shape, const Status& status) {
    if (!status.ok()) return;
    size = TF_DataTypeSize(type);
    for (const int64_t length : shape) size *= length;
    tensor = TF_AllocateOutput(context, index, type, shape.begin(), static_cast<int>(shape.size()),
                               size, status.status);
  }
  template <typename T>
  T* data() const {
    return static_cast<T*>(TF_TensorData(tensor));
  }
};

/// An input, a matrix, that becomes an output: in the same memory if nothing else uses the input.
struct Renewed : Held {
  const float* before = nullptr;
  float* after = nullptr;

  Renewed(TF_OpKernelContext* context, int input, int output, int64_t rows, int64_t columns,
          const Status& status) {
    if (!status.ok()) return;
    {
      // Released before it is forwarded, since TensorFlow forwards only what has no other user.
      const Input given(context, input, status);
      if (!status.ok()) return;
      if (!given.is_matrix() || given.rows() != rows || given.columns() != columns) {
        status.refuse("Expected a matrix of the shape of the product");
        return;
      }
      before = given.data<float>();
    }
    const int64_t shape[] = {rows, columns};
    tensor = TF_ForwardInputOrAllocateOutput(context, &input, 1, output, shape, 2, nullptr,
                                             status.status);
    if (status.ok()) after = static_cast<float*>(TF_TensorData(tensor));
  }
};

inline bool read_bool(TF_OpKernelConstruction* told, const char* name, const Status& status) {
  TF_Bool value = 0;
  if (status.ok()) TF_OpKernelConstruction_GetAttrBool(told, name, &value, status.status);
  return value != 0;
}

inline int64_t read_int(TF_OpKernelConstruction* told, const char* name, const Status& status) {
  int64_t value = 0;
  if (status.ok()) TF_OpKernelConstruction_GetAttrInt64(told, name, &value, status.status);
  return value;
}

inline float read_float(TF_OpKernelConstruction* told, const char* name, const Status& status) {
  float value = 0;
  if (status.ok()) TF_OpKernelConstruction_GetAttrFloat(told, name, &value, status.status);
  return value;
}

template <typename Kernel>
void* create(TF_OpKernelConstruction* told) {
  const Status status;
  auto kernel = std::make_unique<Kernel>(told, status);
  if (status.ok()) return kernel.release();
  TF_OpKernelConstruction_Failure(told, status.status);
  return nullptr;
}

template <typename Kernel>
void compute(void* kernel, TF_OpKernelContext* context) {
  const Status status;
  static_cast<const Kernel*>(kernel)->run(context, status);
  if (!status.ok()) TF_OpKernelContext_Failure(context, status.status);
}

/// Makes an op for the processor known to TensorFlow. A `Kernel` is made of what the op is told, and
/// runs.
template <typename Kernel>
bool register_op(const char* name, std::initializer_list<const char*> inputs,
                 std::initializer_list<const char*> attributes,
                 std::initializer_list<const char*> outputs) {
  const Status status;
  auto* op = TF_NewOpDefinitionBuilder(name);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, TF_ShapeInferenceContextSetUnknownShape);
  TF_RegisterOpDefinition(op, status.status);
  if (!status.ok()) return false;
  const auto destroy = [](void* made) { delete static_cast<Kernel*>(made); };
  auto* kernel = TF_NewKernelBuilder(name, "CPU", create<Kernel>, compute<Kernel>, destroy);
  TF_RegisterKernelBuilder(name, kernel, status.status);
  return status.ok();
}

}  // namespace
