// OpenEXR, the part that passes need: one part, scan lines, 32-bit float channels, ZIP compressed.
// Layout: "OpenEXR File Layout" (openexr.com/en/latest/OpenEXRFileLayout.html).
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

// `channels` names image.channels channels in their order in memory.
base::Result<std::string> encode_exr(const base::ImageF& image,
                                     const std::vector<std::string>& channels);

}  // namespace media
