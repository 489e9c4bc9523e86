// The two pull streams that every engine answers with. Video is a stream: nobody holds all frames.
//
// A consumer calls next() until it gives End, an error, or the consumer loses interest. Sources are
// used by one thread at a time; they may work ahead on their own threads. After End or an error
// every further next() answers the same.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"

namespace base {

// One picture of a film: frame `index` is shown from index/fps.
struct Frame {
    int64_t index = 0;
    Image8 image;  // RGB, 3 channels
};

constexpr int kSampleRateHz = 48000;
constexpr int kAudioChannels = 2;

// Interleaved stereo float, nominal range [-1, 1], 48 kHz.
struct AudioBlock {
    int64_t first_sample = 0;    // index of the first stereo pair since the film's start
    std::vector<float> samples;  // [sample, channel(left, right)]
    int64_t sample_count() const { return static_cast<int64_t>(samples.size()) / kAudioChannels; }
};

// std::nullopt is the end.
class FrameSource {
public:
    virtual ~FrameSource() = default;
    virtual int width_px() const = 0;
    virtual int height_px() const = 0;
    virtual double fps() const = 0;
    virtual int64_t frame_count() const = 0;  // -1 where it is not known beforehand
    virtual Result<std::optional<Frame>> next() = 0;
};

class AudioSource {
public:
    virtual ~AudioSource() = default;
    virtual int64_t sample_count() const = 0;  // stereo pairs, -1 where not known
    virtual Result<std::optional<AudioBlock>> next() = 0;
};

// Set from any thread (a signal handler too); long work looks at it between frames and steps and
// ends with ErrorKind::Cancelled.
class CancelToken {
public:
    void cancel() { flag_.store(true, std::memory_order_relaxed); }
    bool cancelled() const { return flag_.load(std::memory_order_relaxed); }
    Status check() const {
        if (cancelled()) return Error{ErrorKind::Cancelled, "cancelled", {}};
        return {};
    }

private:
    std::atomic<bool> flag_{false};
};

}  // namespace base
