// The two tracks of an MP4 while it is written: H.264 (x264) and AAC-LC. For clip.cc only.
#pragma once

#include <cstdint>
#include <vector>

#include "base/core/result.h"
#include "base/signal/source.h"
#include "media/clip.h"
#include "media/libav_handles.h"

namespace media {

class VideoTrack {
public:
    static base::Result<VideoTrack> create(AVFormatContext* file, int width_px, int height_px,
                                           double fps, const ClipOptions& options);
    base::Status add(const base::Image8& image);
    base::Status finish();
    AVRational fps() const { return fps_; }

private:
    AVFormatContext* file_ = nullptr;
    AVStream* stream_ = nullptr;
    CodecHandle codec_;
    FrameHandle frame_;
    AVRational fps_{};
    int64_t next_ = 0;
};

class AudioTrack {
public:
    static base::Result<AudioTrack> create(AVFormatContext* file);
    // Interleaved stereo, any number of samples.
    base::Status add(const std::vector<float>& samples);
    base::Status finish();

private:
    base::Status encode_front(int count);

    AVFormatContext* file_ = nullptr;
    AVStream* stream_ = nullptr;
    CodecHandle codec_;
    FrameHandle frame_;
    std::vector<float> waiting_;
    int64_t next_ = 0;
};

}  // namespace media
