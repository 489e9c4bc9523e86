#include "media/payload.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>

#include "base/text/text.h"
#include "media/clip.h"

namespace media {
namespace {

// 4fd6a2b8-5b0c-4c71-9f4e-a02a5a1e0b51: a random (version 4) UUID that names our box and no other.
constexpr unsigned char kUuid[16] = {0x4f, 0xd6, 0xa2, 0xb8, 0x5b, 0x0c, 0x4c, 0x71,
                                     0x9f, 0x4e, 0xa0, 0x2a, 0x5a, 0x1e, 0x0b, 0x51};
constexpr size_t kHeaderBytes = 8;                         // size, type
constexpr size_t kOurHeaderBytes = kHeaderBytes + 16 + 4;  // + uuid, version and flags
constexpr int kMaxBoxes = 100'000;                         // fragmented files have thousands

uint64_t read_be(const unsigned char* p, int bytes) {
    uint64_t value = 0;
    for (int i = 0; i < bytes; ++i) value = (value << 8) | p[i];
    return value;
}

// Reads exactly `count` bytes at `offset`; false when they are not there.
using ReadAt = std::function<bool(uint64_t offset, void* to, size_t count)>;

base::Result<std::string> find_payload(const ReadAt& read_at, uint64_t file_size,
                                       const std::string& name) {
    const base::Error broken =
        base::failed("the MP4 is damaged: a box is larger than its file", name);
    uint64_t at = 0;
    for (int box = 0; box < kMaxBoxes && file_size - at >= kHeaderBytes; ++box) {
        unsigned char head[kOurHeaderBytes];
        if (!read_at(at, head, kHeaderBytes)) return broken;
        uint64_t size = read_be(head, 4);
        size_t header = kHeaderBytes;
        if (box == 0 && std::memcmp(head + 4, "ftyp", 4) != 0) {
            return base::failed("not an MP4 file", name);
        }
        if (size == 1) {  // 64-bit size follows
            header += 8;
            if (file_size - at < header || !read_at(at + 8, head + 8, 8)) return broken;
            size = read_be(head + 8, 8);
        } else if (size == 0) {  // to the end of the file
            size = file_size - at;
        }
        if (size < header || size > file_size - at) return broken;

        if (std::memcmp(head + 4, "uuid", 4) == 0 && header == kHeaderBytes &&
            size >= kOurHeaderBytes) {
            if (!read_at(at, head, kOurHeaderBytes)) return broken;
            if (std::memcmp(head + kHeaderBytes, kUuid, sizeof(kUuid)) == 0) {
                if (read_be(head + kHeaderBytes + 16, 4) != 0) {
                    return base::failed("the film was made by a newer version of Aozora", name);
                }
                const uint64_t length = size - kOurHeaderBytes;
                if (length > static_cast<uint64_t>(kMaxPayloadBytes)) {
                    return base::failed("the film's shot list is too long", name);
                }
                std::string json(length, '\0');
                if (!read_at(at + kOurHeaderBytes, json.data(), json.size())) return broken;
                if (!base::is_valid_utf8(json)) {
                    return base::failed("the film's shot list is not valid UTF-8", name);
                }
                return json;
            }
        }
        at += size;
    }
    return base::failed("this film was not made by Aozora: it carries no shot list", name);
}

}  // namespace

base::Result<std::string> payload_box(std::string_view json) {
    if (static_cast<int64_t>(json.size()) > kMaxPayloadBytes) {
        return base::failed("the shot list is too long to be kept in the film (" +
                            std::to_string(json.size()) + " bytes)");
    }
    const auto size = static_cast<uint32_t>(json.size() + kOurHeaderBytes);
    std::string box;
    for (int shift = 24; shift >= 0; shift -= 8) box += static_cast<char>(size >> shift & 0xff);
    box += "uuid";
    box.append(reinterpret_cast<const char*>(kUuid), sizeof(kUuid));
    box.append(4, '\0');  // version 0, no flags
    box += json;
    return box;
}

base::Result<std::string> payload_of_bytes(std::string_view mp4, const std::string& name) {
    const auto read_at = [mp4](uint64_t offset, void* to, size_t count) {
        if (offset > mp4.size() || mp4.size() - offset < count) return false;
        if (count > 0) std::memcpy(to, mp4.data() + offset, count);
        return true;
    };
    return find_payload(read_at, mp4.size(), name);
}

base::Result<std::string> read_payload(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return base::Error{base::ErrorKind::NotFound, "cannot read the file", path};
    const auto size = static_cast<int64_t>(file.tellg());
    if (size < 0) return base::failed("cannot read the file", path);
    const auto read_at = [&file](uint64_t offset, void* to, size_t count) {
        file.clear();
        file.seekg(static_cast<std::streamoff>(offset));
        file.read(static_cast<char*>(to), static_cast<std::streamsize>(count));
        return static_cast<size_t>(file.gcount()) == count;
    };
    return find_payload(read_at, static_cast<uint64_t>(size), path);
}

}  // namespace media
