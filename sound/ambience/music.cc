// A gentle score: a pad that breathes through four chords and a sparse piano above it.
//
// Chords come from one of three calm progressions in a key by seed; piano notes are chord tones of
// the octave above, on a slow grid, never two the same in a row. Equal temperament, A4 = 440 Hz.
#include <algorithm>
#include <array>
#include <vector>

#include "sound/ambience/layer.h"

namespace sound {
namespace {

constexpr double kBar_s = 4.0;
using Chord = std::array<int, 4>;  // semitones above the key note
constexpr std::array<std::array<Chord, 4>, 3> kProgressions{{
    {{{0, 7, 12, 16}, {-3, 4, 12, 16}, {-7, 5, 9, 16}, {-5, 7, 11, 14}}},  // I vi IV7 V
    {{{0, 7, 11, 16}, {-7, 5, 9, 12}, {-3, 4, 7, 12}, {-7, 0, 9, 14}}},    // Imaj7 IV vi IVadd9
    {{{-3, 4, 12, 16}, {-7, 5, 9, 16}, {0, 7, 12, 16}, {-5, 2, 11, 14}}},  // vi IV I V
}};

double hertz(double semitones_from_a4) { return 440 * std::pow(2.0, semitones_from_a4 / 12); }

class Music : public Layer {
public:
    Music(double level, uint64_t seed) : rng_(seed, 90), level_(level) {
        key_ = static_cast<int>(rng_.below(7)) - 12 - 9 + 3;  // around C3 .. G3
        chords_ = &kProgressions[rng_.below(3)];
        begin_chord();
    }
    void render(StereoBlock& out, int count) override {
        for (int i = 0; i < count; ++i) {
            if (clock_ % static_cast<int64_t>(kBar_s * kRateHz) == 0 && clock_ > 0) begin_chord();
            if (clock_ % static_cast<int64_t>(0.5 * kRateHz) == 0) maybe_note();
            ++clock_;
        }
        for (Tone& t : pad_) play(t, out, count);
        for (Tone& t : piano_) play(t, out, count);
        std::erase_if(pad_, [](const Tone& t) { return t.falling && t.level < 1e-6; });
        std::erase_if(piano_, [](const Tone& t) { return t.level < 1e-6; });
    }

private:
    struct Tone {
        double hz = 220, phase = 0, level = 0, goal = 0, rate = 1e-5, side = 0.5, bright = 0;
        bool falling = false;
    };
    void begin_chord() {
        for (Tone& t : pad_) t.goal = 0, t.falling = true;
        for (const int step : (*chords_)[bar_ % 4])
            for (int voice = 0; voice < 2; ++voice) {
                Tone t;
                t.hz = hertz(key_ + step) * (voice == 0 ? 0.9987 : 1.0013);
                t.goal = (voice == 0 ? 0.36 : 0.20) * level_;
                t.rate = 1 / (0.9 * kRateHz);
                t.side = voice == 0 ? 0.2 : 0.8;
                t.bright = 0.25;
                t.phase = rng_.uniform(0, 6.28);
                pad_.push_back(t);
            }
        ++bar_;
    }
    void maybe_note() {
        const bool strong = clock_ % static_cast<int64_t>(2 * kRateHz) == 0;
        if (rng_.uniform() > (strong ? 0.75 : 0.33)) return;
        const Chord& chord = (*chords_)[(bar_ + 3) % 4];
        int step = chord[1 + rng_.below(3)] + 12;
        if (step == last_) step = chord[rng_.below(4)] + 24;
        last_ = step;
        const double f = hertz(key_ + step);
        const double loud = level_ * rng_.uniform(0.55, 1.0);
        // A struck string: partials slightly sharp, high ones short.
        for (int k = 1; k <= 6; ++k) {
            Tone t;
            t.hz = f * k * std::sqrt(1 + 0.0004 * k * k);
            t.level = 1.3 * loud / (k * (1 + 0.35 * k));
            t.goal = 0;
            t.rate = (0.7 + 0.55 * k) * (f / 400) / kRateHz;
            t.side = std::clamp(0.5 + 0.25 * std::log2(f / 400), 0.25, 0.75);
            piano_.push_back(t);
        }
    }
    static void play(Tone& t, StereoBlock& out, int count) {
        // A turning phasor, set right once a block.
        const double step = 2 * base::kPi * t.hz / kRateHz;
        const double c = std::cos(step), d = std::sin(step);
        double re = std::cos(t.phase), im = std::sin(t.phase);
        for (int i = 0; i < count; ++i) {
            t.level += t.rate * (t.goal - t.level);
            const double x = t.level * (im + t.bright * im * std::abs(im));
            const double next = re * c - im * d;
            im = re * d + im * c;
            re = next;
            out.left[i] += static_cast<float>(x * (1 - t.side));
            out.right[i] += static_cast<float>(x * t.side);
        }
        t.phase = std::fmod(t.phase + step * count, 2 * base::kPi);
    }
    base::Rng rng_;
    double level_;
    int key_ = 0, last_ = -99;
    size_t bar_ = 0;
    int64_t clock_ = 0;
    const std::array<Chord, 4>* chords_;
    std::vector<Tone> pad_, piano_;
};

}  // namespace

std::unique_ptr<Layer> music(double level, uint64_t seed) {
    return std::make_unique<Music>(level, seed);
}

}  // namespace sound
