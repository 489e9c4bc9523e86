#include "media/decode.h"

#include <algorithm>
#include <cstring>

#include "media/libav_handles.h"

namespace media {
namespace {

struct CloseInput {
    void operator()(AVFormatContext* p) const { avformat_close_input(&p); }
};
using InputHandle = std::unique_ptr<AVFormatContext, CloseInput>;

// What cameras and programs write; libav would take texts, playlists and game files for films.
constexpr const char* kFilms = "mov,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf,gif";
constexpr const char* kSounds =
    "wav,w64,aiff,caf,mp3,flac,aac,mov,matroska,webm,avi,mpegts,mpeg,ogg,flv,asf";

base::Result<InputHandle> open_input(const std::string& path, const char* formats = kFilms) {
    quiet_libav();
    AVFormatContext* raw = nullptr;
    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "protocol_whitelist", "file", 0);  // a playlist must not fetch anything
    av_dict_set(&settings, "format_whitelist", formats, 0);
    int code = avformat_open_input(&raw, ("file:" + path).c_str(), nullptr, &settings);
    av_dict_free(&settings);
    InputHandle input(raw);
    if (code >= 0) code = avformat_find_stream_info(input.get(), nullptr);
    if (code < 0) {
        return base::failed("cannot read the " + std::string(formats == kFilms ? "film" : "sound") +
                                ": " + av_message(code),
                            path);
    }
    return input;
}

double seconds(int64_t time, AVRational base) {
    return time == AV_NOPTS_VALUE ? 0 : static_cast<double>(time) * av_q2d(base);
}

// Decoded frames of one stream, in order.
class Decoder {
public:
    static base::Result<Decoder> open(const std::string& path, AVMediaType type) {
        Decoder decoder;
        decoder.path_ = path;
        decoder.input_ = TRY(open_input(path, type == AVMEDIA_TYPE_AUDIO ? kSounds : kFilms));
        const AVCodec* codec = nullptr;
        const int index = av_find_best_stream(decoder.input_.get(), type, -1, -1, &codec, 0);
        if (index < 0) {
            return base::failed(
                type == AVMEDIA_TYPE_VIDEO ? "the file has no pictures" : "the file has no sound",
                path);
        }
        for (unsigned i = 0; i < decoder.input_->nb_streams; ++i) {
            if (static_cast<int>(i) != index) {
                decoder.input_->streams[i]->discard = AVDISCARD_ALL;
            }
        }
        decoder.stream_ = decoder.input_->streams[index];
        decoder.codec_.reset(avcodec_alloc_context3(codec));
        decoder.codec_->pkt_timebase = decoder.stream_->time_base;
        avcodec_parameters_to_context(decoder.codec_.get(), decoder.stream_->codecpar);
        const int code = avcodec_open2(decoder.codec_.get(), codec, nullptr);
        if (code < 0) return base::failed("cannot decode the file: " + av_message(code), path);
        decoder.packet_.reset(av_packet_alloc());
        decoder.frame_.reset(av_frame_alloc());
        return decoder;
    }

    // nullptr at the end.
    base::Result<const AVFrame*> next() {
        while (true) {
            int code = avcodec_receive_frame(codec_.get(), frame_.get());
            if (code >= 0) return frame_.get();
            if (code == AVERROR_EOF) return static_cast<const AVFrame*>(nullptr);
            if (code == AVERROR(EAGAIN)) code = feed();
            if (code < 0) return base::failed("cannot decode the film: " + av_message(code), path_);
        }
    }

    const AVStream* stream() const { return stream_; }
    const AVCodecContext* codec() const { return codec_.get(); }
    AVFormatContext* input() const { return input_.get(); }
    const std::string& path() const { return path_; }

private:
    int feed() {
        const int code = av_read_frame(input_.get(), packet_.get());
        if (code == AVERROR_EOF) return avcodec_send_packet(codec_.get(), nullptr);
        if (code < 0) return code;
        int sent = 0;
        if (packet_->stream_index == stream_->index) {
            sent = avcodec_send_packet(codec_.get(), packet_.get());
        }
        av_packet_unref(packet_.get());
        return sent;
    }

