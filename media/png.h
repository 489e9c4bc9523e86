// PNG (ISO/IEC 15948) to and from bytes. For still.cc.
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

// 1 (grey), 3 (RGB) or 4 (RGBA) channels.
base::Result<std::string> encode_png(const base::Image8& image);
base::Result<std::string> encode_png16(const base::Image16& image);
// RGB; transparency is laid over white.
base::Result<base::Image8> decode_png(const std::string& bytes, int64_t max_pixels);

}  // namespace media
