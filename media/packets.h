// The encoded pictures of an MP4, one by one. For the .cc files of this folder.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "media/libav_handles.h"

namespace media {

struct PacketInfo {
    int64_t frame = 0;  // number of the picture in order of presentation
    bool key = false;
};

// A file of constant rate, read from its beginning.
class PacketReader {
public:
    static base::Result<PacketReader> open(const std::string& path);

    const AVStream* stream() const { return input_->streams[index_]; }
    // All pictures, in order of decoding; reads the file once.
    const std::vector<PacketInfo>& packets() const { return packets_; }
    // The next packet in order of decoding; false at the end. Its times are the file's.
    base::Result<bool> next(AVPacket* packet);

private:
    struct CloseInput {
        void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
    };
    base::Status open_input();

    std::string path_;
    std::unique_ptr<AVFormatContext, CloseInput> input_;
    int index_ = -1;
    std::vector<PacketInfo> packets_;
};

}  // namespace media
