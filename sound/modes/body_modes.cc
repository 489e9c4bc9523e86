#include "sound/modes/body_modes.h"

#include <algorithm>
#include <cmath>

#include "base/core/random.h"
#include "sound/modes/mode_formulas.h"

namespace sound {
namespace {

using base::kPi;
constexpr double kAirSpeedMps = 343.2;

struct Family {
    std::vector<double> frequencies_hz;
    std::vector<double> lent_hz{};  // fainter partials beside the family proper
    bool doublets = false;          // round bodies: each mode twice, slightly apart: beats
    double slope = -0.35;           // gain ~ (f / f1)^slope beyond what contact time takes away
    double extra_decay_per_s = 2;
};

Family family_of(const RingBody& b) {
    const AcousticMaterial& m = *b.material;
    switch (b.form) {
        case RingClass::SolidBall: {
            Family f{solid_sphere_frequencies_hz(m, b.radius_m, 9)};
            f.slope = -0.6;
            // Licence: a solid metal ball below 15 cm has no mode that can be heard, yet everybody
            // expects steel to sing. Partials of a thick shell of twice its radius are lent to it;
            // they follow the same 1/size law down to 10 cm, below that only a^-0.15, or they too
            // would leave the audible range: a cradle's balls borrow them from their frame.
            if (m.loss_factor < 2e-3 && m.ring >= 0.95 && m.density_kgpm3 > 2600) {
                const double lender =
                    2 * b.radius_m * std::pow(std::min(b.radius_m / 0.05, 1.0), -0.85);
                for (double lent : shell_sphere_frequencies_hz(m, lender, 0.15 * lender, 5))
                    f.lent_hz.push_back(lent);
            }
            return f;
        }
        case RingClass::AirBall: {
            // Skin on an air spring: a low thump by mass and pressure, then the cavity's modes.
            // 80-150 Hz for a basketball; scales as 1/radius.
            Family f;
            const double thump = 108 * 0.12 / b.radius_m;
            f.frequencies_hz = {thump, 1.62 * thump, 2.4 * thump, 3.5 * thump};
            for (double a : air_sphere_frequencies_hz(b.radius_m, 3)) f.frequencies_hz.push_back(a);
            f.slope = -0.5;
            f.extra_decay_per_s = 22;
            return f;
        }
        case RingClass::ShellBall:
            return {shell_sphere_frequencies_hz(m, b.radius_m, b.wall_m, 10), {}, true};
        case RingClass::Rod: {
            Family f{bar_frequencies_hz(m, b.length_m, b.thickness_m / std::sqrt(12.0), 10)};
            if (b.width_m > 1.3 * b.thickness_m)
                for (double w : bar_frequencies_hz(m, b.length_m, b.width_m / std::sqrt(12.0), 6))
                    f.frequencies_hz.push_back(w);
            return f;
        }
        case RingClass::Tube: {
            const double inner = std::max(b.radius_m - b.wall_m, 0.0);
            const double gyration = std::hypot(b.radius_m, inner) / 2;
            Family f{bar_frequencies_hz(m, b.length_m, gyration, 10), {}, true};
            for (double r : ring_frequencies_hz(m, b.radius_m, b.wall_m / std::sqrt(12.0), 3))
                f.frequencies_hz.push_back(r);
            return f;
        }
        case RingClass::Plate:
            return {free_plate_frequencies_hz(m, b.length_m, b.width_m, b.thickness_m, 20)};
        case RingClass::Disc: {
            // Dished discs (cymbals, gongs, plates) are thinner than their bounding box.
            const double h = std::min(b.thickness_m, std::max(b.wall_m * 2, 0.012 * b.radius_m));
            return {disc_frequencies_hz(m, b.radius_m, h, 14), {}, true};
        }
        case RingClass::Ring:
            return {ring_frequencies_hz(m, b.radius_m, b.thickness_m / 4, 9), {}, true};
        case RingClass::Bell: {
            Family f{bell_frequencies_hz(m, 2 * b.radius_m, 12), {}, true};
            f.slope = -0.25;
            f.extra_decay_per_s = 0.6;
            return f;
        }
        case RingClass::Vessel: {
            Family f{vessel_frequencies_hz(m, b.radius_m, b.length_m, b.wall_m, 8), {}, true};
            f.slope = -0.2;
            return f;
        }
        case RingClass::Box: {
            Family f{held_plate_frequencies_hz(m, b.length_m, b.width_m, b.wall_m * 2, 12)};
            for (double s : held_plate_frequencies_hz(m, b.width_m, b.thickness_m, b.wall_m * 2, 6))
                f.frequencies_hz.push_back(s);
            // Air inside: the lowest standing wave.
            f.frequencies_hz.push_back(kAirSpeedMps / (2 * b.length_m));
            f.slope = -0.5;
            f.extra_decay_per_s = 6;
            return f;
        }
        case RingClass::Drum: {
            Family f{membrane_frequencies_hz(40.0 / b.radius_m, 12)};
            f.slope = -0.6;
            f.extra_decay_per_s = 7;
            return f;
        }
        case RingClass::Figurine: {
            // Limbs as stubby bars around a block: two bars of different length.
            Family f{bar_frequencies_hz(m, 0.8 * b.length_m, 0.25 * b.thickness_m, 6)};
            for (double s : bar_frequencies_hz(m, 0.45 * b.length_m, 0.1 * b.thickness_m, 6))
                f.frequencies_hz.push_back(s);
            return f;
        }
        case RingClass::Block: {
            // A stubby beam in its three planes; Timoshenko's slowing matters most here.
            const double r = 1 / std::sqrt(12.0);
            Family f{bar_frequencies_hz(m, b.length_m, b.thickness_m * r, 6)};
            for (double s : bar_frequencies_hz(m, b.length_m, b.width_m * r, 4))
                f.frequencies_hz.push_back(s);
            for (double s : bar_frequencies_hz(m, b.width_m, b.thickness_m * r, 3))
                f.frequencies_hz.push_back(s);
            f.extra_decay_per_s = 8;
            return f;
        }
        case RingClass::Soft: {
            // A lump of flesh: one or two heavily damped bulges, lower for larger bodies.
            const double low = std::clamp(70 * std::pow(0.5 / b.length_m, 0.4), 45.0, 260.0);
            Family f{{low, 1.7 * low, 2.9 * low}};
            f.slope = -1;
            f.extra_decay_per_s = 30;
            return f;
        }
        case RingClass::Floor: {
            Family f{held_plate_frequencies_hz(m, b.length_m, b.width_m, b.thickness_m, 20)};
            f.slope = -0.4;
            f.extra_decay_per_s = 18;
            return f;
        }
        case RingClass::Panel: {
            Family f{held_plate_frequencies_hz(m, b.length_m, b.width_m, b.thickness_m, 24)};
            f.slope = -0.4;
            f.extra_decay_per_s = 8;
            return f;
        }
        case RingClass::Sheet:
        case RingClass::String:
        case RingClass::Liquid: return {};
    }
    return {};
}

// Of floors and panels only the patch around the blow moves in one phase.
double radiating_size_m(const RingBody& body) {
    const bool large = body.form == RingClass::Floor || body.form == RingClass::Panel;
    return large ? std::min(body.size_m(), 0.35) : body.size_m();
}

// Small sources radiate low tones badly: monopole-like high-pass at ka = 1.
double radiation(double frequency_hz, double size_m) {
    const double ka = kPi * frequency_hz * size_m / kAirSpeedMps;
    return ka * ka / (1 + ka * ka);
}

}  // namespace

double form_weight(RingClass form) {
    switch (form) {
        case RingClass::Bell: return 1.0;
        case RingClass::Vessel: return 0.9;
        case RingClass::Disc: return 0.9;
        case RingClass::ShellBall: return 0.8;
        case RingClass::Plate: return 0.8;
        case RingClass::Rod: return 0.75;
        case RingClass::Tube: return 0.85;
        case RingClass::Ring: return 0.8;
        case RingClass::Drum: return 1.0;
        case RingClass::AirBall: return 0.9;
        case RingClass::Box: return 0.8;
        case RingClass::Figurine: return 0.9;
        case RingClass::Block: return 0.65;
        case RingClass::SolidBall: return 0.45;
        case RingClass::Panel: return 0.55;
        case RingClass::Floor: return 0.40;
        case RingClass::Soft: return 0.5;
        default: return 0;
    }
}

std::vector<Mode> body_modes(const RingBody& body, const Blow& blow) {
    const Family family = family_of(body);
    if (family.frequencies_hz.empty()) return {};
    const AcousticMaterial& m = *body.material;
    // Skins over air are damped by the air's flow and the bladder, not by the skin's bulk.
    const double eta = body.form == RingClass::AirBall ? 0.07 : m.loss_factor + body.contact_loss;

    std::vector<double> frequencies = family.frequencies_hz;
    std::sort(frequencies.begin(), frequencies.end());
    const size_t proper = frequencies.size();
    frequencies.insert(frequencies.end(), family.lent_hz.begin(), family.lent_hz.end());
    base::Rng own(blow.body_seed, 11);
    base::Rng strike(blow.strike_seed, 12);
    const double place = strike.uniform(0.12, 0.88);
    const double around = strike.uniform(0, 2 * kPi);
    const double first = frequencies.front();

    std::vector<Mode> modes;
    double energy = 0;
    for (size_t k = 0; k < frequencies.size(); ++k) {
        // No two bodies are quite alike; the lowest tone keeps the formula's value.
        const double mistuned = k == 0 ? 1 : 1 + 0.006 * (own.uniform() - 0.5);
        const double split = 0.0005 + 0.0015 * own.uniform();
        const double f = frequencies[k] * mistuned;
        const double shape = 0.25 + 0.75 * std::abs(std::sin(kPi * (k + 1.0) * place));
        const double sign = strike.uniform() < 0.5 ? -1 : 1;
        const double lent = k < proper ? 1 : 0.3;
        const double gain = sign * lent * shape * std::pow(std::max(f / first, 1.0), family.slope) *
                            (0.03 + radiation(f, radiating_size_m(body)));
        const double decay =
            (kPi * f * eta * (1 + f / 9000) + family.extra_decay_per_s) / blow.decay_stretch;
        const int copies = family.doublets ? 2 : 1;
        for (int copy = 0; copy < copies; ++copy) {
            const double angle = around * (static_cast<double>(k) + 2);
            const double share = copies == 1 ? 1
                                 : copy == 0 ? std::abs(std::cos(angle))
                                             : std::abs(std::sin(angle));
            const double detune = copies == 1 ? 1 : 1 + (copy == 0 ? -split : split);
            const Mode mode{f * detune * blow.pitch, decay, gain * (0.15 + 0.85 * share)};
            if (mode.frequency_hz > 20000 || mode.frequency_hz < 20) continue;
            energy += mode.gain * mode.gain;
            modes.push_back(mode);
        }
    }
    const double scale = energy > 0 ? 1 / std::sqrt(energy) : 0;
    for (Mode& mode : modes) mode.gain *= scale;
    std::sort(modes.begin(), modes.end(),
              [](const Mode& a, const Mode& b) { return a.frequency_hz < b.frequency_hz; });
    return modes;
}

}  // namespace sound
