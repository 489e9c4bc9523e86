#include "media/muxer.h"

#include <algorithm>
#include <utility>

namespace media {
namespace {

constexpr int kSmallestSide = 16, kLargestSide = 7680;

}  // namespace

base::Status check_sizes(const base::FrameSource& frames, const std::string& path) {
    const int width = frames.width_px(), height = frames.height_px();
    const auto fits = [](int side) {
        return side >= kSmallestSide && side <= kLargestSide && side % 2 == 0;
    };
    if (!fits(width) || !fits(height)) {
        return base::usage_error("a film of " + std::to_string(width) + "x" +
                                     std::to_string(height) +
                                     " cannot be encoded: both sides must be even, 16 to 7680",
                                 path);
    }
    if (!(frames.fps() >= 0.1 && frames.fps() <= 1000)) {
        return base::usage_error("frames per second must be between 0.1 and 1000", path);
    }
    return {};
}

base::Result<Muxer> Muxer::open(const std::string& work_path, const ClipOptions& options) {
    quiet_libav();
    Muxer muxer;
    const std::string url = "file:" + work_path;
    if (avformat_alloc_output_context2(&muxer.context_, nullptr, "mp4", url.c_str()) < 0) {
        return base::failed("out of memory");
    }
    const int code = avio_open(&muxer.context_->pb, url.c_str(), AVIO_FLAG_READ_WRITE);
    if (code < 0) return base::failed("cannot write the film: " + av_message(code));
    muxer.context_->flags |= AVFMT_FLAG_BITEXACT;  // no dates, no versions: same film, same bytes
    if (!options.title.empty()) {
        av_dict_set(&muxer.context_->metadata, "title", options.title.c_str(), 0);
    }
    if (!options.comment.empty()) {
        av_dict_set(&muxer.context_->metadata, "comment", options.comment.c_str(), 0);
    }
    return muxer;
}

Muxer::Muxer(Muxer&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}

Muxer::~Muxer() {
    if (!context_) return;
    if (context_->pb) avio_closep(&context_->pb);
    avformat_free_context(context_);
}

base::Status Muxer::write_header() {
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "movflags", "+faststart+write_colr", 0);
    // Edit lists count in movie ticks; the usual 1/1000 s would cut up to 47 samples.
    av_dict_set_int(&settings, "movie_timescale", base::kSampleRateHz, 0);
    av_dict_set(&settings, "use_editlist", "1", 0);  // hides AAC's 1024 priming samples
    const int code = avformat_write_header(context_, &settings);
    av_dict_free(&settings);
    return check(code);
}

base::Status Muxer::write_trailer() {
    const int code = av_write_trailer(context_);
    TRY(check(code));
    avio_flush(context_->pb);
    TRY(check(context_->pb->error));
    return check(avio_closep(&context_->pb));
}

base::Status Muxer::check(int code) const {
    if (code >= 0 && context_->pb) code = std::min(context_->pb->error, 0);
    if (code < 0) return base::failed("cannot write the film: " + av_message(code));
    return {};
}

}  // namespace media
