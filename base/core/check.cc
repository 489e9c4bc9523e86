#include "base/core/check.h"

#include <cstdio>
#include <cstdlib>

namespace base {

void check_failed(const char* condition, const char* file, int line, std::string_view message) {
    std::fprintf(stderr, "aozora: this is a bug: %s does not hold: %.*s (%s:%d)\n", condition,
                 static_cast<int>(message.size()), message.data(), file, line);
    std::abort();
}

}  // namespace base
