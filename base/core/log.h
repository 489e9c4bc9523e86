// Log lines for people and machines, on stderr, off by default below Warning. Thread safe.
// Never log secrets or prompts.
#pragma once

#include <string_view>

namespace base {

enum class LogLevel { Debug, Info, Warning, Error };

void set_log_level(LogLevel lowest_shown);
void log(LogLevel level, std::string_view message);

inline void log_debug(std::string_view message) { log(LogLevel::Debug, message); }
inline void log_info(std::string_view message) { log(LogLevel::Info, message); }
inline void log_warning(std::string_view message) { log(LogLevel::Warning, message); }

}  // namespace base
