// Still pictures as files. All writers are atomic; all readers distrust sizes.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace media {

base::Status write_png(const base::Image8& image, const std::string& path);
base::Status write_png16(const base::Image16& image, const std::string& path);  // 1, 3 channels
base::Status write_jpeg(const base::Image8& image, const std::string& path, int quality = 85);
base::Status write_webp(const base::Image8& image, const std::string& path, int quality = 80);
// Half or full float EXR, named channels in order ("R","G","B" / "Z" / "X","Y").
base::Status write_exr(const base::ImageF& image, const std::vector<std::string>& channels,
                       const std::string& path);
// PNG, JPEG or WebP by content; RGB. `max_pixels` refuses bombs before decoding.
base::Result<base::Image8> read_image(const std::string& path, int64_t max_pixels = 64'000'000);
base::Result<base::Image8> decode_image(const std::string& bytes, int64_t max_pixels = 64'000'000);

// Area filter down, Catmull-Rom up.
base::Image8 resize(const base::Image8& image, int width_px, int height_px);

// Contact sheet of frames: columns x rows of thumbs with a thin gap.
base::Image8 contact_sheet(const std::vector<base::Image8>& thumbs, int columns, int gap_px = 4);

}  // namespace media
