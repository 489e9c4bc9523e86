// Streams cut and put together: what the tasks on pictures and sound are made of.
#pragma once

#include <cmath>
#include <vector>

#include "base/signal/source.h"

namespace studio {

// The first sample that is heard with picture `frame`.
inline int64_t sample_at(int64_t frame, double fps) {
    return std::llround(static_cast<double>(frame) * base::kSampleRateHz / fps);
}

// Samples first .. end-1 of a source, with silence where it has none.
class SoundSpan final : public base::AudioSource {
public:
    SoundSpan(base::AudioSource& source, int64_t first, int64_t end)
        : source_(source), first_(first), end_(end) {}
    int64_t sample_count() const override { return end_ - first_; }
    base::Result<std::optional<base::AudioBlock>> next() override;

private:
    base::AudioSource& source_;
    int64_t first_, end_;
    int64_t given_ = 0;
    bool over_ = false;
};

// `before` (interleaved stereo), then a source. Both fade over 10 ms where they meet: no click.
class SoundAfter final : public base::AudioSource {
public:
    SoundAfter(const std::vector<float>& before, base::AudioSource& source)
        : before_(before), source_(source) {}
    int64_t sample_count() const override {
        const int64_t after = source_.sample_count();
        return after < 0 ? -1 : lead() + after;
    }
    base::Result<std::optional<base::AudioBlock>> next() override;

private:
    int64_t lead() const { return static_cast<int64_t>(before_.size()) / base::kAudioChannels; }

    const std::vector<float>& before_;
    base::AudioSource& source_;
    int64_t given_ = 0;
};

}  // namespace studio
