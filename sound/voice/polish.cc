#include "sound/voice/polish.h"

#include <algorithm>
#include <cmath>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/voice/whisper.h"

namespace sound {
namespace {

// Follows |x| with separate rise and fall times.
class Follower {
public:
    Follower(double rise_s, double fall_s)
        : rise_(static_cast<float>(1 - std::exp(-1 / (rise_s * kRateHz)))),
          fall_(static_cast<float>(1 - std::exp(-1 / (fall_s * kRateHz)))) {}
    float process(float x) {
        const float level = std::abs(x);
        return state_ += (level > state_ ? rise_ : fall_) * (level - state_);
    }

private:
    float rise_, fall_;
    float state_ = 0;
};

// The octave above the synthesiser's limit is made of noise that follows the band below it: it
// returns breath to s, t, f and leaves vowels alone.
void add_air(std::vector<float>& samples, double limit_hz) {
    Biquad below = Biquad::high_pass(0.55 * limit_hz), below2 = below;
    Biquad above = Biquad::high_pass(0.93 * limit_hz), above2 = above;
    OnePole top(1.7 * limit_hz);
    Follower follow(0.001, 0.012);
    base::Rng noise(0x616972ull);
    for (float& x : samples) {
        const float level = follow.process(below2.process(below.process(x)));
        const float hiss = static_cast<float>(noise.uniform() * 2 - 1);
        x += 0.9f * top.process(above2.process(above.process(hiss * level)));
    }
}

// Turns down the band around 6.5 kHz where it rises above the rest of the voice.
void de_ess(std::vector<float>& samples) {
    Biquad band = Biquad::band_pass(6500, 1.2);
    Follower hiss(0.001, 0.030), voice(0.010, 0.200);
    for (float& x : samples) {
        const float s = band.process(x);
        const float ratio = hiss.process(s) / (voice.process(x) * 0.55f + 1e-4f);
        if (ratio > 1) x -= s * std::min(1 - 1 / ratio, 0.7f);
    }
}

void compress(std::vector<float>& samples, float threshold, float ratio) {
    Follower level(0.004, 0.120);
    for (float& x : samples) {
        const float l = level.process(x);
        if (l > threshold) x *= std::pow(l / threshold, 1 / ratio - 1);
    }
}

// Rms of the louder half of 20 ms frames: pauses do not count.
double speaking_level(const std::vector<float>& samples) {
    std::vector<double> frames;
    for (size_t start = 0; start + 960 <= samples.size(); start += 960) {
        double energy = 0;
        for (size_t i = start; i < start + 960; ++i)
            energy += static_cast<double>(samples[i]) * samples[i];
        frames.push_back(energy / 960);
    }
    if (frames.empty()) return 0;
    std::sort(frames.begin(), frames.end());
    double sum = 0;
    const size_t from = frames.size() / 2;
    for (size_t i = from; i < frames.size(); ++i) sum += frames[i];
    return std::sqrt(sum / static_cast<double>(frames.size() - from));
}

void scale_to(std::vector<float>& samples, double level) {
    const double now = speaking_level(samples);
    if (now <= 1e-6) return;
    const float gain = static_cast<float>(level / now);
    for (float& x : samples) x *= gain;
}

}  // namespace

void polish(std::vector<float>& samples, const Polish& how) {
    if (how.manner == Manner::Whisper) whisper(samples);
    scale_to(samples, 0.12);
    add_air(samples, how.band_limit_hz);

    std::vector<Biquad> tone{Biquad::high_pass(how.male ? 75 : 110)};
    if (how.manner == Manner::Whisper) {
        tone.push_back(Biquad::high_pass(320));
        tone.push_back(Biquad::low_shelf(500, -8));
    } else {
        tone.push_back(Biquad::peak(how.male ? 180 : 240, 0.9, 2));  // body
        tone.push_back(Biquad::peak(450, 1.0, -2.5));                // boxiness of vocoders
        tone.push_back(Biquad::peak(3000, 0.6, 4.5));                // presence
    }
    if (how.manner == Manner::Shout) {
        tone.push_back(Biquad::peak(1600, 0.8, 5));
        tone.push_back(Biquad::low_shelf(300, -4));
    }
    for (Biquad& filter : tone) filter.process(samples.data(), static_cast<int>(samples.size()));
    de_ess(samples);
    compress(samples, 0.12f, how.manner == Manner::Shout ? 3.5f : 2.2f);
    scale_to(samples, how.manner == Manner::Whisper ? 0.06
                      : how.manner == Manner::Shout ? 0.20
                                                    : 0.12);
    // Peaks bend instead of breaking.
    for (float& x : samples)
        if (std::abs(x) > 0.6f)
            x = std::copysign(0.6f + 0.34f * std::tanh((std::abs(x) - 0.6f) / 0.34f), x);
    const size_t edge = std::min<size_t>(240, samples.size() / 2);
    for (size_t i = 0; i < edge; ++i) {
        const float fade = static_cast<float>(i) / static_cast<float>(edge);
        samples[i] *= fade;
        samples[samples.size() - 1 - i] *= fade;
    }
}

}  // namespace sound
