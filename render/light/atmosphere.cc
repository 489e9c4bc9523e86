#include "render/light/atmosphere.h"

namespace render {
namespace {

using base::Vec3f;

// Hillaire 2020, table 1.
constexpr double kGround = 6'360'000, kTop = 6'460'000;
const Vec3f kRayleigh{5.802e-6f, 13.558e-6f, 33.1e-6f};
constexpr float kMieScatter = 3.996e-6f, kMieAbsorb = 4.40e-6f;
const Vec3f kOzone{0.650e-6f, 1.881e-6f, 0.085e-6f};
constexpr float kMieG = 0.8f;
constexpr float kPi = 3.14159265f;

struct Medium {
    Vec3f rayleigh;
    float mie;
    Vec3f extinction;
};

Medium medium(double height) {
    const auto rayleigh = static_cast<float>(std::exp(-height / 8000));
    const auto mie = static_cast<float>(std::exp(-height / 1200));
    const auto ozone = static_cast<float>(std::max(0.0, 1 - std::abs(height - 25000) / 15000));
    Medium m;
    m.rayleigh = kRayleigh * rayleigh;
    m.mie = kMieScatter * mie;
    m.extinction = m.rayleigh + kOzone * ozone;
    const float both = (kMieScatter + kMieAbsorb) * mie;
    m.extinction += Vec3f{both, both, both};
    return m;
}

Vec3f exp3(Vec3f v) { return {std::exp(v.x), std::exp(v.y), std::exp(v.z)}; }

double distance_to_top(double radius, double mu) {
    const double b = radius * mu;
    return -b + std::sqrt(std::max(0.0, b * b + kTop * kTop - radius * radius));
}

// Distance to the ground, negative when the ray misses it.
double distance_to_ground(double radius, double mu) {
    const double b = radius * mu, d = b * b - radius * radius + kGround * kGround;
    return d < 0 || mu > 0 ? -1 : -b - std::sqrt(d);
}

float rayleigh_phase(float c) { return 3.f / (16 * kPi) * (1 + c * c); }
// Cornette and Shanks (1992).
float mie_phase(float c) {
    const float g2 = kMieG * kMieG;
    return 3.f / (8 * kPi) * (1 - g2) * (1 + c * c) /
           ((2 + g2) * std::pow(std::max(1e-4f, 1 + g2 - 2 * kMieG * c), 1.5f));
}

}  // namespace

Atmosphere::Atmosphere(Vec3f sun_direction, Vec3f illuminance_lx)
    : sun_(sun_direction), illuminance_(illuminance_lx) {
    for (int h = 0; h < kHeights; ++h) {
        const double t = h / (kHeights - 1.0), height = (kTop - kGround) * t * t;
        for (int a = 0; a < kAngles; ++a) {
            const double mu = -0.2 + 1.2 * a / (kAngles - 1.0), radius = kGround + height;
            Vec3f depth{};
            if (distance_to_ground(radius, mu) > 0) {
                depth = {1e3f, 1e3f, 1e3f};
            } else {
                constexpr int kSteps = 40;
                const double length = distance_to_top(radius, mu);
                for (int s = 0; s < kSteps; ++s) {
                    const double d = length * (s + 0.5) / kSteps;
                    const double r = std::sqrt(radius * radius + d * d + 2 * radius * d * mu);
                    depth += medium(r - kGround).extinction * static_cast<float>(length / kSteps);
                }
            }
            transmittance_[static_cast<size_t>(h * kAngles + a)] = exp3(-depth);
        }
    }
    for (int h = 0; h < kHeights; ++h) {
        const double t = h / (kHeights - 1.0);
        multiple_[static_cast<size_t>(h)] = ground_scatter((kTop - kGround) * t * t, sun_.z);
    }
}

Vec3f Atmosphere::transmittance(double height_m, double mu) const {
    const double h = std::sqrt(std::clamp(height_m / (kTop - kGround), 0.0, 1.0)) * (kHeights - 1);
    const double a = std::clamp((mu + 0.2) / 1.2, 0.0, 1.0) * (kAngles - 1);
    const int h0 = std::min(static_cast<int>(h), kHeights - 2);
    const int a0 = std::min(static_cast<int>(a), kAngles - 2);
    const auto fh = static_cast<float>(h - h0), fa = static_cast<float>(a - a0);
    const auto at = [&](int i, int j) {
        return transmittance_[static_cast<size_t>(i * kAngles + j)];
    };
    return base::lerp(base::lerp(at(h0, a0), at(h0, a0 + 1), fa),
                      base::lerp(at(h0 + 1, a0), at(h0 + 1, a0 + 1), fa), fh);
}

// Second and higher orders as seen from one height: sky light scattered once more, summed as a
// geometric series (Hillaire 2020, equations 5-10).
Vec3f Atmosphere::ground_scatter(double height_m, double sun_mu) const {
    constexpr int kDirections = 48, kSteps = 12;
    Vec3f second{}, share{};
    for (int i = 0; i < kDirections; ++i) {
        const double mu = 1 - 2 * (i + 0.5) / kDirections, radius = kGround + height_m + 10;
        const double to_ground = distance_to_ground(radius, mu);
        const double length = to_ground > 0 ? to_ground : distance_to_top(radius, mu);
        Vec3f through{1, 1, 1};
        for (int s = 0; s < kSteps; ++s) {
            const double d = length * (s + 0.5) / kSteps;
            const double r = std::sqrt(radius * radius + d * d + 2 * radius * d * mu);
            const Medium m = medium(r - kGround);
            const auto step = static_cast<float>(length / kSteps);
            const Vec3f scatter = m.rayleigh + Vec3f{m.mie, m.mie, m.mie};
            const Vec3f here = exp3(m.extinction * -step);
            const Vec3f inside = scatter * (Vec3f{1, 1, 1} - here) /
                                 base::max(m.extinction, Vec3f{1e-12f, 1e-12f, 1e-12f});
            second += through * inside * transmittance(r - kGround, sun_mu) / (4 * kPi);
            share += through * inside;
            through *= here;
        }
        if (to_ground > 0) {
            second += through * transmittance(0, sun_mu) *
                      (0.3f / kPi * static_cast<float>(std::max(0.0, sun_mu)));
        }
    }
    second = second / static_cast<float>(kDirections);
    share = share / static_cast<float>(kDirections);
    return second / base::max(Vec3f{1, 1, 1} - share, Vec3f{0.05f, 0.05f, 0.05f});
}

Vec3f Atmosphere::sky(Vec3f direction) const {
    constexpr int kSteps = 28;
    const double radius = kGround + 50, mu = direction.z;
    const double to_ground = distance_to_ground(radius, mu);
    const double length = to_ground > 0 ? to_ground : distance_to_top(radius, mu);
    const float cosine = dot(direction, sun_);
    const float rayleigh = rayleigh_phase(cosine), mie = mie_phase(cosine);
    Vec3f through{1, 1, 1}, light{};
    double before = 0;
    for (int s = 0; s < kSteps; ++s) {
        // Quadratic steps: dense where the air is.
        const double f = (s + 1.0) / kSteps, after = length * f * f, d = 0.5 * (before + after);
        const auto step = static_cast<float>(after - before);
        before = after;
        const double r = std::sqrt(radius * radius + d * d + 2 * radius * d * mu);
        const double height = r - kGround;
        const double sun_mu = (radius * sun_.z + d * cosine) / r;
        const Medium m = medium(height);
        const Vec3f here = exp3(m.extinction * -step);
        const Vec3f sun = transmittance(height, sun_mu);
        const double h =
            std::sqrt(std::clamp(height / (kTop - kGround), 0.0, 1.0)) * (kHeights - 1);
        const int h0 = std::min(static_cast<int>(h), kHeights - 2);
        const Vec3f again =
            base::lerp(multiple_[static_cast<size_t>(h0)], multiple_[static_cast<size_t>(h0) + 1],
                       static_cast<float>(h - h0));
        const Vec3f source = sun * (m.rayleigh * rayleigh + Vec3f{1, 1, 1} * (m.mie * mie)) +
                             again * (m.rayleigh + Vec3f{m.mie, m.mie, m.mie});
        light += through * source * (Vec3f{1, 1, 1} - here) /
                 base::max(m.extinction, Vec3f{1e-12f, 1e-12f, 1e-12f});
        through *= here;
    }
    return light * illuminance_;
}

}  // namespace render
