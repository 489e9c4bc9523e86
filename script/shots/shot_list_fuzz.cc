// Any bytes as a shot list: the reader answers, and what it accepts survives being written again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "script/shots/codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = script::parse_shot_list(text, "fuzz.json");
    if (!parsed.ok()) return 0;
    const std::string written = script::to_json_text(*parsed);
    const auto again = script::parse_shot_list(written, "again.json");
    if (!again.ok() || script::to_json_text(*again) != written) std::abort();
    return 0;
}
