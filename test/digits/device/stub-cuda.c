/*
 * A CUDA driver with one GPU of 8 GB, as far as TensorFlow asks while it starts. STUB_CUDA names what
 * goes wrong: "full", its memory is taken; a number, what cuInit answers.
 */
#include <stdlib.h>
#include <string.h>

#define OUT_OF_MEMORY 2
#define NO_DEVICE 100

static int context;

static const char *wrong(void) {
  const char *name = getenv("STUB_CUDA");
  return name ? name : "";
}

int cuInit(unsigned flags) {
  const char *visible = getenv("CUDA_VISIBLE_DEVICES");
  return visible && (!*visible || *visible == '-') ? NO_DEVICE : atoi(wrong());
}

int cuDevicePrimaryCtxRetain(void **result, int device) {
  *result = &context;
  return strcmp(wrong(), "full") ? 0 : OUT_OF_MEMORY;
}

int cuDriverGetVersion(int *version) { return *version = 12040, 0; }
int cuDeviceGetCount(int *count) { return *count = 1, 0; }
int cuDeviceGet(int *device, int ordinal) { return *device = ordinal, 0; }
int cuDeviceGetName(char *name, int size, int device) { return strncpy(name, "Stub GPU", size), 0; }
int cuDeviceGetPCIBusId(char *id, int size, int device) { return strncpy(id, "0000:01:00.0", size), 0; }
int cuDeviceGetUuid_v2(char *uuid, int device) { return memset(uuid, 1, 16), 0; }
int cuDeviceTotalMem_v2(size_t *bytes, int device) { return *bytes = 8ull << 30, 0; }
int cuDeviceGetAttribute(int *value, int attribute, int device) { return *value = attribute == 75 ? 8 : 32, 0; }
int cuDevicePrimaryCtxGetState(int device, unsigned *flags, int *active) { return *flags = *active = 0, 0; }
int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags) { return 0; }
int cuDevicePrimaryCtxRelease_v2(int device) { return 0; }
int cuCtxGetCurrent(void **result) { return *result = &context, 0; }
int cuCtxSetCurrent(void *wanted) { return 0; }
int cuCtxGetDevice(int *device) { return *device = 0, 0; }
int cuCtxSynchronize(void) { return 0; }
int cuMemGetInfo_v2(size_t *free, size_t *total) { return *free = 7ull << 30, *total = 8ull << 30, 0; }
int cuCtxGetStreamPriorityRange(int *least, int *greatest) { return *least = *greatest = 0, 0; }
int cuStreamCreate(void **stream, unsigned flags) { return *stream = &context, 0; }
int cuStreamCreateWithPriority(void **stream, unsigned flags, int priority) { return *stream = &context, 0; }

int cuGetErrorName(int error, const char **name) {
  *name = error == OUT_OF_MEMORY ? "CUDA_ERROR_OUT_OF_MEMORY" : error == NO_DEVICE ? "CUDA_ERROR_NO_DEVICE" : "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH";
  return 0;
}

int cuGetErrorString(int error, const char **words) {
  *words = error == OUT_OF_MEMORY ? "out of memory" : "what the stub says";
  return 0;
}