    std::string path_;
    InputHandle input_;
    AVStream* stream_ = nullptr;
    CodecHandle codec_;
    PacketHandle packet_;
    FrameHandle frame_;
};

class FilmFrames final : public base::FrameSource {
public:
    FilmFrames(Decoder decoder, int64_t max_pixels)
        : decoder_(std::move(decoder)), max_pixels_(max_pixels) {
        fps_ = av_q2d(av_guess_frame_rate(decoder_.input(),
                                          const_cast<AVStream*>(decoder_.stream()), nullptr));
    }
    int width_px() const override { return decoder_.codec()->width; }
    int height_px() const override { return decoder_.codec()->height; }
    double fps() const override { return fps_; }
    int64_t frame_count() const override {
        return decoder_.stream()->nb_frames > 0 ? decoder_.stream()->nb_frames : -1;
    }

    base::Result<std::optional<base::Frame>> next() override {
        const AVFrame* frame = TRY(decoder_.next());
        if (!frame) return std::optional<base::Frame>();
        if (static_cast<int64_t>(frame->width) * frame->height > max_pixels_) {
            return base::failed("the pictures are too large", decoder_.path());
        }
        TRY(prepare(*frame));
        sws_scale(scaler_.get(), frame->data, frame->linesize, 0, frame->height, rgb_->data,
                  rgb_->linesize);
        base::Frame out;
        out.index = next_++;
        out.image = base::Image8(frame->width, frame->height, 3);
        for (int y = 0; y < frame->height; ++y) {
            std::memcpy(out.image.at(0, y),
                        rgb_->data[0] + static_cast<ptrdiff_t>(y) * rgb_->linesize[0],
                        static_cast<size_t>(frame->width) * 3);
        }
        return std::optional<base::Frame>(std::move(out));
    }

private:
    base::Status prepare(const AVFrame& frame) {
        const auto format = static_cast<AVPixelFormat>(frame.format);
        if (scaler_ && format == format_ && rgb_->width == frame.width &&
            rgb_->height == frame.height) {
            return {};
        }
        format_ = format;
        scaler_.reset(sws_getContext(
            frame.width, frame.height, format, frame.width, frame.height, AV_PIX_FMT_RGB24,
            SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, nullptr, nullptr, nullptr));
        if (!scaler_) return base::failed("unknown picture format", decoder_.path());
        // Untagged films of this size are BT.709 by custom.
        const int matrix =
            frame.colorspace == AVCOL_SPC_UNSPECIFIED ? AVCOL_SPC_BT709 : frame.colorspace;
        sws_setColorspaceDetails(scaler_.get(), sws_getCoefficients(matrix),
                                 frame.color_range == AVCOL_RANGE_JPEG,
                                 sws_getCoefficients(AVCOL_SPC_BT709), 1, 0, 1 << 16, 1 << 16);
        rgb_.reset(av_frame_alloc());
        rgb_->format = AV_PIX_FMT_RGB24;
        rgb_->width = frame.width;
        rgb_->height = frame.height;
        if (av_frame_get_buffer(rgb_.get(), 64) < 0) return base::failed("out of memory");
        return {};
    }

    Decoder decoder_;
    int64_t max_pixels_;
    double fps_ = 0;
    int64_t next_ = 0;
    AVPixelFormat format_ = AV_PIX_FMT_NONE;
    ScalerHandle scaler_;
    FrameHandle rgb_;  // padded rows: swscale may write past the width
};

class FilmSound final : public base::AudioSource {
public:
    explicit FilmSound(Decoder decoder) : decoder_(std::move(decoder)) {
        const AVStream* stream = decoder_.stream();
        if (stream->duration > 0) {
            total_ = av_rescale_q(stream->duration, stream->time_base, {1, base::kSampleRateHz});
        }
    }
    int64_t sample_count() const override { return total_; }

