#include "sound/source/footstep.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/source/impact.h"

namespace sound {
namespace {

struct Sole {
    double contact_s, mass_kg, toe;  // contact time, moving mass, loudness of the toe
};
Sole sole_of(std::string_view shoe) {
    if (shoe == "leather" || shoe == "wood") return {0.0008, 1.5, 0.5};
    if (shoe == "steel") return {0.0004, 1.5, 0.3};
    if (shoe == "skin") return {0.0035, 2.5, 0.8};
    return {0.0022, 2.0, 0.6};
}

class Footstep : public Source {
public:
    explicit Footstep(const StepSpec& spec) : noise_(spec.seed, 71) {
        base::Rng rng(spec.seed, 72);
        const Sole sole = sole_of(spec.shoe);
        BlowSpec blow;
        blow.a.form = RingClass::Soft;
        blow.a.material = &acoustic_material(spec.shoe.empty() ? "rubber" : spec.shoe);
        blow.a.length_m = 0.28, blow.a.mass_kg = sole.mass_kg;
        blow.b = ring_part("floor", spec.floor);
        blow.impulse_Ns = spec.impulse_Ns > 0 ? spec.impulse_Ns : 8;
        blow.closing_speed_mps = 0.6;
        blow.duration_s = sole.contact_s * rng.uniform(0.8, 1.25);
        blow.strike_seed = spec.seed;
        blow.pitch = spec.pitch, blow.decay_stretch = spec.decay_stretch;
        heel_ = make_impact(blow);
        scale_ = static_cast<float>(step_amplitude(spec) / blow_amplitude(blow));
        const bool runs = spec.impulse_Ns > 28;
        toe_start_ = static_cast<int64_t>((runs ? 0.035 : rng.uniform(0.075, 0.11)) * kRateHz);
        blow.impulse_Ns *= sole.toe * sole.toe * sole.toe;
        blow.strike_seed = base::hash_u64(spec.seed);
        blow.duration_s *= 1.3;
        toe_ = make_impact(blow);

        // Loose ground gives way under the whole step: snow crunches, leaves and gravel rustle.
        const AcousticMaterial& floor = *blow.b.material;
        if (floor.grit_s > 0.04) {
            crunch_ = static_cast<float>(step_amplitude(spec) * floor.grit);
            crunch_tone_ = Biquad::band_pass(floor.grit_hz * spec.pitch, 0.8);
            chance_ = floor.name == "snow" ? 0.02 : 0.008;
        }
        expected_ = static_cast<float>(step_amplitude(spec));
    }

    bool render(float* out, int count) override {
        std::vector<float> heard(static_cast<size_t>(count), 0.f);
        if (heel_ && !heel_->render(heard.data(), count)) heel_.reset();
        if (toe_ && at_ + count > toe_start_) {
            const int from = static_cast<int>(std::max<int64_t>(toe_start_ - at_, 0));
            if (!toe_->render(heard.data() + from, count - from)) toe_.reset();
        }
        for (int i = 0; i < count; ++i) out[i] += scale_ * heard[static_cast<size_t>(i)];
        if (crunch_ > 0)
            for (int i = 0; i < count; ++i) {
                // Under the rolling foot for about 0.22 s.
                const double t = static_cast<double>(at_ + i) / (0.22 * kRateHz);
                const float shape = t < 1 ? static_cast<float>(std::sin(base::kPi * t)) : 0.f;
                const float grain =
                    noise_.uniform() < chance_ ? static_cast<float>(noise_.normal()) * 3.f : 0.f;
                const float hiss = static_cast<float>(noise_.uniform() - 0.5);
                out[i] += crunch_ * crunch_tone_.process(shape * (grain + 0.4f * hiss));
            }
        at_ += count;
        return heel_ || toe_ || at_ < static_cast<int64_t>(0.25 * kRateHz);
    }

    float level() const override { return expected_; }

private:
    std::unique_ptr<Source> heel_, toe_;
    int64_t toe_start_ = 0, at_ = 0;
    base::Rng noise_;
    Biquad crunch_tone_ = Biquad::band_pass(1000, 1);
    float crunch_ = 0, expected_ = 0, scale_ = 1;
    double chance_ = 0;
};

}  // namespace

double step_amplitude(const StepSpec& spec) {
    const double impulse = spec.impulse_Ns > 0 ? spec.impulse_Ns : 8;
    return 0.12 * std::sqrt(acoustic_material(spec.floor).loudness) * std::pow(impulse / 8, 0.6);
}

std::unique_ptr<Source> make_footstep(const StepSpec& spec) {
    return std::make_unique<Footstep>(spec);
}

}  // namespace sound
