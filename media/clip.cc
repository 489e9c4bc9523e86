#include "media/clip.h"

#include <cmath>
#include <limits>
#include <optional>

#include "media/atomic_file.h"
#include "media/payload.h"
#include "media/stream_hash.h"
#include "media/tracks.h"

namespace media {
namespace {

constexpr int kSmallestSide = 16, kLargestSide = 7680;

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

// The file while libav writes it; owns everything that must be closed in order.
class Muxer {
public:
    static base::Result<Muxer> open(const std::string& work_path, const ClipOptions& options) {
        quiet_libav();
        Muxer muxer;
        const std::string url = "file:" + work_path;
        if (avformat_alloc_output_context2(&muxer.context_, nullptr, "mp4", url.c_str()) < 0) {
            return base::failed("out of memory");
        }
        const int code = avio_open(&muxer.context_->pb, url.c_str(), AVIO_FLAG_READ_WRITE);
        if (code < 0) return base::failed("cannot write the film: " + av_message(code));
        muxer.context_->flags |=
            AVFMT_FLAG_BITEXACT;  // no dates, no versions: same film, same bytes
        if (!options.title.empty()) {
            av_dict_set(&muxer.context_->metadata, "title", options.title.c_str(), 0);
        }
        if (!options.comment.empty()) {
            av_dict_set(&muxer.context_->metadata, "comment", options.comment.c_str(), 0);
        }
        return muxer;
    }
    Muxer(Muxer&& other) noexcept : context_(std::exchange(other.context_, nullptr)) {}
    Muxer& operator=(Muxer&&) = delete;
    ~Muxer() {
        if (!context_) return;
        if (context_->pb) avio_closep(&context_->pb);
        avformat_free_context(context_);
    }

    AVFormatContext* context() { return context_; }

    base::Status write_header() {
        AVDictionary* settings = nullptr;
        av_dict_set(&settings, "movflags", "+faststart+write_colr", 0);
        // Edit lists count in movie ticks; the usual 1/1000 s would cut up to 47 samples.
        av_dict_set_int(&settings, "movie_timescale", base::kSampleRateHz, 0);
        av_dict_set(&settings, "use_editlist", "1", 0);  // hides AAC's 1024 priming samples
        const int code = avformat_write_header(context_, &settings);
        av_dict_free(&settings);
        return check(code);
    }

    base::Status write_trailer() {
        const int code = av_write_trailer(context_);
        TRY(check(code));
        avio_flush(context_->pb);
        TRY(check(context_->pb->error));
        return check(avio_closep(&context_->pb));
    }

private:
    Muxer() = default;
    base::Status check(int code) const {
        if (code >= 0 && context_->pb) code = std::min(context_->pb->error, 0);
        if (code < 0) return base::failed("cannot write the film: " + av_message(code));
        return {};
    }

    AVFormatContext* context_ = nullptr;
};

// Pulls sound as the pictures advance and hashes it on the way.
class SoundFeed {
public:
    explicit SoundFeed(base::AudioSource& source) : source_(source) {}

    // The next block with samples in it, nullopt at the end.
    base::Result<std::optional<base::AudioBlock>> pull() {
        while (true) {
            std::optional<base::AudioBlock> block = TRY(source_.next());
            if (!block) return std::optional<base::AudioBlock>();
            if (block->samples.empty()) continue;
            if (block->samples.size() % base::kAudioChannels != 0) {
                return base::failed("the sound source gave half a stereo pair");
            }
            for (const float sample : block->samples) {
                if (!std::isfinite(sample)) {
                    return base::failed("the sound is not a finite number near sample " +
                                        std::to_string(samples_));
                }
            }
            if (block->first_sample != samples_) {
                return base::failed("the sound source skipped from sample " +
                                    std::to_string(samples_) + " to " +
                                    std::to_string(block->first_sample));
            }
            hash_.add(block->samples.data(), block->samples.size() * sizeof(float));
            samples_ += block->sample_count();
            return block;
        }
    }

    int64_t samples() const { return samples_; }
    uint64_t hash() const { return hash_.value(); }

private:
    base::AudioSource& source_;
    StreamHash hash_;
    int64_t samples_ = 0;
};

base::Result<ClipInfo> encode_into(const std::string& work_path, base::FrameSource& frames,
                                   base::AudioSource& audio, const ClipOptions& options,
                                   const std::function<void(const ClipProgress&)>& progress,
                                   const base::CancelToken* cancel) {
    Muxer muxer = TRY(Muxer::open(work_path, options));
    VideoTrack video = TRY(VideoTrack::create(muxer.context(), frames.width_px(),
                                              frames.height_px(), frames.fps(), options));
    // A film without a single sample gets no sound track: players stumble over empty ones.
    SoundFeed sound(audio);
    std::optional<base::AudioBlock> block = TRY(sound.pull());
    std::optional<AudioTrack> track;
    if (block) track.emplace(TRY(AudioTrack::create(muxer.context())));
    TRY(muxer.write_header());

    // Only what the pictures so far need, so the makers of both advance together.
    const auto add_sound_until = [&](double seconds) -> base::Status {
        while (block && static_cast<double>(block->first_sample) < seconds * base::kSampleRateHz) {
            if (cancel) TRY(cancel->check());
            TRY(track->add(block->samples));
            block = TRY(sound.pull());
        }
        return {};
    };

    ClipInfo info;
    StreamHash frame_hash;
    while (true) {
        if (cancel) TRY(cancel->check());
        std::optional<base::Frame> frame = TRY(frames.next());
        if (!frame) break;
        const base::Image8& image = frame->image;
        if (image.width_px != frames.width_px() || image.height_px != frames.height_px() ||
            image.channels != 3) {
            return base::failed("frame " + std::to_string(info.frame_count) +
                                " has another size than its film");
        }
        frame_hash.add(image.data.data(), image.data.size());
        TRY(video.add(image));
        ++info.frame_count;
        TRY(add_sound_until(static_cast<double>(info.frame_count) / frames.fps()));
        if (progress) progress({info.frame_count, frames.frame_count(), &image});
    }
    if (info.frame_count == 0) return base::failed("the film has no frames");
    TRY(add_sound_until(std::numeric_limits<double>::infinity()));
    TRY(video.finish());
    if (track) TRY(track->finish());
    TRY(muxer.write_trailer());
    info.sample_count = sound.samples();
    info.frame_hash = frame_hash.value();
    info.sample_hash = sound.hash();
    return info;
}

}  // namespace

base::Result<ClipInfo> encode_clip(base::FrameSource& frames, base::AudioSource& audio,
                                   const std::string& path, const ClipOptions& options,
                                   const std::function<void(const ClipProgress&)>& progress,
                                   const base::CancelToken* cancel) {
    TRY(check_sizes(frames, path));
    // Everything that can be refused is refused before the first frame is made.
    std::string box;
    if (!options.payload_json.empty()) box = TRY(payload_box(options.payload_json));
    AtomicFile file = TRY(AtomicFile::create(path, options.overwrite));
    auto encoded = encode_into(file.work_path(), frames, audio, options, progress, cancel);
    if (!encoded.ok()) {
        base::Error error = encoded.error();
        if (error.where.empty()) error.where = path;
        return error;
    }
    ClipInfo info = *encoded;
    TRY(file.append(box));
    info.bytes = TRY(file.size());
    TRY(file.commit());
    return info;
}

}  // namespace media
