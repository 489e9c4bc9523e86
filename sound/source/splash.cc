#include "sound/source/splash.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"

namespace sound {
namespace {

struct Bubble {
    int64_t start = 0;
    double phase = 0, frequency_hz = 0, rise_per_s = 0, amplitude = 0, decay = 0;
};

class Splash : public Source {
public:
    explicit Splash(const SplashSpec& spec) : noise_(spec.seed, 51) {
        base::Rng rng(spec.seed, 52);
        const double size = std::clamp(spec.size_m, 0.005, 3.0);
        const double vigour = std::clamp(splash_amplitude(spec), 0.02, 2.0);
        // The cavity closes after about sqrt(size / g) and leaves one large bubble.
        add(0.35 * std::sqrt(size), std::clamp(0.18 * size, 0.003, 0.06), 0.45, spec.pitch);
        const double lasts = 0.25 + 0.7 * std::min(size, 1.0);
        const int count = static_cast<int>(std::clamp(30 + 160 * vigour, 20.0, 220.0));
        for (int i = 0; i < count; ++i) {
            const double when = 0.01 - lasts * 0.45 * std::log(1 - 0.98 * rng.uniform());
            const double radius = 0.0006 * std::pow(10.0, 1.1 * rng.uniform());
            add(when, radius, 0.10 * std::pow(radius / 0.002, 0.3) * rng.uniform(0.3, 1),
                spec.pitch);
        }
        std::sort(bubbles_.begin(), bubbles_.end(),
                  [](const Bubble& a, const Bubble& b) { return a.start < b.start; });
        slap_tone_ = Biquad::band_pass(std::clamp(260 / size, 250.0, 2500.0) * spec.pitch, 0.5);
        slap_ = 2.4f;
        slap_fade_ = fade(0.025 + 0.05 * std::min(size, 1.0));
        spray_tone_ = Biquad::band_pass(3800 * spec.pitch, 0.5);
        spray_ = static_cast<float>(0.22 * std::min(1.0, 0.3 + vigour));
        spray_fade_ = fade(lasts);
        scale_ = static_cast<float>(splash_amplitude(spec));
    }

    bool render(float* out, int count) override {
        while (next_ < bubbles_.size() && bubbles_[next_].start < at_ + count)
            sounding_.push_back(bubbles_[next_++]);
        for (Bubble& b : sounding_) {
            const auto from = static_cast<int>(std::max<int64_t>(b.start - at_, 0));
            const double fall = std::exp(-b.decay / kRateHz);
            const double faster = 1 + b.rise_per_s / kRateHz;
            for (int i = from; i < count; ++i) {
                out[i] += scale_ * static_cast<float>(b.amplitude * std::sin(b.phase));
                b.phase += 2 * base::kPi * b.frequency_hz / kRateHz;
                b.frequency_hz *= faster;
                b.amplitude *= fall;
            }
        }
        std::erase_if(sounding_,
                      [](const Bubble& b) { return b.amplitude < 1e-4 || b.frequency_hz > 18000; });
        for (int i = 0; i < count; ++i) {
            const float white = static_cast<float>(noise_.uniform() * 2 - 1);
            out[i] +=
                scale_ * (slap_ * slap_tone_.process(white) + spray_ * spray_tone_.process(white));
            slap_ *= slap_fade_;
            spray_ *= spray_fade_;
        }
        at_ += count;
        return next_ < bubbles_.size() || !sounding_.empty() || spray_ > 1e-4f;
    }

    float level() const override { return scale_; }

private:
    static float fade(double t60_s) {
        return static_cast<float>(std::exp(-6.9 / (t60_s * kRateHz)));
    }

    void add(double when_s, double radius_m, double amplitude, double pitch) {
        const double decay = 0.13 / radius_m + 0.0072 * std::pow(radius_m, -1.5);
        bubbles_.push_back({static_cast<int64_t>(when_s * kRateHz), 0,
                            minnaert_hz(radius_m) * pitch, 0.1 * decay * 0.2, amplitude,
                            std::clamp(decay, 18.0, 900.0)});
    }

    std::vector<Bubble> bubbles_, sounding_;
    size_t next_ = 0;
    int64_t at_ = 0;
    base::Rng noise_;
    Biquad slap_tone_ = Biquad::band_pass(800, 0.5), spray_tone_ = Biquad::band_pass(3800, 0.5);
    float slap_ = 0, slap_fade_ = 0, spray_ = 0, spray_fade_ = 0, scale_ = 0;
};

}  // namespace

double minnaert_hz(double radius_m) { return 3.26 / radius_m; }

double splash_amplitude(const SplashSpec& spec) {
    const double energy = std::max(0.5 * spec.mass_kg * spec.speed_mps * spec.speed_mps, 1e-6);
    return 0.30 * std::pow(energy, 0.22);
}

std::unique_ptr<Source> make_splash(const SplashSpec& spec) {
    return std::make_unique<Splash>(spec);
}

}  // namespace sound
