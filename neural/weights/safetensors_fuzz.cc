// Any bytes as a safetensors file: an answer or a located error, and every tensor that is offered
// can be read to its end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "neural/weights/damage.h"
#include "neural/weights/safetensors.h"
#include "neural/weights/scaled.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    // The first byte chooses whether the header's length is put right, which luck seldom does.
    auto bytes = std::make_shared<std::string>(reinterpret_cast<const char*>(data), size);
    if (data[0] & 1 && size > 8) {
        const uint64_t length = data[0] / 2 < size - 8 ? size - 8 - data[0] / 2 : size - 8;
        std::memcpy(bytes->data(), &length, 8);
    }
    const std::shared_ptr<const std::byte> view(bytes,
                                                reinterpret_cast<const std::byte*>(bytes->data()));
    const auto parsed = neural::parse_safetensors(view, size, "fuzz");
    if (!parsed.ok()) {
        if (parsed.error().where.empty()) std::abort();
        return 0;
    }
    const auto source = neural::with_scales(*parsed);
    if (source.ok() && !neural::find_damage(**source).ok()) std::abort();
    return 0;
}
