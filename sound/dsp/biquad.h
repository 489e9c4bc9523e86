// Second-order filters and one-pole smoothers; the building blocks of every tone control here.
// Designs: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".
#pragma once

#include <cmath>

#include "base/math/vec.h"
#include "base/signal/source.h"

namespace sound {

constexpr double kRateHz = base::kSampleRateHz;

// Transposed direct form II. Copyable; state starts silent.
class Biquad {
public:
    static Biquad low_pass(double frequency_hz, double q = 0.7071);
    static Biquad high_pass(double frequency_hz, double q = 0.7071);
    // Unit gain at the centre.
    static Biquad band_pass(double frequency_hz, double q);
    static Biquad peak(double frequency_hz, double q, double gain_db);
    static Biquad low_shelf(double frequency_hz, double gain_db);
    static Biquad high_shelf(double frequency_hz, double gain_db);

    float process(float x) {
        const float y = b0_ * x + z1_;
        z1_ = b1_ * x - a1_ * y + z2_;
        z2_ = b2_ * x - a2_ * y;
        return y;
    }
    void process(float* samples, int count) {
        for (int i = 0; i < count; ++i) samples[i] = process(samples[i]);
    }
    // |H| at a frequency, for designs that must hit a value.
    double magnitude(double frequency_hz) const;
    // Takes over another filter's coefficients and keeps the state: sweeps without clicks.
    void retune(const Biquad& design);

private:
    Biquad(double b0, double b1, double b2, double a0, double a1, double a2);
    float b0_, b1_, b2_, a1_, a2_;
    float z1_ = 0, z2_ = 0;
};

// y += k (x - y); k from a -3 dB frequency.
class OnePole {
public:
    explicit OnePole(double frequency_hz = 20000) { set_frequency(frequency_hz); }
    void set_frequency(double frequency_hz) {
        const double f = frequency_hz < 0.45 * kRateHz ? frequency_hz : 0.45 * kRateHz;
        k_ = static_cast<float>(1.0 - std::exp(-2.0 * base::kPi * f / kRateHz));
    }
    float process(float x) { return state_ += k_ * (x - state_); }

private:
    float k_ = 1;
    float state_ = 0;
};

inline double db_to_gain(double db) { return std::pow(10.0, db / 20.0); }
inline double gain_to_db(double gain) { return 20.0 * std::log10(gain > 1e-12 ? gain : 1e-12); }

}  // namespace sound
