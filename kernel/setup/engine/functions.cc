// Adds to the package's binding what compiled functions need: graphs become functions of the eager
// runtime, run by name like any op, their tensors staying where they are. The package's module is
// taken in whole, so that both share one instance.
#include <node_api.h>

#undef NAPI_MODULE
#define NAPI_MODULE(name, init)
#include "binding/tfjs_binding.cc"

#include <memory>
#include <string>
#include <vector>
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/eager/c_api.h"
#include "tensorflow/c/eager/c_api_experimental.h"
#include "columns.h"
#include "elementwise.h"
#include "product.h"
#include "threads.h"
#include "uniform.h"

namespace tfnodejs {
namespace {

// The one member of the backend that the package keeps to itself and that is needed here.
TFE_Context* TFJSBackend::* ContextMember();
template <TFE_Context* TFJSBackend::* member>
struct Reach {
  friend TFE_Context* TFJSBackend::* ContextMember() { return member; }
};
template struct Reach<&TFJSBackend::tfe_context_>;

using Graph = std::unique_ptr<TF_Graph, decltype(&TF_DeleteGraph)>;
using Buffer = std::unique_ptr<TF_Buffer, decltype(&TF_DeleteBuffer)>;
using Function = std::unique_ptr<TF_Function, decltype(&TF_DeleteFunction)>;
using ImportOptions =
    std::unique_ptr<TF_ImportGraphDefOptions, decltype(&TF_DeleteImportGraphDefOptions)>;

std::vector<napi_value> Arguments(napi_env env, napi_callback_info info, size_t count) {
  std::vector<napi_value> args(count);
  napi_get_cb_info(env, info, &count, args.data(), nullptr, nullptr);
  return args;
}

std::string Text(napi_env env, napi_value value) {
  size_t length = 0;
  napi_get_value_string_utf8(env, value, nullptr, 0, &length);
  std::string text(length, '\0');
  napi_get_value_string_utf8(env, value, &text[0], length + 1, &length);
  return text;
}

TFE_Context* ContextOf(napi_env env) { return GetTFJSBackend(env)->*ContextMember(); }

bool Failed(napi_env env, const TF_Status* status) {
  if (TF_GetCode(status) == TF_OK) return false;
  napi_throw_error(env, nullptr, TF_Message(status));
  return true;
}

// Texts like "node:1" as places in the graph.
bool Places(napi_env env, TF_Graph* graph, napi_value names, std::vector<TF_Output>* places) {
  uint32_t count = 0;
  napi_get_array_length(env, names, &count);
  for (uint32_t i = 0; i < count; i++) {
    napi_value element;
    napi_get_element(env, names, i, &element);
    const std::string text = Text(env, element);
    const size_t colon = text.find(':');
    TF_Operation* node = TF_GraphOperationByName(graph, text.substr(0, colon).c_str());
    if (node == nullptr) {
      napi_throw_error(env, nullptr, ("no node " + text).c_str());
      return false;
    }
    const int index = colon == std::string::npos ? 0 : std::stoi(text.substr(colon + 1));
    places->push_back({node, index});
  }
  return true;
}

// Makes functions that were added before known to a graph which is to call them.
void TakeFunctions(napi_env env, TF_Graph* graph, napi_value names, TF_Status* status) {
  uint32_t count = 0;
  napi_get_array_length(env, names, &count);
  for (uint32_t i = 0; i < count && TF_GetCode(status) == TF_OK; i++) {
    napi_value name;
    napi_get_element(env, names, i, &name);
    Buffer bytes(TF_NewBuffer(), TF_DeleteBuffer);
    TFE_ContextGetFunctionDef(ContextOf(env), Text(env, name).c_str(), bytes.get(), status);
    if (TF_GetCode(status) != TF_OK) return;
    Function function(TF_FunctionImportFunctionDef(bytes->data, bytes->length, status),
                      TF_DeleteFunction);
    if (TF_GetCode(status) == TF_OK) TF_GraphCopyFunction(graph, function.get(), nullptr, status);
  }
}

// addFunction(name, graphDef: Uint8Array, inputs: string[], outputs: string[], calls: string[])
napi_value AddFunction(napi_env env, napi_callback_info info) {
  const auto args = Arguments(env, info, 5);
  const std::string name = Text(env, args[0]);
  void* data = nullptr;
  size_t size = 0;
  napi_get_typedarray_info(env, args[1], nullptr, &size, &data, nullptr, nullptr);

  TF_AutoStatus status;
  Graph graph(TF_NewGraph(), TF_DeleteGraph);
  Buffer bytes(TF_NewBufferFromString(data, size), TF_DeleteBuffer);
  ImportOptions options(TF_NewImportGraphDefOptions(), TF_DeleteImportGraphDefOptions);
  TakeFunctions(env, graph.get(), args[4], status.status);
  if (Failed(env, status.status)) return nullptr;
  TF_GraphImportGraphDef(graph.get(), bytes.get(), options.get(), status.status);
  if (Failed(env, status.status)) return nullptr;

  std::vector<TF_Output> inputs, outputs;
  if (!Places(env, graph.get(), args[2], &inputs)) return nullptr;
  if (!Places(env, graph.get(), args[3], &outputs)) return nullptr;
  Function function(
      TF_GraphToFunction(graph.get(), name.c_str(), 0, -1, nullptr, inputs.size(), inputs.data(),
                         outputs.size(), outputs.data(), nullptr, nullptr, nullptr, status.status),
      TF_DeleteFunction);
  if (Failed(env, status.status)) return nullptr;
  TFE_ContextAddFunction(ContextOf(env), function.get(), status.status);
  Failed(env, status.status);
  return nullptr;
}

// removeFunction(name)
napi_value RemoveFunction(napi_env env, napi_callback_info info) {
  TF_AutoStatus status;
  const std::string name = Text(env, Arguments(env, info, 1)[0]);
  TFE_ContextRemoveFunction(ContextOf(env), name.c_str(), status.status);
  Failed(env, status.status);
  return nullptr;
}

// opDefinition(name): a serialized OpDef, as ArrayBuffer
napi_value OpDefinition(napi_env env, napi_callback_info info) {
  TF_AutoStatus status;
  Graph graph(TF_NewGraph(), TF_DeleteGraph);
  Buffer bytes(TF_NewBuffer(), TF_DeleteBuffer);
  const std::string name = Text(env, Arguments(env, info, 1)[0]);
  TF_GraphGetOpDef(graph.get(), name.c_str(), bytes.get(), status.status);
  if (Failed(env, status.status)) return nullptr;
  void* data = nullptr;
  napi_value result;
  napi_create_arraybuffer(env, bytes->length, &data, &result);
  std::memcpy(data, bytes->data, bytes->length);
  return result;
}

}  // namespace
}  // namespace tfnodejs

NAPI_MODULE_INIT() {
  using namespace tfnodejs;
  RegisterThreads();
  RegisterUniform();
  RegisterElementwise();
  RegisterColumns();
  const bool has_product = RegisterProduct();
  napi_value binding = InitTFNodeJSBinding(env, exports);
  if (binding == nullptr) return nullptr;
  const auto add = [&](const char* name, napi_callback callback) {
    napi_value function;
    napi_create_function(env, name, NAPI_AUTO_LENGTH, callback, nullptr, &function);
    napi_set_named_property(env, binding, name, function);
  };
  add("addFunction", AddFunction);
  add("removeFunction", RemoveFunction);
  add("opDefinition", OpDefinition);
  napi_value multiplies;
  napi_get_boolean(env, has_product, &multiplies);
  napi_set_named_property(env, binding, "hasProduct", multiplies);
  return binding;
}
