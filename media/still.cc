#include "media/still.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include <algorithm>
#include <cstring>

#include "media/atomic_file.h"
#include "media/exr.h"
#include "media/jpeg.h"
#include "media/png.h"

namespace media {
namespace {

constexpr int64_t kMaxFileBytes = 512 << 20;

base::Status write_encoded(base::Result<std::string> bytes, const std::string& path) {
    if (!bytes.ok()) {
        base::Error error = bytes.error();
        error.where = path;
        return error;
    }
    return write_file(path, *bytes);
}

base::Result<std::string> encode_webp(const base::Image8& image, int quality) {
    if (image.empty() || image.channels != 3) {
        return base::failed("a WebP needs 3 channels and at least one pixel");
    }
    if (std::max(image.width_px, image.height_px) > WEBP_MAX_DIMENSION) {
        return base::failed("the picture is too large for a WebP");
    }
    uint8_t* memory = nullptr;
    const size_t size = WebPEncodeRGB(image.data.data(), image.width_px, image.height_px,
                                      image.width_px * 3, static_cast<float>(quality), &memory);
    if (size == 0) return base::failed("cannot encode the WebP");
    std::string bytes(reinterpret_cast<const char*>(memory), size);
    WebPFree(memory);
    return bytes;
}

base::Result<base::Image8> decode_webp(const std::string& bytes, int64_t max_pixels) {
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    int width = 0, height = 0;
    if (!WebPGetInfo(data, bytes.size(), &width, &height) || width <= 0 || height <= 0) {
        return base::failed("not a readable WebP");
    }
    if (width > max_pixels / height) {
        return base::failed("the picture is too large: " + std::to_string(width) + "x" +
                            std::to_string(height));
    }
    base::Image8 image(width, height, 3);
    if (!WebPDecodeRGBInto(data, bytes.size(), image.data.data(), image.data.size(), width * 3)) {
        return base::failed("not a readable WebP");
    }
    return image;
}

}  // namespace

base::Status write_png(const base::Image8& image, const std::string& path) {
    return write_encoded(encode_png(image), path);
}
base::Status write_png16(const base::Image16& image, const std::string& path) {
    return write_encoded(encode_png16(image), path);
}
base::Status write_jpeg(const base::Image8& image, const std::string& path, int quality) {
    return write_encoded(encode_jpeg(image, quality), path);
}
base::Status write_webp(const base::Image8& image, const std::string& path, int quality) {
    return write_encoded(encode_webp(image, quality), path);
}
base::Status write_exr(const base::ImageF& image, const std::vector<std::string>& channels,
                       const std::string& path) {
    return write_encoded(encode_exr(image, channels), path);
}

base::Result<base::Image8> decode_image(const std::string& bytes, int64_t max_pixels) {
    const std::string_view head(bytes);
    if (head.starts_with("\x89PNG\r\n\x1a\n")) return decode_png(bytes, max_pixels);
    if (head.starts_with("\xff\xd8\xff")) return decode_jpeg(bytes, max_pixels);
    if (head.starts_with("RIFF") && head.size() >= 12 && head.substr(8, 4) == "WEBP") {
        return decode_webp(bytes, max_pixels);
    }
    return base::failed("not a PNG, JPEG or WebP picture");
}

base::Result<base::Image8> read_image(const std::string& path, int64_t max_pixels) {
    const std::string bytes = TRY(read_file(path, kMaxFileBytes));
    auto image = decode_image(bytes, max_pixels);
    if (!image.ok()) {
        base::Error error = image.error();
        error.where = path;
        return error;
    }
    return image;
}

base::Image8 contact_sheet(const std::vector<base::Image8>& thumbs, int columns, int gap_px) {
    if (thumbs.empty() || columns < 1) return {};
    int width = 0, height = 0;
    for (const base::Image8& thumb : thumbs) {
        width = std::max(width, thumb.width_px);
        height = std::max(height, thumb.height_px);
    }
    const int rows = (static_cast<int>(thumbs.size()) + columns - 1) / columns;
    constexpr uint8_t kGapGrey = 24;
    base::Image8 sheet(columns * (width + gap_px) + gap_px, rows * (height + gap_px) + gap_px, 3);
    std::fill(sheet.data.begin(), sheet.data.end(), kGapGrey);
    for (size_t i = 0; i < thumbs.size(); ++i) {
        const base::Image8& thumb = thumbs[i];
        const int left = gap_px + static_cast<int>(i) % columns * (width + gap_px);
        const int top = gap_px + static_cast<int>(i) / columns * (height + gap_px);
        for (int y = 0; y < thumb.height_px; ++y) {
            for (int x = 0; x < thumb.width_px; ++x) {
                for (int c = 0; c < 3; ++c) {
                    sheet.at(left + x, top + y)[c] =
                        thumb.at(x, y)[std::min(c, thumb.channels - 1)];
                }
            }
        }
    }
    return sheet;
}

}  // namespace media
