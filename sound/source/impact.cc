#include "sound/source/impact.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/modes/body_modes.h"
#include "sound/source/pulse.h"

namespace sound {
namespace {

constexpr double kAirSpeedMps = 343.2;
constexpr int kProbe = 720;  // 15 ms: long enough to see any component's peak

bool pushes_air(const RingBody& body) {
    switch (body.form) {
        case RingClass::Floor:
        case RingClass::Panel:
        case RingClass::String:
        case RingClass::Sheet:
        case RingClass::Soft: return false;
        default: return true;
    }
}

double peak_of(const std::vector<float>& samples) {
    double peak = 0;
    for (const float s : samples) peak = std::max(peak, std::abs(double(s)));
    return peak;
}

// Loudest modes first in line when there are too many; order of frequency is kept.
void keep_loudest(std::vector<Mode>& modes, double pulse_s, int most) {
    const auto weight = [&](const Mode& m) {
        const double x = m.frequency_hz * pulse_s;
        return std::abs(m.gain) / (1 + 4 * x * x);
    };
    double top = 0;
    for (const Mode& m : modes) top = std::max(top, weight(m));
    std::erase_if(modes, [&](const Mode& m) { return weight(m) < 0.002 * top; });
    while (static_cast<int>(modes.size()) > most)
        modes.erase(std::min_element(modes.begin(), modes.end(), [&](const Mode& x, const Mode& y) {
            return weight(x) < weight(y);
        }));
}

class Impact : public Source {
public:
    explicit Impact(const BlowSpec& blow) : noise_(blow.strike_seed, 21) {
        double pulse_s = blow.duration_s > 0
                             ? std::clamp(blow.duration_s, 20e-6, 8e-3)
                             : contact_time_s(blow.a, blow.b, blow.closing_speed_mps);
        // The skin of a ball meets the floor faster than the air inside gives way.
        if (blow.a.form == RingClass::AirBall || blow.b.form == RingClass::AirBall)
            pulse_s = std::min(pulse_s, 0.0025);
        pulse_ = force_pulse(pulse_s / std::max(blow.pitch, 0.25));

        std::vector<Mode> modes = ring(blow.a, blow.b, blow.body_seed_a, blow, pulse_s);
        const std::vector<Mode> others = ring(blow.b, blow.a, blow.body_seed_b, blow, pulse_s);
        modes.insert(modes.end(), others.begin(), others.end());
        add_thump(blow, modes);
        for (const RingBody* body : {&blow.a, &blow.b})
            if (pushes_air(*body)) add_click(*body, body == &blow.a ? blow.b : blow.a, blow, modes);
        bank_ = ResonatorBank(modes);
        add_grit(blow, pulse_s);
        add_debris(blow);
        scale_to(blow_amplitude(blow));
    }

    bool render(float* out, int count) override {
        for (int done = 0; done < count;) {
            const int left = static_cast<int>(pulse_.size()) - at_;
            const int n = left > 0 ? std::min(left, count - done) : count - done;
            bank_.run(left > 0 ? pulse_.data() + at_ : nullptr, out + done, n);
            if (left > 0) at_ += n;
            done += n;
        }
        if (grit_ > 1e-6f)
            for (int i = 0; i < count; ++i) {
                out[i] += grit_tone_.process(
                    grit_low_.process(static_cast<float>(noise_.uniform() * 2 - 1) * grit_));
                grit_ *= grit_fade_;
            }
        if (debris_ > 1e-5f)
            for (int i = 0; i < count; ++i) {
                out[i] +=
                    debris_tone_.process(static_cast<float>(noise_.uniform() * 2 - 1) * debris_);
                debris_ *= debris_fade_;
            }
        return level() > 2e-6f || at_ < static_cast<int>(pulse_.size());
    }

    float level() const override {
        return std::max(at_ == 0 ? expected_ : 0.f, bank_.envelope() + 2 * grit_ + debris_);
    }

private:
    std::vector<Mode> ring(const RingBody& body, const RingBody& other, uint64_t seed,
                           const BlowSpec& blow, double pulse_s) const {
        // Light things hardly move floors and heavy things.
        const double drive = std::pow(
            other.mass_kg / (other.mass_kg + 0.01 * body.mass_kg / (1 + 0.003 * body.mass_kg)),
            0.4);
        const double weight = body.material->ring * form_weight(body.form) * drive;
        if (weight <= 0) return {};
        std::vector<Mode> modes =
            body_modes(body, {seed, blow.strike_seed ^ seed, blow.pitch, blow.decay_stretch});
        keep_loudest(modes, pulse_s, blow.most_modes);
        if (modes.empty()) return modes;
        scale_peak(modes, weight);
        return modes;
    }

    // Brings what the pulse wakes to `weight`, but a soft blow on a hard thing stays dull: no more
    // than 12 dB are given back of what the pulse took.
    void scale_peak(std::vector<Mode>& modes, double weight) const {
        ResonatorBank probe(modes);
        std::vector<float> heard(kProbe, 0.f);
        std::vector<float> force(kProbe, 0.f);
        std::copy_n(pulse_.begin(), std::min<size_t>(pulse_.size(), kProbe), force.begin());
        probe.run(force.data(), heard.data(), kProbe);
        const double peak = std::max(peak_of(heard), 0.25);
        for (Mode& mode : modes) mode.gain *= weight / peak;
    }

