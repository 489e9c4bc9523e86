// Waves on a beach, water that laps at a wall, rain.
#include <algorithm>
#include <array>
#include <vector>

#include "sound/ambience/layer.h"

namespace sound {
namespace {

// Each wave swells, breaks bright, and hisses back over the sand; two overlap.
class Waves : public Layer {
public:
    Waves(double period_s, double level, uint64_t seed)
        : rng_(seed, 84),
          noise_{PinkNoise(seed), PinkNoise(seed + 1)},
          level_(static_cast<float>(level * 6)) {
        for (int k = 0; k < 2; ++k) {
            waves_[k].length_s = period_s * rng_.uniform(0.9, 1.2);
            waves_[k].t_s = waves_[k].length_s * (k * 0.5 + 0.1);
        }
        period_s_ = period_s;
    }
    void render(StereoBlock& out, int count) override {
        double rumble = 0, hiss = 0, side = 0;
        for (Wave& w : waves_) {
            w.t_s += count / kRateHz;
            if (w.t_s > w.length_s)
                w = {0, period_s_ * rng_.uniform(0.8, 1.3), rng_.uniform(0.5, 1),
                     rng_.uniform(-0.4, 0.4)};
            const double u = w.t_s / w.length_s;
            // Breaks at 40 %, runs out until the end.
            const double swell = u < 0.4 ? std::pow(u / 0.4, 3) : std::exp(-4 * (u - 0.4));
            rumble += w.size * swell;
            hiss += w.size *
                    (u < 0.38 ? 0 : std::min((u - 0.38) / 0.06, 1.0) * std::exp(-3.2 * (u - 0.4)));
            side += w.side * w.size * swell;
        }
        const float low = level_ * static_cast<float>(0.12 + rumble);
        const float high = level_ * static_cast<float>(0.12 + 2.4 * hiss);
        const std::array<float, 2> pan{static_cast<float>(1 - side), static_cast<float>(1 + side)};
        for (int i = 0; i < count; ++i) {
            low_ += 0.0008f * (low - low_);
            high_ += 0.0008f * (high - high_);
            for (int c = 0; c < 2; ++c) {
                const float x = noise_[c].next();
                const float y = 0.6f * low_ * deep_[c].process(body_[c].process(x)) +
                                high_ * foam_[c].process(x);
                (c == 0 ? out.left : out.right)[i] += pan[c] * y;
            }
        }
    }

private:
    struct Wave {
        double t_s = 0, length_s = 8, size = 0.8, side = 0;
    };
    base::Rng rng_;
    std::array<PinkNoise, 2> noise_;
    std::array<Biquad, 2> body_{Biquad::low_pass(650), Biquad::low_pass(650)};
    std::array<Biquad, 2> deep_{Biquad::high_pass(110), Biquad::high_pass(110)};
    std::array<Biquad, 2> foam_{Biquad::band_pass(2000, 0.35), Biquad::band_pass(2000, 0.35)};
    std::array<Wave, 2> waves_;
    double period_s_ = 8;
    float level_, low_ = 0, high_ = 0;
};

// Short sine drops: bubbles of lapping water, and rain on puddles.
class Drops {
public:
    explicit Drops(uint64_t seed) : rng_(seed, 85) {}
    void render(StereoBlock& out, int count, double per_second, double low_hz, double high_hz,
                double amplitude) {
        for (double expected = per_second * count / kRateHz; expected > 0; expected -= 1) {
            if (rng_.uniform() >= expected || drops_.size() > 60) continue;
            const double f = low_hz * std::pow(high_hz / low_hz, rng_.uniform());
            const double side = rng_.uniform();
            const double a = amplitude * std::pow(rng_.uniform(), 2.0);
            drops_.push_back({static_cast<int>(rng_.below(static_cast<uint32_t>(count))), 0, f,
                              60 + 0.09 * f, a * (1 - side), a * side});
        }
        for (Drop& d : drops_) {
            const double fall = std::exp(-d.decay / kRateHz);
            for (int i = d.wait; i < count; ++i) {
                const double s = std::sin(d.phase);
                out.left[i] += static_cast<float>(d.left * s);
                out.right[i] += static_cast<float>(d.right * s);
                d.phase += 2 * base::kPi * d.frequency_hz / kRateHz;
                d.frequency_hz *= 1 + 3.0 / kRateHz;
                d.left *= fall;
                d.right *= fall;
            }
            d.wait = 0;
        }
        std::erase_if(drops_, [](const Drop& d) { return d.left + d.right < 1e-6; });
    }

private:
    struct Drop {
        int wait;
        double phase, frequency_hz, decay, left, right;
    };
    base::Rng rng_;
    std::vector<Drop> drops_;
};

class Lapping : public Layer {
public:
    Lapping(double per_second, double level, uint64_t seed)
        : drops_(seed),
          bed_(noise_bed(150, 900, 0.35 * level, 0.6, seed + 1)),
          swell_(1.6, seed + 2),
          rate_(per_second),
          level_(level) {}
    void render(StereoBlock& out, int count) override {
        const double s = swell_.step(count);
        bed_->render(out, count);
        drops_.render(out, count, rate_ * 2 * s * s, 280, 1300, 6 * level_);
    }

private:
    Drops drops_;
    std::unique_ptr<Layer> bed_;
    Wander swell_;
    double rate_, level_;
};

class Rain : public Layer {
public:
    Rain(double level, uint64_t seed)
        : drops_(seed),
          far_(noise_bed(500, 9000, 0.8 * level, 0.12, seed + 1)),
          low_(noise_bed(90, 500, 0.3 * level, 0.2, seed + 2)),
          level_(level) {}
    void render(StereoBlock& out, int count) override {
        far_->render(out, count);
        low_->render(out, count);
        drops_.render(out, count, 140, 1200, 7000, 3 * level_);
    }

private:
    Drops drops_;
    std::unique_ptr<Layer> far_, low_;
    double level_;
};

}  // namespace

std::unique_ptr<Layer> waves(double period_s, double level, uint64_t seed) {
    return std::make_unique<Waves>(period_s, level, seed);
}
std::unique_ptr<Layer> lapping(double per_second, double level, uint64_t seed) {
    return std::make_unique<Lapping>(per_second, level, seed);
}
std::unique_ptr<Layer> rain(double level, uint64_t seed) {
    return std::make_unique<Rain>(level, seed);
}

}  // namespace sound
