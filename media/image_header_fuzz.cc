#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "media/image_header.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto header =
        media::read_image_header(std::string_view(reinterpret_cast<const char*>(data), size));
    if (header && (header->width_px <= 0 || header->height_px <= 0)) std::abort();
    return 0;
}
