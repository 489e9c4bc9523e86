#include "sound/source/pulse.h"

#include <algorithm>
#include <cmath>

#include "sound/dsp/biquad.h"

namespace sound {
namespace {

// Radius of curvature where it touches: balls their own, all else an edge or corner.
double contact_radius_m(const RingBody& body) {
    switch (body.form) {
        case RingClass::SolidBall:
        case RingClass::AirBall:
        case RingClass::ShellBall: return body.radius_m;
        case RingClass::Floor:
        case RingClass::Panel: return 10;
        default: return std::clamp(0.1 * body.length_m, 0.002, 0.05);
    }
}

double modulus_pa(const RingBody& body) {
    const AcousticMaterial& m = *body.material;
    double e = youngs_modulus_pa(m) / (1 - m.poisson_ratio * m.poisson_ratio);
    // A gas spring is far softer than its skin: contact of a basketball lasts about 16 ms
    // (Cross 1999, Am. J. Phys. 67, 222), felt as a slap of a third of that.
    if (body.form == RingClass::AirBall) e = std::min(e, 1.5e6);
    return e;
}

}  // namespace

double contact_time_s(const RingBody& a, const RingBody& b, double closing_speed_mps) {
    const double mass = 1 / (1 / a.mass_kg + 1 / b.mass_kg);
    const double radius = 1 / (1 / contact_radius_m(a) + 1 / contact_radius_m(b));
    const double modulus = 1 / (1 / modulus_pa(a) + 1 / modulus_pa(b));
    const double speed = std::max(closing_speed_mps, 0.05);
    const double t = 2.87 * std::pow(mass * mass / (radius * modulus * modulus * speed), 0.2);
    return std::clamp(t, 20e-6, 8e-3);
}

std::vector<float> force_pulse(double duration_s) {
    const double length = duration_s * kRateHz;
    const int count = std::max(1, static_cast<int>(std::ceil(length)));
    std::vector<float> pulse(static_cast<size_t>(count));
    // The mean of the half sine over each sample; exact for any length.
    const auto integral = [&](double n) {
        return (1 - std::cos(base::kPi * std::min(n / length, 1.0))) / 2;
    };
    for (int n = 0; n < count; ++n)
        pulse[static_cast<size_t>(n)] = static_cast<float>(integral(n + 1.0) - integral(n));
    return pulse;
}

double blow_energy_J(const RingBody& a, const RingBody& b, double impulse_Ns,
                     double closing_speed_mps) {
    const double mass = 1 / (1 / a.mass_kg + 1 / b.mass_kg);
    const double impulse = std::max(impulse_Ns, 0.0);
    const double speed =
        closing_speed_mps > 0 ? closing_speed_mps : std::min(impulse / std::max(mass, 1e-4), 20.0);
    return std::max(0.5 * impulse * speed, 1e-7);
}

}  // namespace sound
