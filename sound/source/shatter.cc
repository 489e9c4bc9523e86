#include "sound/source/shatter.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/modes/body_modes.h"

namespace sound {
namespace {

constexpr int kMostPieces = 40;

// One piece starts to ring after a while.
struct Piece {
    int64_t start = 0;
    float force = 0;
    ResonatorBank bank;
    bool struck = false, done = false;
};

class Shatter : public Source {
public:
    explicit Shatter(const ShatterSpec& spec) : noise_(spec.seed, 41) {
        base::Rng rng(spec.seed, 42);
        const AcousticMaterial& m = *spec.body.material;
        const double size = spec.body.size_m();
        const int wanted = spec.pieces > 0 ? spec.pieces * 2 : static_cast<int>(12 + 40 * size);
        const int count = std::clamp(wanted, 8, kMostPieces);
        for (int i = 0; i < count; ++i) {
            RingBody shard = spec.body;
            // Fragment sizes spread over a decade, small ones most common (Grady & Kipp).
            const double l = size * 0.45 * std::pow(10.0, -rng.uniform());
            shard.form = spec.body.wall_m < 0.2 * size ? RingClass::Plate : RingClass::Block;
            shard.length_m = std::max(l, 0.006);
            shard.width_m = shard.length_m * rng.uniform(0.4, 0.9);
            shard.thickness_m = shard.form == RingClass::Plate
                                    ? std::clamp(spec.body.wall_m, 0.001, 0.5 * shard.width_m)
                                    : shard.width_m * rng.uniform(0.4, 0.9);
            shard.contact_loss += 0.004;
            std::vector<Mode> modes =
                body_modes(shard, {rng.next(), rng.next(), spec.pitch, spec.decay_stretch});
            if (modes.size() > 8) modes.resize(8);
            Piece piece;
            // A third part at once, the rest within some tenths of a second.
            const double when = i == 0          ? 0
                                : i < count / 3 ? rng.uniform(0, 0.012)
                                                : 0.02 - 0.19 * std::log(1 - 0.95 * rng.uniform());
            piece.start = static_cast<int64_t>(when * kRateHz / std::max(spec.pitch, 0.4));
            piece.force = static_cast<float>((i < count / 3 ? 1.0 : 0.8 * std::exp(-1.6 * when)) *
                                             rng.uniform(0.3, 1.0) * m.ring * 0.5);
            piece.bank = ResonatorBank(modes);
            pieces_.push_back(std::move(piece));
        }
        crack_ = static_cast<float>(0.5 + m.grit);
        crack_fade_ = static_cast<float>(std::exp(-3 / ((0.012 + 2 * m.grit_s) * kRateHz)));
        tone_ = Biquad::band_pass(m.grit_hz * spec.pitch, 0.45);
        thump_hz_ = std::clamp(60 / std::max(size, 0.1), 60.0, 500.0);
        const std::vector<Mode> thump{{thump_hz_, 40, 0.35 * (1.2 - m.ring)}};
        body_ = ResonatorBank(thump);
        const double amplitude = shatter_amplitude(spec);
        Shatter probe(*this);
        std::vector<float> heard(2400, 0.f);
        probe.render(heard.data(), 2400);
        float peak = 1e-9f;
        for (const float x : heard) peak = std::max(peak, std::abs(x));
        scale_ = static_cast<float>(amplitude / static_cast<double>(peak));
    }

    bool render(float* out, int count) override {
        std::vector<float> heard(static_cast<size_t>(count), 0.f);
        const float kick = at_ == 0 ? 1.f : 0.f;
        body_.run(&kick, heard.data(), 1);
        body_.run(nullptr, heard.data() + 1, count - 1);
        for (Piece& piece : pieces_) {
            if (piece.done || piece.start >= at_ + count) continue;
            const int from = piece.struck ? 0 : static_cast<int>(piece.start - at_);
            if (!piece.struck) {
                piece.bank.run(&piece.force, heard.data() + from, 1);
                piece.struck = true;
                if (count - from > 1)
                    piece.bank.run(nullptr, heard.data() + from + 1, count - from - 1);
            } else {
                piece.bank.run(nullptr, heard.data(), count);
            }
            piece.done = piece.bank.envelope() < 1e-4f;
        }
        for (int i = 0; i < count; ++i) {
            float x = heard[static_cast<size_t>(i)];
            if (crack_ > 1e-4f) {
                x += crack_ * tone_.process(static_cast<float>(noise_.uniform() * 2 - 1));
                crack_ *= crack_fade_;
            }
            out[i] += scale_ * x;
        }
        at_ += count;
        return crack_ > 1e-4f ||
               std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& p) { return !p.done; });
    }

    float level() const override { return scale_; }

private:
    std::vector<Piece> pieces_;
    ResonatorBank body_;
    base::Rng noise_;
    Biquad tone_ = Biquad::band_pass(1000, 0.5);
    float crack_ = 0, crack_fade_ = 0, scale_ = 1;
    double thump_hz_ = 100;
    int64_t at_ = 0;
};

}  // namespace

double shatter_amplitude(const ShatterSpec& spec) {
    const double energy =
        std::max(0.5 * std::max(spec.impulse_Ns, 0.05) * std::max(spec.speed_mps, 0.5), 0.2);
    return 0.35 * std::sqrt(spec.body.material->loudness) * std::pow(energy, 0.25);
}

std::unique_ptr<Source> make_shatter(const ShatterSpec& spec) {
    return std::make_unique<Shatter>(spec);
}

}  // namespace sound
