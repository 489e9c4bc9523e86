// Beds of air and machines: noise beds, wind, hum.
#include <algorithm>
#include <array>

#include "sound/ambience/layer.h"

namespace sound {
namespace {

class NoiseBed : public Layer {
public:
    NoiseBed(double low_hz, double high_hz, double level, double gusts, uint64_t seed)
        : noise_{PinkNoise(seed), PinkNoise(seed + 1)},
          low_{Biquad::high_pass(low_hz), Biquad::high_pass(low_hz)},
          high_{Biquad::low_pass(high_hz), Biquad::low_pass(high_hz)},
          wander_(3.5, seed + 2),
          level_(static_cast<float>(level * 5)),
          gusts_(gusts) {}
    void render(StereoBlock& out, int count) override {
        const float gain =
            level_ * static_cast<float>(1 - gusts_ + 2 * gusts_ * wander_.step(count));
        for (int i = 0; i < count; ++i) {
            gain_ += 0.002f * (gain - gain_);
            out.left[i] += gain_ * high_[0].process(low_[0].process(noise_[0].next()));
            out.right[i] += gain_ * high_[1].process(low_[1].process(noise_[1].next()));
        }
    }

private:
    std::array<PinkNoise, 2> noise_;
    std::array<Biquad, 2> low_, high_;
    Wander wander_;
    float level_, gain_ = 0;
    double gusts_;
};

// Gusts sweep two resonances of whatever the wind passes.
class Wind : public Layer {
public:
    Wind(double level, uint64_t seed)
        : noise_{PinkNoise(seed), PinkNoise(seed + 1)},
          strength_(4.0, seed + 2),
          flutter_(0.7, seed + 3),
          level_(static_cast<float>(level * 5)) {}
    void render(StereoBlock& out, int count) override {
        const double s = 0.8 * strength_.step(count) + 0.2 * flutter_.step(count);
        for (int side = 0; side < 2; ++side) {
            const double lean = side == 0 ? 1.0 : 1.07;
            howl_[side].retune(Biquad::band_pass((240 + 420 * s) * lean, 1.6));
            body_[side].retune(Biquad::low_pass(180 + 700 * s * s));
        }
        const float gain = level_ * static_cast<float>(0.25 + 1.3 * s * s);
        for (int i = 0; i < count; ++i) {
            gain_ += 0.001f * (gain - gain_);
            for (int side = 0; side < 2; ++side) {
                const float x = noise_[side].next();
                const float y =
                    gain_ * (0.9f * body_[side].process(x) + 0.9f * howl_[side].process(x));
                (side == 0 ? out.left : out.right)[i] += y;
            }
        }
    }

private:
    std::array<PinkNoise, 2> noise_;
    std::array<Biquad, 2> howl_{Biquad::band_pass(300, 1.6), Biquad::band_pass(300, 1.6)};
    std::array<Biquad, 2> body_{Biquad::low_pass(300), Biquad::low_pass(300)};
    Wander strength_, flutter_;
    float level_, gain_ = 0;
};

// Lamps, compressors, ventilators: harmonics of the mains that drift a little against each other.
class MainsHum : public Layer {
public:
    MainsHum(double hum_hz, double level, uint64_t seed) : level_(static_cast<float>(level)) {
        base::Rng rng(seed, 83);
        constexpr double kShares[kPartials] = {0.8, 1.0, 0.35, 0.45, 0.2, 0.25, 0.12, 0.1};
        for (int k = 0; k < kPartials; ++k) {
            step_[k] = 2 * base::kPi * hum_hz * (k + 1) * (1 + 0.0004 * rng.normal()) / kRateHz;
            phase_[k] = rng.uniform(0, 2 * base::kPi);
            share_[k] = kShares[k] * rng.uniform(0.6, 1.2);
            side_[k] = rng.uniform(-0.5, 0.5);
        }
    }
    void render(StereoBlock& out, int count) override {
        for (int k = 0; k < kPartials; ++k) {
            const float l = level_ * static_cast<float>(share_[k] * (1 - side_[k]));
            const float r = level_ * static_cast<float>(share_[k] * (1 + side_[k]));
            // A phasor turned by multiplication: one sine per block and partial.
            double re = std::cos(phase_[k]), im = std::sin(phase_[k]);
            const double c = std::cos(step_[k]), s = std::sin(step_[k]);
            for (int i = 0; i < count; ++i) {
                out.left[i] += l * static_cast<float>(im);
                out.right[i] += r * static_cast<float>(im);
                const double next = re * c - im * s;
                im = re * s + im * c;
                re = next;
            }
            phase_[k] = std::fmod(phase_[k] + step_[k] * count, 2 * base::kPi);
        }
    }

private:
    static constexpr int kPartials = 8;
    std::array<double, kPartials> step_, phase_, share_, side_;
    float level_;
};

}  // namespace

std::unique_ptr<Layer> noise_bed(double low_hz, double high_hz, double level, double gusts,
                                 uint64_t seed) {
    return std::make_unique<NoiseBed>(low_hz, high_hz, level, gusts, seed);
}
std::unique_ptr<Layer> wind(double level, uint64_t seed) {
    return std::make_unique<Wind>(level, seed);
}
std::unique_ptr<Layer> mains_hum(double hum_hz, double level, uint64_t seed) {
    return std::make_unique<MainsHum>(hum_hz, level, seed);
}

}  // namespace sound
