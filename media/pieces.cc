#include "media/pieces.h"

#include <algorithm>

#include "media/atomic_file.h"
#include "media/decode.h"
#include "media/muxer.h"
#include "media/packets.h"
#include "media/payload.h"
#include "media/sound_feed.h"
#include "media/tracks.h"

namespace media {
namespace {

// What check_sizes() asks for; has no pictures.
class Shape final : public base::FrameSource {
public:
    Shape(int width, int height, double fps) : width_(width), height_(height), fps_(fps) {}
    int width_px() const override { return width_; }
    int height_px() const override { return height_; }
    double fps() const override { return fps_; }
    int64_t frame_count() const override { return 0; }
    base::Result<std::optional<base::Frame>> next() override {
        return std::optional<base::Frame>();
    }

private:
    int width_, height_;
    double fps_;
};

class Mp4Piece final : public PieceWriter {
public:
    static base::Result<std::unique_ptr<Mp4Piece>> open(AtomicFile file, int width_px,
                                                        int height_px, double fps,
                                                        const ClipOptions& options) {
        ClipOptions quiet = options;
        quiet.title.clear();
        quiet.comment.clear();
        Muxer muxer = TRY(Muxer::open(file.work_path(), quiet));
        VideoTrack video =
            TRY(VideoTrack::create(muxer.context(), width_px, height_px, fps, options));
        TRY(muxer.write_header());
        return std::make_unique<Mp4Piece>(std::move(file), std::move(muxer), std::move(video));
    }
    Mp4Piece(AtomicFile file, Muxer muxer, VideoTrack video)
        : file_(std::move(file)), muxer_(std::move(muxer)), video_(std::move(video)) {}

    base::Status add(const base::Image8& picture) override { return video_.add(picture); }
    base::Status finish() override {
        TRY(close());
        return file_.commit();
    }
    base::Status close() {
        TRY(video_.finish());
        return muxer_.write_trailer();
    }
    // After close() the piece may be read here, until the object goes.
    const std::string& work_path() const { return file_.work_path(); }

private:
    AtomicFile file_;
    Muxer muxer_;
    VideoTrack video_;
};

// A run of pictures that ends up in the film as packets.
struct Run {
    std::string path;
    int64_t first_frame = 0, end_frame = 0;
    std::unique_ptr<Mp4Piece> made;  // keeps a piece alive that was encoded for this
};

std::string header_of(const AVStream* stream) {
    const AVCodecParameters* p = stream->codecpar;
    return std::string(reinterpret_cast<const char*>(p->extradata),
                       static_cast<size_t>(std::max(0, p->extradata_size)));
}

class Joiner {
public:
    Joiner(const std::string& path, double fps, const ClipOptions& options,
           const base::CancelToken* cancel)
        : path_(path), fps_(fps), options_(options), cancel_(cancel) {}

    // Copies what may be copied of the span, encodes the rest.
    base::Status add(const PictureSpan& span) {
        PacketReader reader = TRY(PacketReader::open(span.path));
        const auto& packets = reader.packets();
        const auto count = static_cast<int64_t>(packets.size());
        const int64_t end = span.end_frame < 0 ? count : span.end_frame;
        if (span.first_frame < 0 || end > count || span.first_frame >= end)
            return base::failed("the film has no such pictures", span.path);
        TRY(take_shape(reader.stream()));
        if (reader.stream()->codecpar->codec_id != AV_CODEC_ID_H264 ||
            header_of(reader.stream()) != reference_) {
            return encode(span.path, span.first_frame, end);
        }
        // Whole GOPs: from the first key frame at or after the span's start to the last key frame
        // at or before its end.
        int64_t from = -1, to = end == count ? count : -1;
        for (const PacketInfo& p : packets) {
            if (!p.key || p.frame < span.first_frame || p.frame > end) continue;
            if (from < 0) from = p.frame;
            if (end != count) to = std::max(to, p.frame);
        }
        if (from < 0 || to <= from) return encode(span.path, span.first_frame, end);
        if (from > span.first_frame) TRY(encode(span.path, span.first_frame, from));
        runs_.push_back({span.path, from, to, nullptr});
        use_.copied += to - from;
        if (to < end) TRY(encode(span.path, to, end));
        return {};
    }