    // The ground and what stands on it give a little under heavy things.
    void add_thump(const BlowSpec& blow, std::vector<Mode>& modes) const {
        const bool floor = blow.a.form == RingClass::Floor || blow.b.form == RingClass::Floor ||
                           blow.a.form == RingClass::Panel || blow.b.form == RingClass::Panel;
        if (!floor) return;
        const double mass = std::min(blow.a.mass_kg, blow.b.mass_kg);
        const double weight = 0.16 * std::sqrt(mass / (mass + 3));
        const double f = std::clamp(95 * std::pow(std::max(mass, 0.05), -0.12), 55.0, 140.0);
        std::vector<Mode> thump{{f * blow.pitch, 38, 1}};
        scale_peak(thump, weight);
        modes.push_back(thump[0]);
    }

    void add_click(const RingBody& body, const RingBody& other, const BlowSpec& blow,
                   std::vector<Mode>& modes) const {
        const double hard = std::min(body.material->ring, 0.3 + other.material->ring);
        const double radius =
            body.form == RingClass::SolidBall || body.form == RingClass::AirBall ||
                    body.form == RingClass::ShellBall
                ? body.radius_m
                : 0.4 * std::cbrt(body.length_m * body.width_m * body.thickness_m);
        const double share = body.form == RingClass::SolidBall ? 0.9 : 0.35;
        const double f = std::clamp(kAirSpeedMps / (2 * base::kPi * radius), 140.0, 7500.0);
        std::vector<Mode> click{{f * blow.pitch, 0.9 * 2 * base::kPi * f * blow.pitch, 1}};
        scale_peak(click, share * hard);
        modes.push_back(click[0]);
    }

    void add_grit(const BlowSpec& blow, double pulse_s) {
        const AcousticMaterial &a = *blow.a.material, &b = *blow.b.material;
        const double total = a.grit + b.grit + 1e-9;
        // Soft partners cover the hard one's brightness; a long blow has no high noise.
        const double hz = std::pow(a.grit_hz, a.grit / total) * std::pow(b.grit_hz, b.grit / total);
        const double seconds = (a.grit * a.grit_s + b.grit * b.grit_s) / total;
        const double top = std::clamp(6 / pulse_s, 900.0, 16000.0);
        const double centre = std::min(hz, top) * std::clamp(blow.pitch, 0.5, 2.0);
        grit_tone_ = Biquad::band_pass(centre, 0.6);
        grit_low_ = Biquad::low_pass(std::min(2.5 * centre, 18000.0));
        grit_ = static_cast<float>(2.4 * std::max({a.grit, b.grit, 0.12}));
        grit_fade_ = static_cast<float>(
            std::exp(-3.0 / (std::max(seconds, 0.002) * blow.decay_stretch * kRateHz)));
    }

    // Heavy blows on stone, brick and the like go on in crumbs and dust for some tenths.
    void add_debris(const BlowSpec& blow) {
        const double energy =
            blow_energy_J(blow.a, blow.b, blow.impulse_Ns, blow.closing_speed_mps);
        const double loose = std::max(blow.a.material->grit, blow.b.material->grit);
        if (energy < 20 || loose < 0.4) return;
        debris_ = static_cast<float>(0.5 * loose);
        debris_fade_ = static_cast<float>(
            std::exp(-6.9 / (0.25 * std::log10(energy) * blow.decay_stretch * kRateHz)));
    }

    // All parts together peak at `amplitude`.
    void scale_to(double amplitude) {
        Impact probe(*this);
        std::vector<float> heard(kProbe, 0.f);
        probe.expected_ = 1;
        probe.render(heard.data(), kProbe);
        const double peak = peak_of(heard);
        const float scale = static_cast<float>(peak > 0 ? amplitude / peak : 0);
        for (float& f : pulse_) f *= scale;
        grit_ *= scale;
        debris_ *= scale;
        expected_ = static_cast<float>(amplitude);
    }

    std::vector<float> pulse_;
    int at_ = 0;
    ResonatorBank bank_;
    base::Rng noise_;
    Biquad grit_tone_ = Biquad::band_pass(1000, 0.6);
    Biquad grit_low_ = Biquad::low_pass(10000);
    Biquad debris_tone_ = Biquad::low_pass(900);
    float grit_ = 0, grit_fade_ = 0;
    float debris_ = 0, debris_fade_ = 0;
    float expected_ = 0;
};

}  // namespace

double blow_amplitude(const BlowSpec& blow) {
    const double energy = blow_energy_J(blow.a, blow.b, blow.impulse_Ns, blow.closing_speed_mps);
    const double lively = std::sqrt(std::max(blow.a.material->loudness, 0.02) *
                                    std::max(blow.b.material->loudness, 0.02));
    return 0.35 * lively * std::pow(energy, 0.3);
}

std::unique_ptr<Source> make_impact(const BlowSpec& blow) { return std::make_unique<Impact>(blow); }

}  // namespace sound
