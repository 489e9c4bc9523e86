// Baseline JPEG (ITU-T T.81, JFIF) to and from bytes. For still.cc.
#pragma once

#include <string>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

// 1 or 3 channels; quality 1..100.
base::Result<std::string> encode_jpeg(const base::Image8& image, int quality);
base::Result<base::Image8> decode_jpeg(const std::string& bytes, int64_t max_pixels);

}  // namespace media
