#include "sound/dsp/biquad.h"

#include <algorithm>
#include <complex>

namespace sound {
namespace {

struct Angle {
    double cosine, alpha;
};

Angle angle_of(double frequency_hz, double q) {
    const double f = std::clamp(frequency_hz, 1.0, 0.49 * kRateHz);
    const double w = 2.0 * base::kPi * f / kRateHz;
    return {std::cos(w), std::sin(w) / (2.0 * q)};
}

}  // namespace

Biquad::Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    : b0_(static_cast<float>(b0 / a0)),
      b1_(static_cast<float>(b1 / a0)),
      b2_(static_cast<float>(b2 / a0)),
      a1_(static_cast<float>(a1 / a0)),
      a2_(static_cast<float>(a2 / a0)) {}

Biquad Biquad::low_pass(double frequency_hz, double q) {
    const auto [c, a] = angle_of(frequency_hz, q);
    return {(1 - c) / 2, 1 - c, (1 - c) / 2, 1 + a, -2 * c, 1 - a};
}

Biquad Biquad::high_pass(double frequency_hz, double q) {
    const auto [c, a] = angle_of(frequency_hz, q);
    return {(1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + a, -2 * c, 1 - a};
}

Biquad Biquad::band_pass(double frequency_hz, double q) {
    const auto [c, a] = angle_of(frequency_hz, q);
    return {a, 0, -a, 1 + a, -2 * c, 1 - a};
}

Biquad Biquad::peak(double frequency_hz, double q, double gain_db) {
    const auto [c, a] = angle_of(frequency_hz, q);
    const double g = std::pow(10.0, gain_db / 40.0);
    return {1 + a * g, -2 * c, 1 - a * g, 1 + a / g, -2 * c, 1 - a / g};
}

Biquad Biquad::low_shelf(double frequency_hz, double gain_db) {
    const auto [c, a] = angle_of(frequency_hz, 0.7071);
    const double g = std::pow(10.0, gain_db / 40.0), s = 2 * std::sqrt(g) * a;
    return {g * ((g + 1) - (g - 1) * c + s), 2 * g * ((g - 1) - (g + 1) * c),
            g * ((g + 1) - (g - 1) * c - s), (g + 1) + (g - 1) * c + s,
            -2 * ((g - 1) + (g + 1) * c),    (g + 1) + (g - 1) * c - s};
}

Biquad Biquad::high_shelf(double frequency_hz, double gain_db) {
    const auto [c, a] = angle_of(frequency_hz, 0.7071);
    const double g = std::pow(10.0, gain_db / 40.0), s = 2 * std::sqrt(g) * a;
    return {g * ((g + 1) + (g - 1) * c + s), -2 * g * ((g - 1) + (g + 1) * c),
            g * ((g + 1) + (g - 1) * c - s), (g + 1) - (g - 1) * c + s,
            2 * ((g - 1) - (g + 1) * c),     (g + 1) - (g - 1) * c - s};
}

double Biquad::magnitude(double frequency_hz) const {
    const std::complex<double> z = std::polar(1.0, -2.0 * base::kPi * frequency_hz / kRateHz);
    return std::abs((double(b0_) + double(b1_) * z + double(b2_) * z * z) /
                    (1.0 + double(a1_) * z + double(a2_) * z * z));
}

void Biquad::retune(const Biquad& design) {
    b0_ = design.b0_;
    b1_ = design.b1_;
    b2_ = design.b2_;
    a1_ = design.a1_;
    a2_ = design.a2_;
}

}  // namespace sound
