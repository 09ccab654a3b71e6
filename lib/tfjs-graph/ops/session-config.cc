// Lets a SavedModel bring the configuration of its session: a serialized `ConfigProto` in its folder,
// under the name `session.config`. TensorFlow takes one only from who loads the model, which is the
// addon of TensorFlow.js, and that gives none.
//
// TensorFlow heeds the threads that it names only if sessions need not share theirs, which
// TF_OVERRIDE_GLOBAL_THREADPOOL says.
//
// Worth, of the lesson: where TensorFlow rewrites the graph, which it does unless it is told not to, the
// first epoch takes 25 % longer, and a later one 5 % (medians of seven pairs in turn, two cores).
//
// The addon is compiled with `TF_LoadSessionFromSavedModel` defined as the function below.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tensorflow/c/c_api.h"

#undef TF_LoadSessionFromSavedModel

namespace {

#if defined(_WIN32)
int setenv(const char* name, const char* value, int) {
  return std::getenv(name) == nullptr ? _putenv_s(name, value) : 0;
}
#endif

// TensorFlow looks when it makes its first device, which is after the addon is loaded.
[[maybe_unused]] const int own_threads = setenv("TF_OVERRIDE_GLOBAL_THREADPOOL", "1", 0);

}  // namespace

extern "C" {

TF_Session* TF_LoadSessionFromSavedModel(const TF_SessionOptions*, const TF_Buffer*, const char*,
                                         const char* const*, int, TF_Graph*, TF_Buffer*,
                                         TF_Status*);

TF_Session* LoadSessionWithConfig(const TF_SessionOptions*, const TF_Buffer* run_options,
                                  const char* folder, const char* const* tags, int tag_count,
                                  TF_Graph* graph, TF_Buffer* meta_graph, TF_Status* status) {
  // Windows, too, has it in UTF-8.
  const auto path = std::filesystem::u8path(folder) / "session.config";
  std::ifstream file(path, std::ios::binary);
  const std::string config{std::istreambuf_iterator<char>(file), {}};
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Session* session = nullptr;
  // Without the file, and so without a field, it is the configuration that the addon gives.
  TF_SetConfig(options, config.data(), config.size(), status);
  if (TF_GetCode(status) == TF_OK) {
    session = TF_LoadSessionFromSavedModel(options, run_options, folder, tags, tag_count, graph,
                                           meta_graph, status);
  }
  TF_DeleteSessionOptions(options);
  return session;
}

}  // extern "C"