    base::Result<std::optional<base::AudioBlock>> next() override {
        while (total_ < 0 || next_ < total_) {
            const AVFrame* frame = TRY(decoder_.next());
            base::AudioBlock block;
            TRY(convert(frame, block));
            if (total_ >= 0 &&
                next_ + block.sample_count() > total_) {  // the last AAC frame's fill
                block.samples.resize(static_cast<size_t>(total_ - next_) * base::kAudioChannels);
            }
            if (block.samples.empty()) {
                if (!frame) break;
                continue;
            }
            block.first_sample = next_;
            next_ += block.sample_count();
            return std::optional<base::AudioBlock>(std::move(block));
        }
        return std::optional<base::AudioBlock>();
    }

private:
    // A null frame drains the resampler.
    base::Status convert(const AVFrame* frame, base::AudioBlock& block) {
        if (!resampler_ && frame) {
            SwrContext* raw = nullptr;
            AVChannelLayout from = frame->ch_layout, to = AV_CHANNEL_LAYOUT_STEREO;
            swr_alloc_set_opts2(&raw, &to, AV_SAMPLE_FMT_FLT, base::kSampleRateHz, &from,
                                static_cast<AVSampleFormat>(frame->format), frame->sample_rate, 0,
                                nullptr);
            resampler_.reset(raw);
            if (!raw || swr_init(raw) < 0) {
                return base::failed("unknown sound format", decoder_.path());
            }
        }
        if (!resampler_) return {};
        const int room = swr_get_out_samples(resampler_.get(), frame ? frame->nb_samples : 0);
        if (room <= 0) return {};
        block.samples.resize(static_cast<size_t>(room) * base::kAudioChannels);
        auto* out = reinterpret_cast<uint8_t*>(block.samples.data());
        const int got =
            swr_convert(resampler_.get(), &out, room,
                        frame ? const_cast<const uint8_t**>(frame->extended_data) : nullptr,
                        frame ? frame->nb_samples : 0);
        if (got < 0) return base::failed("cannot resample the sound", decoder_.path());
        block.samples.resize(static_cast<size_t>(got) * base::kAudioChannels);
        return {};
    }

    Decoder decoder_;
    ResamplerHandle resampler_;
    int64_t total_ = -1, next_ = 0;
};

}  // namespace

base::Result<FilmInfo> inspect_film(const std::string& path) {
    const InputHandle input = TRY(open_input(path));
    FilmInfo info;
    const int video = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (video >= 0) {
        AVStream* stream = input->streams[video];
        info.has_video = true;
        info.width_px = stream->codecpar->width;
        info.height_px = stream->codecpar->height;
        info.fps = av_q2d(av_guess_frame_rate(input.get(), stream, nullptr));
        info.frame_count = stream->nb_frames > 0 ? stream->nb_frames : -1;
        info.video_start_s = seconds(stream->start_time, stream->time_base);
        info.video_duration_s = seconds(stream->duration, stream->time_base);
    }
    const int audio = av_find_best_stream(input.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (audio >= 0) {
        const AVStream* stream = input->streams[audio];
        info.has_audio = true;
        info.audio_start_s = seconds(stream->start_time, stream->time_base);
        info.audio_duration_s = seconds(stream->duration, stream->time_base);
    }
    return info;
}

base::Result<std::unique_ptr<base::FrameSource>> open_frames(const std::string& path,
                                                             int64_t max_pixels) {
    Decoder decoder = TRY(Decoder::open(path, AVMEDIA_TYPE_VIDEO));
    const int64_t pixels = static_cast<int64_t>(decoder.codec()->width) * decoder.codec()->height;
    if (pixels <= 0 || pixels > max_pixels) {
        return base::failed("the pictures are too large", path);
    }
    return std::unique_ptr<base::FrameSource>(new FilmFrames(std::move(decoder), max_pixels));
}

base::Result<std::unique_ptr<base::AudioSource>> open_sound(const std::string& path) {
    Decoder decoder = TRY(Decoder::open(path, AVMEDIA_TYPE_AUDIO));
    return std::unique_ptr<base::AudioSource>(new FilmSound(std::move(decoder)));
}

}  // namespace media
