// Makes TF_CPP_MIN_LOG_LEVEL count for what TensorFlow logs while it starts. It logs by way of
// Abseil, which prints everything until a program initialises its log, as nobody does in Node.
#include <cstdlib>

namespace absl {
inline namespace lts_20250814 {
enum class LogSeverityAtLeast : int {};
__attribute__((weak)) void SetMinLogLevel(LogSeverityAtLeast severity);
}  // namespace lts_20250814
}  // namespace absl

__attribute__((constructor)) static void heed_level() {
  const char* level = std::getenv("TF_CPP_MIN_LOG_LEVEL");
  if (level != nullptr && absl::SetMinLogLevel != nullptr) {
    absl::SetMinLogLevel(static_cast<absl::LogSeverityAtLeast>(std::atoi(level)));
  }
}
