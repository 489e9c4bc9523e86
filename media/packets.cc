#include "media/packets.h"

#include <algorithm>

namespace media {

base::Status PacketReader::open_input() {
    quiet_libav();
    AVFormatContext* raw = nullptr;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "protocol_whitelist", "file", 0);
    int code = avformat_open_input(&raw, ("file:" + path_).c_str(), nullptr, &settings);
    av_dict_free(&settings);
    input_.reset(raw);
    if (code >= 0) code = avformat_find_stream_info(input_.get(), nullptr);
    if (code < 0) return base::failed("cannot read the film: " + av_message(code), path_);
    index_ = av_find_best_stream(input_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index_ < 0) return base::failed("the file has no pictures", path_);
    for (unsigned i = 0; i < input_->nb_streams; ++i) {
        if (static_cast<int>(i) != index_) input_->streams[i]->discard = AVDISCARD_ALL;
    }
    return {};
}

base::Result<PacketReader> PacketReader::open(const std::string& path) {
    PacketReader reader;
    reader.path_ = path;
    TRY(reader.open_input());
    // Pictures are numbered by their place among the times of presentation, so no rate is needed.
    const PacketHandle packet(av_packet_alloc());
    std::vector<int64_t> times;
    while (TRY(reader.next(packet.get()))) {
        times.push_back(packet->pts);
        reader.packets_.push_back({0, (packet->flags & AV_PKT_FLAG_KEY) != 0});
        av_packet_unref(packet.get());
    }
    std::vector<int64_t> sorted = times;
    std::sort(sorted.begin(), sorted.end());
    for (size_t i = 0; i < times.size(); ++i) {
        reader.packets_[i].frame =
            std::lower_bound(sorted.begin(), sorted.end(), times[i]) - sorted.begin();
    }
    TRY(reader.open_input());  // from the beginning again
    return reader;
}

base::Result<bool> PacketReader::next(AVPacket* packet) {
    while (true) {
        const int code = av_read_frame(input_.get(), packet);
        if (code == AVERROR_EOF) return false;
        if (code < 0) return base::failed("cannot read the film: " + av_message(code), path_);
        if (packet->stream_index == index_) return true;
        av_packet_unref(packet);
    }
}

}  // namespace media
