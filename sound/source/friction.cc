#include "sound/source/friction.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/modes/body_modes.h"

namespace sound {
namespace {

constexpr int kStep = 48;  // 1 ms between looks at the controls
constexpr int kModesEach = 10;
constexpr double kStillMps = 0.015;  // slower is rest: numerical creep of the simulation

// Both bodies while they press on each other: the contact damps what would ring freely.
std::vector<Mode> pressed_modes(const FrictionSpec& spec) {
    std::vector<Mode> all;
    uint64_t seed = spec.seed;
    for (const RingBody* body : {&spec.a, &spec.b}) {
        const double weight = body->material->ring * form_weight(body->form);
        RingBody pressed = *body;
        pressed.contact_loss += 0.02;
        std::vector<Mode> modes = body_modes(pressed, {seed, seed + 1, spec.pitch, 1});
        seed = base::hash_u64(seed);
        if (modes.size() > kModesEach) modes.resize(kModesEach);
        for (Mode& mode : modes) {
            // A steady noise fills a resonance in proportion to its ringing time; even that out.
            mode.gain *= weight * std::sqrt(mode.decay_per_s / kRateHz) * 2.0;
            all.push_back(mode);
        }
    }
    return all;
}

class Friction : public Source {
public:
    explicit Friction(const FrictionSpec& spec)
        : walk_(spec.points),
          bank_(pressed_modes(spec)),
          noise_(spec.seed, 31),
          dark_(Biquad::high_pass(60)) {
        const AcousticMaterial &a = *spec.a.material, &b = *spec.b.material;
        colour_ = Biquad::peak(std::sqrt(a.grit_hz * b.grit_hz) * spec.pitch, 0.7, 7);
        direct_ = static_cast<float>(0.25 + 0.5 * std::max(a.grit, b.grit));
        loudest_ = walk_.loudest();
    }

    bool render(float* out, int count) override {
        std::array<float, kStep> force, heard;
        for (int done = 0; done < count;) {
            const int n = std::min(kStep, count - done);
            const ControlPoint now = walk_.at(at_);
            tone_.set_frequency(now.corner_hz);
            const float grain_chance =
                std::clamp(now.rate_hz / static_cast<float>(kRateHz), 0.f, 1.f);
            // Fewer grains are single knocks, many a hiss of the same power.
            const float grain =
                grain_chance > 0 ? std::min(0.6f / std::sqrt(grain_chance), 6.f) : 0;
            for (int i = 0; i < n; ++i) {
                level_ += 0.002f * (now.level - level_);
                float x = 0.35f * static_cast<float>(noise_.uniform() * 2 - 1);
                if (noise_.uniform() < static_cast<double>(grain_chance))
                    x += grain * static_cast<float>(noise_.uniform() * 2 - 1);
                force[static_cast<size_t>(i)] = level_ * tone_.process(x);
                heard[static_cast<size_t>(i)] = 0;
            }
            bank_.run(force.data(), heard.data(), n);
            for (int i = 0; i < n; ++i)
                out[done + i] +=
                    dark_.process(heard[static_cast<size_t>(i)] +
                                  direct_ * colour_.process(force[static_cast<size_t>(i)]));
            at_ += n;
            done += n;
        }
        return at_ < walk_.end() || bank_.envelope() > 1e-5f;
    }

    float level() const override { return at_ < walk_.end() ? loudest_ : bank_.envelope(); }

private:
    ControlWalk walk_;
    ResonatorBank bank_;
    base::Rng noise_;
    OnePole tone_{1000};
    Biquad colour_ = Biquad::peak(1000, 0.7, 0);
    Biquad dark_;
    float direct_ = 0.3f, level_ = 0, loudest_ = 0;
    int64_t at_ = 0;
};

}  // namespace

ControlPoint friction_point(const RingBody& a, const RingBody& b, double force_N, double slide_mps,
                            double roll_mps) {
    ControlPoint point;
    const AcousticMaterial &ma = *a.material, &mb = *b.material;
    const double rough = std::sqrt(ma.roughness_m * mb.roughness_m);
    // A rolling ball rides over what is finer than its contact patch.
    const double curve =
        std::min(a.radius_m < 5 ? a.radius_m : 1.0, b.radius_m < 5 ? b.radius_m : 1.0);
    const double ridden = rough + 0.03 * std::min(curve, 0.3);
    const bool slides = slide_mps > kStillMps && slide_mps > 0.05 * roll_mps;
    const double speed = slides ? slide_mps : roll_mps;
    if (speed < kStillMps || force_N <= 0) return point;
    // Watts: friction takes about a third of F v, rolling a hundredth.
    const double power = force_N * speed * (slides ? 0.35 : 0.02);
    const double lively = std::sqrt(std::max(ma.loudness, 0.02) * std::max(mb.loudness, 0.02));
    point.level = static_cast<float>(0.06 * lively * std::pow(power, 0.33));
    const double grains = speed / (slides ? rough : ridden);
    point.rate_hz = static_cast<float>(std::clamp(slides ? grains : 0.5 * grains, 5.0, 20000.0));
    point.corner_hz = static_cast<float>(
        std::clamp(slides ? 3.5 * grains : 1.2 * grains, 120.0, slides ? 14000.0 : 5000.0));
    return point;
}

std::unique_ptr<Source> make_friction(const FrictionSpec& spec) {
    return std::make_unique<Friction>(spec);
}

}  // namespace sound
