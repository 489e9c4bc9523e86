// One header line of HTTP.
#pragma once

#include <string>

namespace base {

struct HttpHeader {
    std::string name, value;
};

}  // namespace base
