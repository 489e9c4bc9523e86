#include "media/exr.h"

#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

namespace media {
namespace {

constexpr int kRowsPerChunk = 16;  // of ZIP_COMPRESSION
constexpr char kZip = 3;
constexpr int32_t kFloat = 2;

void put_u32(std::string& out, uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(value >> shift & 0xff);
}
void put_u64(std::string& out, uint64_t value) {
    put_u32(out, static_cast<uint32_t>(value));
    put_u32(out, static_cast<uint32_t>(value >> 32));
}
void put_float(std::string& out, float value) { put_u32(out, std::bit_cast<uint32_t>(value)); }
void put_name(std::string& out, const std::string& text) {
    out += text;
    out += '\0';
}
void put_attribute(std::string& out, const std::string& name, const std::string& type,
                   const std::string& value) {
    put_name(out, name);
    put_name(out, type);
    put_u32(out, static_cast<uint32_t>(value.size()));
    out += value;
}

std::string header(const base::ImageF& image, const std::vector<std::string>& sorted) {
    std::string channel_list;
    for (const std::string& name : sorted) {
        put_name(channel_list, name);
        put_u32(channel_list, kFloat);
        put_u32(channel_list, 0);  // pLinear and three reserved bytes
        put_u32(channel_list, 1);  // x, y sampling
        put_u32(channel_list, 1);
    }
    channel_list += '\0';
    std::string window;
    put_u32(window, 0);
    put_u32(window, 0);
    put_u32(window, static_cast<uint32_t>(image.width_px - 1));
    put_u32(window, static_cast<uint32_t>(image.height_px - 1));
    std::string one, centre;
    put_float(one, 1);
    put_float(centre, 0);
    put_float(centre, 0);

    std::string out;
    put_u32(out, 20000630);  // magic number
    put_u32(out, 2);         // version 2, single part, scan lines
    put_attribute(out, "channels", "chlist", channel_list);
    put_attribute(out, "compression", "compression", std::string(1, kZip));
    put_attribute(out, "dataWindow", "box2i", window);
    put_attribute(out, "displayWindow", "box2i", window);
    put_attribute(out, "lineOrder", "lineOrder", std::string(1, '\0'));
    put_attribute(out, "pixelAspectRatio", "float", one);
    put_attribute(out, "screenWindowCenter", "v2f", centre);
    put_attribute(out, "screenWindowWidth", "float", one);
    out += '\0';
    return out;
}

// ZIP's preparation: bytes split by parity of their place, then differences plus 128.
std::string prepared(const std::string& raw) {
    std::string split(raw.size(), '\0');
    const size_t half = (raw.size() + 1) / 2;
    for (size_t i = 0; i < raw.size(); ++i) split[i / 2 + (i % 2 ? half : 0)] = raw[i];
    for (size_t i = split.size(); i-- > 1;) {
        split[i] = static_cast<char>(static_cast<uint8_t>(split[i]) -
                                     static_cast<uint8_t>(split[i - 1]) + 128);
    }
    return split;
}

base::Result<std::string> compressed(const std::string& raw) {
    const std::string ready = prepared(raw);
    uLongf size = compressBound(ready.size());
    std::string out(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(ready.data()), ready.size(), 4) != Z_OK) {
        return base::failed("cannot compress the EXR");
    }
    out.resize(size);
    // A chunk that does not shrink is stored as it is; readers tell by its size.
    return out.size() < raw.size() ? out : raw;
}

}  // namespace

base::Result<std::string> encode_exr(const base::ImageF& image,
                                     const std::vector<std::string>& channels) {
    if (image.empty() || static_cast<int>(channels.size()) != image.channels) {
        return base::failed("an EXR needs one name for each channel and at least one pixel");
    }
    std::vector<int> order(channels.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return channels[a] < channels[b]; });
    std::vector<std::string> sorted;
    for (const int c : order) sorted.push_back(channels[c]);
    for (size_t i = 0; i < sorted.size(); ++i) {
        if (sorted[i].empty() || sorted[i].size() > 31 ||
            sorted[i].find('\0') != std::string::npos || (i > 0 && sorted[i] == sorted[i - 1])) {
            return base::failed("EXR channels need different names of 1 to 31 characters");
        }
    }

    std::string out = header(image, sorted);
    const int chunks = (image.height_px + kRowsPerChunk - 1) / kRowsPerChunk;
    uint64_t offset = out.size() + static_cast<uint64_t>(chunks) * 8;
    std::string body;
    for (int chunk = 0; chunk < chunks; ++chunk) {
        const int first = chunk * kRowsPerChunk;
        const int last = std::min(first + kRowsPerChunk, image.height_px);
        std::string raw;
        raw.reserve(static_cast<size_t>(last - first) * image.width_px * image.channels * 4);
        for (int y = first; y < last; ++y) {
            for (const int c : order) {
                for (int x = 0; x < image.width_px; ++x) put_float(raw, image.at(x, y)[c]);
            }
        }
        const std::string data = TRY(compressed(raw));
        put_u64(out, offset + body.size());
        put_u32(body, static_cast<uint32_t>(first));
        put_u32(body, static_cast<uint32_t>(data.size()));
        body += data;
    }
    return out + body;
}

}  // namespace media
