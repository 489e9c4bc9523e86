// Owners of libav's objects, for the .cc files of this folder only.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}

#include <cmath>
#include <memory>
#include <string>

#include "base/core/result.h"

namespace media {

struct FreeCodec {
    void operator()(AVCodecContext* p) const { avcodec_free_context(&p); }
};
struct FreeFrame {
    void operator()(AVFrame* p) const { av_frame_free(&p); }
};
struct FreePacket {
    void operator()(AVPacket* p) const { av_packet_free(&p); }
};
struct FreeScaler {
    void operator()(SwsContext* p) const { sws_freeContext(p); }
};
struct FreeResampler {
    void operator()(SwrContext* p) const { swr_free(&p); }
};
using CodecHandle = std::unique_ptr<AVCodecContext, FreeCodec>;
using FrameHandle = std::unique_ptr<AVFrame, FreeFrame>;
using PacketHandle = std::unique_ptr<AVPacket, FreePacket>;
using ScalerHandle = std::unique_ptr<SwsContext, FreeScaler>;
using ResamplerHandle = std::unique_ptr<SwrContext, FreeResampler>;

inline std::string av_message(int code) {
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof(text));
    return text;
}

// 24 -> 24/1, 23.976 -> 24000/1001 (SMPTE ST 12-1's drop-frame rates), 12.5 -> 25/2.
inline AVRational rational_fps(double fps) {
    const double ntsc = fps * 1001.0 / 1000.0;
    if (std::abs(fps - std::round(fps)) > 1e-6 && std::abs(ntsc - std::round(ntsc)) < 2e-3) {
        return {static_cast<int>(std::lround(ntsc)) * 1000, 1001};
    }
    return av_d2q(fps, 100000);
}

// What libav prints goes to our log, warnings and worse only. Safe to call often.
void quiet_libav();

}  // namespace media