    base::Result<ClipInfo> write(const std::string& work_path, base::AudioSource& audio) {
        Muxer muxer = TRY(Muxer::open(work_path, options_));
        AVStream* out = nullptr;
        {
            const PacketReader first = TRY(PacketReader::open(runs_.front().path));
            out = avformat_new_stream(muxer.context(), nullptr);
            if (!out || avcodec_parameters_copy(out->codecpar, first.stream()->codecpar) < 0)
                return base::failed("out of memory");
            out->codecpar->codec_tag = 0;
            out->avg_frame_rate = rational_fps(fps_);
            out->time_base = av_inv_q(rational_fps(fps_));
            out->sample_aspect_ratio = {1, 1};
        }
        SoundWriter sound = TRY(SoundWriter::create(muxer.context(), audio));
        TRY(muxer.write_header());
        // Pictures come in order of decoding. Their decoding times are their own numbers, less the
        // furthest that one of them is ever shown ahead of its turn.
        const int64_t delay = TRY(furthest_ahead());
        ClipInfo info;
        const PacketHandle packet(av_packet_alloc());
        int64_t decoded = 0;
        for (const Run& run : runs_) {
            PacketReader reader = TRY(PacketReader::open(run.path));
            for (size_t i = 0; TRY(reader.next(packet.get())); ++i) {
                if (cancel_) TRY(cancel_->check());
                const int64_t frame = reader.packets()[i].frame;
                if (frame < run.first_frame || frame >= run.end_frame) {
                    av_packet_unref(packet.get());
                    continue;
                }
                packet->pts = info.frame_count + frame - run.first_frame;
                packet->dts = decoded++ - delay;
                packet->duration = 1;
                packet->pos = -1;
                packet->stream_index = out->index;
                av_packet_rescale_ts(packet.get(), av_inv_q(rational_fps(fps_)), out->time_base);
                int code = av_interleaved_write_frame(muxer.context(), packet.get());
                if (code >= 0) code = muxer.context()->pb->error;
                if (code < 0) return base::failed("cannot write the film: " + av_message(code));
                TRY(sound.write_until(static_cast<double>(decoded) / fps_, cancel_));
            }
            info.frame_count += run.end_frame - run.first_frame;
        }
        if (decoded != info.frame_count) return base::failed("a piece of the film is incomplete");
        TRY(sound.write_rest(cancel_));
        TRY(sound.finish());
        TRY(muxer.write_trailer());
        info.sample_count = sound.feed().samples();
        info.sample_hash = sound.feed().hash();
        return info;
    }

    const SpanUse& use() const { return use_; }

private:
    // The first span says what the film looks like. Its header is what our encoder writes for such
    // pictures: only what has the same can lie in one track with it.
    base::Status take_shape(const AVStream* stream) {
        const AVCodecParameters* p = stream->codecpar;
        if (width_ != 0) {
            if (p->width == width_ && p->height == height_) return {};
            return base::failed("the pieces of a film must have one size", path_);
        }
        width_ = p->width;
        height_ = p->height;
        TRY(check_sizes(Shape(width_, height_, fps_), path_));
        const auto sample = TRY(new_piece());
        TRY(sample->add(base::Image8(width_, height_, 3)));
        TRY(sample->close());
        reference_ = header_of(TRY(PacketReader::open(sample->work_path())).stream());
        return {};
    }

    base::Result<std::unique_ptr<Mp4Piece>> new_piece() const {
        return Mp4Piece::open(TRY(AtomicFile::create(path_, true)), width_, height_, fps_,
                              options_);
    }

    base::Status encode(const std::string& path, int64_t first, int64_t end) {
        const auto frames = TRY(open_frames(path));
        auto piece = TRY(new_piece());
        int64_t count = 0;
        for (; count < end; ++count) {
            if (cancel_) TRY(cancel_->check());
            const std::optional<base::Frame> frame = TRY(frames->next());
            if (!frame) break;
            if (count >= first) TRY(piece->add(frame->image));
        }
        if (count < end) return base::failed("the film ends before its time", path);
        TRY(piece->close());
        const std::string made = piece->work_path();
        runs_.push_back({made, 0, end - first, std::move(piece)});
        use_.encoded += end - first;
        return {};
    }

    base::Result<int64_t> furthest_ahead() const {
        int64_t furthest = 0, decoded = 0, shown = 0;
        for (const Run& run : runs_) {
            const PacketReader reader = TRY(PacketReader::open(run.path));
            for (const PacketInfo& p : reader.packets()) {
                if (p.frame < run.first_frame || p.frame >= run.end_frame) continue;
                furthest = std::max(furthest, decoded++ - (shown + p.frame - run.first_frame));
            }
            shown += run.end_frame - run.first_frame;
        }
        return furthest;
    }

    std::string path_;
    double fps_;
    const ClipOptions& options_;
    const base::CancelToken* cancel_;
    int width_ = 0, height_ = 0;
    std::string reference_;
    std::vector<Run> runs_;
    SpanUse use_;
};

}  // namespace

base::Result<std::unique_ptr<PieceWriter>> PieceWriter::create(const std::string& path,
                                                               int width_px, int height_px,
                                                               double fps,
                                                               const ClipOptions& options) {
    TRY(check_sizes(Shape(width_px, height_px, fps), path));
    return std::unique_ptr<PieceWriter>(TRY(
        Mp4Piece::open(TRY(AtomicFile::create(path, true)), width_px, height_px, fps, options)));
}

base::Result<ClipInfo> join_clip(const std::vector<PictureSpan>& spans, double fps,
                                 base::AudioSource& sound, const std::string& path,
                                 const ClipOptions& options, SpanUse* use,
                                 const base::CancelToken* cancel) {
    if (spans.empty()) return base::failed("the film has no frames", path);
    std::string box;
    if (!options.payload_json.empty()) box = TRY(payload_box(options.payload_json));
    AtomicFile file = TRY(AtomicFile::create(path, options.overwrite));
    Joiner joiner(path, fps, options, cancel);
    for (const PictureSpan& span : spans) TRY(joiner.add(span));
    ClipInfo info = TRY(joiner.write(file.work_path(), sound));
    TRY(file.append(box));
    info.bytes = TRY(file.size());
    TRY(file.commit());
    if (use != nullptr) *use = joiner.use();
    return info;
}

base::Result<int64_t> count_pictures(const std::string& path) {
    return static_cast<int64_t>(TRY(PacketReader::open(path)).packets().size());
}

}  // namespace media
