// What lives in a place: birds, crickets, people far away, traffic.
#include <algorithm>
#include <array>
#include <vector>

#include "sound/ambience/layer.h"

namespace sound {
namespace {

// A phrase of two to seven whistled notes, each a glide with a little trill; birds have their own
// pitch, place and phrase.
class Birds : public Layer {
public:
    Birds(double per_second, double level, uint64_t seed)
        : rng_(seed, 86), rate_(per_second), level_(level * 3) {}
    void render(StereoBlock& out, int count) override {
        if (rng_.uniform() < rate_ * count / kRateHz) sing();
        for (Note& n : notes_) {
            for (int i = 0; i < count; ++i, ++n.at) {
                if (n.at < 0 || n.at >= n.length) continue;
                const double u = static_cast<double>(n.at) / n.length;
                const double f = n.from_hz + (n.to_hz - n.from_hz) * u +
                                 n.trill_hz * std::sin(2 * base::kPi * 26 * n.at / kRateHz);
                n.phase += 2 * base::kPi * f / kRateHz;
                const double shape = std::sin(base::kPi * u);
                const double x = level_ * n.loud * shape * shape *
                                 (std::sin(n.phase) + 0.12 * std::sin(2 * n.phase));
                out.left[i] += static_cast<float>(x * (1 - n.side));
                out.right[i] += static_cast<float>(x * n.side);
            }
        }
        std::erase_if(notes_, [](const Note& n) { return n.at >= n.length; });
    }

private:
    struct Note {
        int at, length;
        double from_hz, to_hz, trill_hz, loud, side, phase;
    };
    void sing() {
        const double base_hz = rng_.uniform(2300, 5200), side = rng_.uniform(0.1, 0.9);
        const double loud = std::pow(rng_.uniform(0.2, 1), 1.5);
        const double slide = rng_.uniform(-900, 900);
        const int notes = 2 + static_cast<int>(rng_.below(6));
        int when = 0;
        for (int k = 0; k < notes; ++k) {
            const int length = static_cast<int>(rng_.uniform(0.045, 0.14) * kRateHz);
            const double f = base_hz * rng_.uniform(0.9, 1.15);
            notes_.push_back({-when, length, f, f + slide * rng_.uniform(0.6, 1.2),
                              rng_.uniform() < 0.3 ? 180.0 : 0.0, loud, side, 0});
            when += length + static_cast<int>(rng_.uniform(0.02, 0.11) * kRateHz);
        }
    }
    base::Rng rng_;
    double rate_, level_;
    std::vector<Note> notes_;
};

class Crickets : public Layer {
public:
    Crickets(double level, uint64_t seed) : level_(level * 2) {
        base::Rng rng(seed, 87);
        for (Cricket& c : crickets_)
            c = {rng.uniform(4100, 4900), rng.uniform(1.6, 2.6), rng.uniform(0, 1),
                 rng.uniform(0.1, 0.9),   rng.uniform(0.2, 1),   0};
    }
    void render(StereoBlock& out, int count) override {
        for (Cricket& c : crickets_)
            for (int i = 0; i < count; ++i) {
                c.turn += c.chirps_per_s / kRateHz;
                if (c.turn >= 1) c.turn -= 1;
                // Three pulses of a chirp in the first third of the turn.
                const double p = c.turn * 9;
                c.phase += 2 * base::kPi * c.tone_hz / kRateHz;
                if (p >= 3) continue;
                const double shape = std::sin(base::kPi * (p - std::floor(p)));
                const double x = level_ * c.loud * shape * std::sin(c.phase);
                out.left[i] += static_cast<float>(x * (1 - c.side));
                out.right[i] += static_cast<float>(x * c.side);
            }
        for (Cricket& c : crickets_) c.phase = std::fmod(c.phase, 2 * base::kPi);
    }

private:
    struct Cricket {
        double tone_hz, chirps_per_s, turn, side, loud, phase;
    };
    std::array<Cricket, 4> crickets_;
    double level_;
};

// Unintelligible talk: a buzz per person through two wandering formants, in syllables.
class Crowd : public Layer {
public:
    Crowd(int talkers, double level, uint64_t seed)
        : rng_(seed, 88), far_(noise_bed(250, 1800, 0.5 * level, 0.25, seed + 5)) {
        for (int k = 0; k < talkers; ++k) {
            Talker t;
            t.pitch_hz = rng_.uniform() < 0.5 ? rng_.uniform(95, 140) : rng_.uniform(170, 240);
            t.side = rng_.uniform(0.05, 0.95);
            t.loud = rng_.uniform(0.3, 1) * 2.2 * level / std::sqrt(static_cast<double>(talkers));
            t.left_samples = static_cast<int>(rng_.below(9600));
            talkers_.push_back(t);
        }
    }
    void render(StereoBlock& out, int count) override {
        far_->render(out, count);
        for (Talker& t : talkers_) {
            t.left_samples -= count;
            if (t.left_samples <= 0) syllable(t);
            for (int i = 0; i < count; ++i) {
                t.phase += t.pitch_hz * t.bend / kRateHz;
                if (t.phase >= 1) t.phase -= 1;
                t.level += 0.0012f * (t.goal - t.level);
                const float buzz = static_cast<float>(1 - 2 * t.phase);
                const float x = t.level * (t.one.process(buzz) + 0.6f * t.two.process(buzz));
                out.left[i] += x * static_cast<float>(1 - t.side);
                out.right[i] += x * static_cast<float>(t.side);
            }
        }
    }

private:
    struct Talker {
        double pitch_hz = 120, bend = 1, side = 0.5, loud = 1, phase = 0;
        Biquad one = Biquad::band_pass(500, 4), two = Biquad::band_pass(1500, 5);
        float level = 0, goal = 0;
        int left_samples = 0;
    };
    void syllable(Talker& t) {
        t.left_samples = static_cast<int>(rng_.uniform(0.09, 0.24) * kRateHz);
        const bool pause = rng_.uniform() < 0.28;
        t.goal = pause ? 0.f : static_cast<float>(t.loud * rng_.uniform(0.3, 1));
        if (pause) t.left_samples *= 2;
        t.bend = rng_.uniform(0.85, 1.25);
        t.one.retune(Biquad::band_pass(rng_.uniform(300, 750), 4));
        t.two.retune(Biquad::band_pass(rng_.uniform(900, 2100), 5));
    }
    base::Rng rng_;
    std::unique_ptr<Layer> far_;
    std::vector<Talker> talkers_;
};

// A city's far roar, and now and then a car that comes and goes.
class Traffic : public Layer {
public:
    Traffic(double level, uint64_t seed)
        : rng_(seed, 89),
          roar_(noise_bed(45, 420, 0.9 * level, 0.25, seed + 5)),
          noise_(seed + 6),
          level_(static_cast<float>(level * 5)) {
        length_s_ = 6;
        t_s_ = rng_.uniform(0, 4);
    }
    void render(StereoBlock& out, int count) override {
        roar_->render(out, count);
        t_s_ += count / kRateHz;
        if (t_s_ > length_s_ + gap_s_) {
            t_s_ = 0;
            length_s_ = rng_.uniform(5, 9);
            gap_s_ = rng_.uniform(1, 6);
            to_right_ = rng_.uniform() < 0.5;
            loud_ = rng_.uniform(0.3, 0.9);
        }
        const double u = std::min(t_s_ / length_s_, 1.0);
        const double near = std::pow(std::sin(base::kPi * u), 3);
        const double side = to_right_ ? u : 1 - u;
        tyre_.retune(Biquad::band_pass(500 + 500 * near - 120 * u, 0.6));
        const float gain = level_ * static_cast<float>(loud_ * near);
        for (int i = 0; i < count; ++i) {
            gain_ += 0.001f * (gain - gain_);
            const float x = gain_ * tyre_.process(noise_.next());
            out.left[i] += x * static_cast<float>(1 - side);
            out.right[i] += x * static_cast<float>(side);
        }
    }

private:
    base::Rng rng_;
    std::unique_ptr<Layer> roar_;
    PinkNoise noise_;
    Biquad tyre_ = Biquad::band_pass(600, 0.6);
    double t_s_, length_s_, gap_s_ = 3, loud_ = 0.5;
    bool to_right_ = true;
    float level_, gain_ = 0;
};

}  // namespace

std::unique_ptr<Layer> birds(double per_second, double level, uint64_t seed) {
    return std::make_unique<Birds>(per_second, level, seed);
}
std::unique_ptr<Layer> crickets(double level, uint64_t seed) {
    return std::make_unique<Crickets>(level, seed);
}
std::unique_ptr<Layer> crowd(int talkers, double level, uint64_t seed) {
    return std::make_unique<Crowd>(talkers, level, seed);
}
std::unique_ptr<Layer> traffic(double level, uint64_t seed) {
    return std::make_unique<Traffic>(level, seed);
}

}  // namespace sound
