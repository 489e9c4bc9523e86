// CHECK(condition, message): a broken invariant is a bug and stops the process with file and line.
// Never for user input, files or other tenants: those are Results.
#pragma once

#include <string_view>

namespace base {
[[noreturn]] void check_failed(const char* condition, const char* file, int line,
                               std::string_view message);
}

#define CHECK(condition, message)                                            \
    do {                                                                     \
        if (!(condition)) [[unlikely]]                                       \
            ::base::check_failed(#condition, __FILE__, __LINE__, (message)); \
    } while (false)
