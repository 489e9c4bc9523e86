// One strand of a place's background: hum, wind, waves, birds ... Endless, stereo, by seed.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/mix/stage.h"

namespace sound {

class Layer {
public:
    virtual ~Layer() = default;
    // Adds the next `count` samples (at most kBlock).
    virtual void render(StereoBlock& out, int count) = 0;
};

// Pink noise by three one-poles on white (P. Kellet's economy method); rms near 0.25.
class PinkNoise {
public:
    explicit PinkNoise(uint64_t seed) : rng_(seed, 81) {}
    float next() {
        const float white = static_cast<float>(rng_.uniform() * 2 - 1);
        a_ = 0.99765f * a_ + white * 0.0990460f;
        b_ = 0.96300f * b_ + white * 0.2965164f;
        c_ = 0.57000f * c_ + white * 1.0526913f;
        return 0.25f * (a_ + b_ + c_ + white * 0.1848f);
    }

private:
    base::Rng rng_;
    float a_ = 0, b_ = 0, c_ = 0;
};

// Wanders smoothly between random values 0..1, a new goal every `period_s` or so.
class Wander {
public:
    Wander(double period_s, uint64_t seed)
        : rng_(seed, 82), period_s_(period_s), from_(rng_.uniform()), to_(rng_.uniform()) {
        length_ = pick();
    }
    double step(int samples) {
        at_ += samples;
        while (at_ >= length_) {
            at_ -= length_;
            from_ = to_;
            to_ = rng_.uniform();
            length_ = pick();
        }
        const double u = static_cast<double>(at_) / static_cast<double>(length_);
        return from_ + (to_ - from_) * (0.5 - 0.5 * std::cos(base::kPi * u));
    }

private:
    int64_t pick() { return static_cast<int64_t>(period_s_ * rng_.uniform(0.6, 1.5) * kRateHz); }
    base::Rng rng_;
    double period_s_, from_, to_;
    int64_t at_ = 0, length_ = 1;
};

// Levels are rms amplitudes before loudness normalisation.
std::unique_ptr<Layer> noise_bed(double low_hz, double high_hz, double level, double gusts,
                                 uint64_t seed);
std::unique_ptr<Layer> mains_hum(double hum_hz, double level, uint64_t seed);
std::unique_ptr<Layer> wind(double level, uint64_t seed);
std::unique_ptr<Layer> waves(double period_s, double level, uint64_t seed);
std::unique_ptr<Layer> birds(double per_second, double level, uint64_t seed);
std::unique_ptr<Layer> crickets(double level, uint64_t seed);
std::unique_ptr<Layer> traffic(double level, uint64_t seed);
std::unique_ptr<Layer> lapping(double per_second, double level, uint64_t seed);
std::unique_ptr<Layer> rain(double level, uint64_t seed);
std::unique_ptr<Layer> crowd(int talkers, double level, uint64_t seed);
std::unique_ptr<Layer> music(double level, uint64_t seed);

}  // namespace sound
