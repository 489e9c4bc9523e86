// SHA-256 of bytes and files, as 64 lower-case hex digits.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/core/result.h"

namespace base {

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    void add(std::string_view bytes);
    std::string hex();  // once

private:
    struct State;
    std::unique_ptr<State> state_;
};

std::string sha256_hex(std::string_view bytes);
Result<std::string> sha256_hex_of_file(const std::string& path);
bool is_sha256(std::string_view text);

}  // namespace base
