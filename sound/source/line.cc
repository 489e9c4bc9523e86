#include "sound/source/line.h"

#include <algorithm>
#include <cmath>

#include "sound/dsp/biquad.h"

namespace sound {
namespace {

constexpr float kVoiceGain = 0.55f;

class Line : public Source {
public:
    explicit Line(std::vector<float> samples) : samples_(std::move(samples)) {}
    bool render(float* out, int count) override {
        const int n =
            static_cast<int>(std::min<size_t>(static_cast<size_t>(count), samples_.size() - at_));
        for (int i = 0; i < n; ++i) out[i] += samples_[at_ + static_cast<size_t>(i)];
        at_ += static_cast<size_t>(n);
        return at_ < samples_.size();
    }
    float level() const override { return 1; }

private:
    std::vector<float> samples_;
    size_t at_ = 0;
};

}  // namespace

PlacedSource make_line(const VoiceClip& clip) {
    PlacedSource placed;
    placed.source = std::make_unique<Line>(clip.samples);
    placed.start_sample = std::llround(clip.start_s * kRateHz);
    placed.position = clip.position;
    placed.gain = kVoiceGain;
    placed.pan_width = clip.off_screen ? 0.f : 0.5f;
    placed.distance_exponent = clip.off_screen ? 0.f : 0.35f;
    placed.reverb_send = clip.off_screen ? 0.f : 0.7f;
    placed.essential = true;
    return placed;
}

}  // namespace sound
