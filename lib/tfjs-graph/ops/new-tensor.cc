// Copies the values of typed arrays into TensorFlow's memory.
//
// TensorFlow.js's addon shares the memory of a typed array with the tensor if the array is aligned. TensorFlow calls
// the deallocator on the thread that drops the last reference to the tensor. If a variable of a session has kept the
// tensor, that is a worker thread, on which `napi_delete_reference` corrupts the memory of Node.
//
// Worth: 80 such calls in the tests of the exercises, and now and then a crash. A copy costs 1 microsecond for a small
// array, 10 to 30 for 1 MB (AMD EPYC, medians of nine). Without the copy, only every fourth small array was shared, and
// none above 32 MB.
//
// The addon is compiled with `TF_NewTensor` defined as the function below.

#include <cstring>

#include "tensorflow/c/tf_tensor.h"

extern "C" TF_Tensor* NewTensorFromCopy(TF_DataType dtype, const int64_t* shape, int rank, void* values,
                                        size_t bytes, void (*deallocate)(void*, size_t, void*),
                                        void* arg) {
  TF_Tensor* tensor = TF_AllocateTensor(dtype, shape, rank, bytes);
  std::memcpy(TF_TensorData(tensor), values, bytes);
  deallocate(values, bytes, arg);
  return tensor;
}
