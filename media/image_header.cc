#include "media/image_header.h"

#include <cstdint>

namespace media {
namespace {

uint8_t byte_at(std::string_view text, size_t i) { return static_cast<uint8_t>(text[i]); }
uint32_t big16(std::string_view t, size_t i) { return byte_at(t, i) << 8 | byte_at(t, i + 1); }
uint32_t big32(std::string_view t, size_t i) { return big16(t, i) << 16 | big16(t, i + 2); }
uint32_t little16(std::string_view t, size_t i) { return byte_at(t, i) | byte_at(t, i + 1) << 8; }
uint32_t little24(std::string_view t, size_t i) {
    return little16(t, i) | static_cast<uint32_t>(byte_at(t, i + 2)) << 16;
}

std::optional<ImageHeader> sized(PictureType type, uint32_t width, uint32_t height) {
    if (width == 0 || height == 0 || width > 1u << 30 || height > 1u << 30) return std::nullopt;
    return ImageHeader{type, static_cast<int>(width), static_cast<int>(height)};
}

std::optional<ImageHeader> png(std::string_view t) {
    if (t.size() < 24 || t.substr(12, 4) != "IHDR") return std::nullopt;
    return sized(PictureType::Png, big32(t, 16), big32(t, 20));
}

std::optional<ImageHeader> jpeg(std::string_view t) {
    size_t at = 2;
    while (at + 4 <= t.size()) {
        if (byte_at(t, at) != 0xFF) return std::nullopt;
        const uint8_t marker = byte_at(t, at + 1);
        if (marker == 0xFF) {  // fill byte
            ++at;
            continue;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {  // no length
            at += 2;
            continue;
        }
        if (marker == 0xD9 || marker == 0xDA) return std::nullopt;  // pixels before any size
        const uint32_t length = big16(t, at + 2);
        if (length < 2) return std::nullopt;
        // SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC)
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 &&
            marker != 0xCC) {
            if (at + 9 > t.size()) return std::nullopt;
            return sized(PictureType::Jpeg, big16(t, at + 7), big16(t, at + 5));
        }
        at += 2 + length;
    }
    return std::nullopt;
}

std::optional<ImageHeader> webp(std::string_view t) {
    if (t.size() < 30) return std::nullopt;
    const std::string_view chunk = t.substr(12, 4);
    if (chunk == "VP8X") return sized(PictureType::Webp, little24(t, 24) + 1, little24(t, 27) + 1);
    if (chunk == "VP8L") {
        if (byte_at(t, 20) != 0x2F) return std::nullopt;
        const uint32_t bits = little24(t, 21) | static_cast<uint32_t>(byte_at(t, 24)) << 24;
        return sized(PictureType::Webp, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
    }
    if (chunk == "VP8 ") {
        if (byte_at(t, 23) != 0x9D || byte_at(t, 24) != 0x01 || byte_at(t, 25) != 0x2A)
            return std::nullopt;
        return sized(PictureType::Webp, little16(t, 26) & 0x3FFF, little16(t, 28) & 0x3FFF);
    }
    return std::nullopt;
}

}  // namespace

const char* mime_type(PictureType type) {
    switch (type) {
        case PictureType::Png: return "image/png";
        case PictureType::Jpeg: return "image/jpeg";
        case PictureType::Webp: return "image/webp";
    }
    return "";
}

std::optional<ImageHeader> read_image_header(std::string_view t) {
    constexpr std::string_view kPng("\x89PNG\r\n\x1a\n", 8);
    if (t.substr(0, 8) == kPng) return png(t);
    if (t.size() > 3 && byte_at(t, 0) == 0xFF && byte_at(t, 1) == 0xD8) return jpeg(t);
    if (t.size() > 12 && t.substr(0, 4) == "RIFF" && t.substr(8, 4) == "WEBP") return webp(t);
    return std::nullopt;
}

}  // namespace media
