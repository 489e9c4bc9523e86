// An MP4 while libav writes it. For the .cc files of this folder.
#pragma once

#include <string>

#include "base/core/result.h"
#include "media/clip.h"
#include "media/libav_handles.h"

namespace media {

// Owns everything that must be closed in order.
class Muxer {
public:
    static base::Result<Muxer> open(const std::string& work_path, const ClipOptions& options);
    Muxer(Muxer&& other) noexcept;
    Muxer& operator=(Muxer&&) = delete;
    ~Muxer();

    AVFormatContext* context() { return context_; }
    base::Status write_header();
    base::Status write_trailer();

private:
    Muxer() = default;
    base::Status check(int code) const;

    AVFormatContext* context_ = nullptr;
};

// Both sides even, 16 to 7680; a rate that makes sense. `path` is for messages.
base::Status check_sizes(const base::FrameSource& frames, const std::string& path);

}  // namespace media
