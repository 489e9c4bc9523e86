// Random names for requests and temporary files. Unique, not secret. Any thread.
#pragma once

#include <string>

namespace http {

std::string random_hex();              // 32 digits
void new_request_id(std::string& id);  // "req_" + 32 digits, written over `id`

}  // namespace http
