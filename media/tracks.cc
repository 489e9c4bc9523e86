#include "media/tracks.h"

#include <algorithm>
#include <cmath>

#include "media/yuv.h"

namespace media {
namespace {

// x264's choices depend on its number of frame threads (motion vectors may only reach into rows
// that another thread has finished), so the number is fixed: the same film on every machine. Two
// let encoding run beside the making of the next frame.
constexpr int kEncoderThreads = 2;
constexpr int kAudioBitRate = 192'000;
constexpr int kAudioCutoffHz = 20'000;

// `frame` or, at the end, nullptr; every packet that falls out goes to the file.
base::Status encode(AVFormatContext* file, AVStream* stream, AVCodecContext* codec,
                    const AVFrame* frame) {
    int code = avcodec_send_frame(codec, frame);
    if (code < 0) return base::failed("cannot encode: " + av_message(code));
    const PacketHandle packet(av_packet_alloc());
    while ((code = avcodec_receive_packet(codec, packet.get())) >= 0) {
        if (codec->codec_type == AVMEDIA_TYPE_VIDEO && packet->duration == 0) packet->duration = 1;
        av_packet_rescale_ts(packet.get(), codec->time_base, stream->time_base);
        packet->stream_index = stream->index;
        code = av_interleaved_write_frame(file, packet.get());
        if (code >= 0) code = file->pb->error;
        if (code < 0) return base::failed("cannot write the film: " + av_message(code));
    }
    if (code != AVERROR(EAGAIN) && code != AVERROR_EOF) {
        return base::failed("cannot encode: " + av_message(code));
    }
    return {};
}

base::Result<AVStream*> add_stream(AVFormatContext* file, AVCodecContext* codec,
                                   AVDictionary** options) {
    if (file->oformat->flags & AVFMT_GLOBALHEADER) codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    codec->flags |= AV_CODEC_FLAG_BITEXACT;
    const int code = avcodec_open2(codec, codec->codec, options);
    if (code < 0) return base::failed("cannot start the encoder: " + av_message(code));
    AVStream* stream = avformat_new_stream(file, nullptr);
    if (!stream) return base::failed("out of memory");
    stream->time_base = codec->time_base;
    if (avcodec_parameters_from_context(stream->codecpar, codec) < 0) {
        return base::failed("out of memory");
    }
    return stream;
}

}  // namespace

base::Result<VideoTrack> VideoTrack::create(AVFormatContext* file, int width_px, int height_px,
                                            double fps, const ClipOptions& options) {
    const AVCodec* x264 = avcodec_find_encoder_by_name("libx264");
    if (!x264) return base::failed("this libavcodec has no libx264 encoder");
    VideoTrack track;
    track.file_ = file;
    track.fps_ = rational_fps(fps);
    track.codec_.reset(avcodec_alloc_context3(x264));
    AVCodecContext* codec = track.codec_.get();
    codec->width = width_px;
    codec->height = height_px;
    codec->time_base = av_inv_q(track.fps_);
    codec->framerate = track.fps_;
    codec->pix_fmt = AV_PIX_FMT_YUV420P;
    codec->sample_aspect_ratio = {1, 1};
    codec->color_primaries = AVCOL_PRI_BT709;
    codec->color_trc = AVCOL_TRC_BT709;
    codec->colorspace = AVCOL_SPC_BT709;
    codec->color_range = AVCOL_RANGE_MPEG;
    codec->chroma_sample_location = AVCHROMA_LOC_LEFT;
    codec->gop_size = std::max(1, static_cast<int>(std::lround(2 * fps)));  // seek within 2 s
    codec->thread_count = kEncoderThreads;
    codec->thread_type = FF_THREAD_FRAME;

    AVDictionary* settings = nullptr;
    av_dict_set(&settings, "preset", options.preset.c_str(), 0);
    av_dict_set(&settings, "profile", "high", 0);
    av_dict_set_int(&settings, "crf", options.crf, 0);
    std::string x264_settings = "sliced-threads=0:lookahead-threads=1";
    if (options.first_quantiser > 0)
        x264_settings += ":zones=0,0,q=" + std::to_string(options.first_quantiser);
    av_dict_set(&settings, "x264-params", x264_settings.c_str(), 0);
    auto stream = add_stream(file, codec, &settings);
    av_dict_free(&settings);
    if (!stream.ok()) return stream.error();
    track.stream_ = *stream;
    track.stream_->avg_frame_rate = track.fps_;

    track.frame_.reset(av_frame_alloc());
    track.frame_->format = codec->pix_fmt;
    track.frame_->width = width_px;
    track.frame_->height = height_px;
    if (av_frame_get_buffer(track.frame_.get(), 0) < 0) return base::failed("out of memory");
    return track;
}

base::Status VideoTrack::add(const base::Image8& image) {
    AVFrame* frame = frame_.get();
    if (av_frame_make_writable(frame) < 0) return base::failed("out of memory");
    rgb_to_yuv420(image, {frame->data[0], frame->data[1], frame->data[2], frame->linesize[0],
                          frame->linesize[1], frame->linesize[2]});
    frame->pts = next_++;
    return encode(file_, stream_, codec_.get(), frame);
}

base::Status VideoTrack::finish() { return encode(file_, stream_, codec_.get(), nullptr); }

base::Result<AudioTrack> AudioTrack::create(AVFormatContext* file) {
    const AVCodec* aac = avcodec_find_encoder(AV_CODEC_ID_AAC);
    if (!aac) return base::failed("this libavcodec has no AAC encoder");
    AudioTrack track;
    track.file_ = file;
    track.codec_.reset(avcodec_alloc_context3(aac));
    AVCodecContext* codec = track.codec_.get();
    codec->sample_rate = base::kSampleRateHz;
    codec->time_base = {1, base::kSampleRateHz};
    codec->sample_fmt = AV_SAMPLE_FMT_FLTP;
    codec->ch_layout = AV_CHANNEL_LAYOUT_STEREO;
    codec->bit_rate = kAudioBitRate;
    codec->cutoff = kAudioCutoffHz;
    codec->profile = FF_PROFILE_AAC_LOW;
    track.stream_ = TRY(add_stream(file, codec, nullptr));

    track.frame_.reset(av_frame_alloc());
    track.frame_->format = codec->sample_fmt;
    track.frame_->ch_layout = codec->ch_layout;
    track.frame_->sample_rate = codec->sample_rate;
    track.frame_->nb_samples = codec->frame_size;
    if (av_frame_get_buffer(track.frame_.get(), 0) < 0) return base::failed("out of memory");
    return track;
}

base::Status AudioTrack::encode_front(int count) {
    AVFrame* frame = frame_.get();
    if (av_frame_make_writable(frame) < 0) return base::failed("out of memory");
    auto* left = reinterpret_cast<float*>(frame->data[0]);
    auto* right = reinterpret_cast<float*>(frame->data[1]);
    for (int i = 0; i < count; ++i) {
        left[i] = waiting_[static_cast<size_t>(i) * 2];
        right[i] = waiting_[static_cast<size_t>(i) * 2 + 1];
    }
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<ptrdiff_t>(count) * 2);
    frame->nb_samples = count;
    frame->pts = next_;
    next_ += count;
    return encode(file_, stream_, codec_.get(), frame);
}

base::Status AudioTrack::add(const std::vector<float>& samples) {
    waiting_.insert(waiting_.end(), samples.begin(), samples.end());
    const int whole = codec_->frame_size;
    while (static_cast<int>(waiting_.size() / 2) >= whole) TRY(encode_front(whole));
    return {};
}

base::Status AudioTrack::finish() {
    if (!waiting_.empty()) TRY(encode_front(static_cast<int>(waiting_.size() / 2)));
    return encode(file_, stream_, codec_.get(), nullptr);
}

}  // namespace media
