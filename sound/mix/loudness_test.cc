#include "sound/mix/loudness.h"

#include <ebur128.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/core/random.h"
#include "base/math/vec.h"

namespace sound {
namespace {

using Pairs = std::vector<float>;

// The independent judge: libebur128 on what play() gives.
struct Verdict {
    double lufs = 0, true_peak_db = 0;
    Pairs pairs;
};

Verdict normalised(const Pairs& input, const LoudnessTarget& target = {}) {
    auto spool = LoudnessSpool::create(target).value();
    for (size_t at = 0; at < input.size(); at += 9600) {
        base::AudioBlock block;
        block.first_sample = static_cast<int64_t>(at / 2);
        block.samples.assign(
            input.begin() + static_cast<std::ptrdiff_t>(at),
            input.begin() + static_cast<std::ptrdiff_t>(std::min(at + 9600, input.size())));
        spool->add(block).value();
    }
    Verdict out;
    auto source = spool->play().value();
    EXPECT_EQ(source->sample_count(), static_cast<int64_t>(input.size() / 2));
    for (;;) {
        auto block = source->next().value();
        if (!block) break;
        EXPECT_EQ(block->first_sample, static_cast<int64_t>(out.pairs.size() / 2));
        out.pairs.insert(out.pairs.end(), block->samples.begin(), block->samples.end());
    }
    EXPECT_EQ(out.pairs.size(), input.size());
    ebur128_state* state = ebur128_init(2, 48000, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(state, out.pairs.data(), out.pairs.size() / 2);
    ebur128_loudness_global(state, &out.lufs);
    double left = 0, right = 0;
    ebur128_true_peak(state, 0, &left);
    ebur128_true_peak(state, 1, &right);
    ebur128_destroy(&state);
    out.true_peak_db = 20 * std::log10(std::max({left, right, 1e-9}));
    return out;
}

Pairs noise(double seconds, double amplitude) {
    base::Rng rng(7);
    Pairs out;
    for (int i = 0; i < static_cast<int>(seconds * 48000); ++i)
        for (int c = 0; c < 2; ++c)
            out.push_back(static_cast<float>(amplitude * (rng.uniform() * 2 - 1)));
    return out;
}

// A click of a few milliseconds every `every_s` and its answer from the room (T60 0.5 s, 30 dB
// lower), over a faint floor of noise.
Pairs clicks(double seconds, double every_s, double amplitude) {
    Pairs out = noise(seconds, 1e-4);
    for (double t = 0.5; t < seconds - 0.1; t += every_s) {
        const auto first = static_cast<size_t>(t * 48000);
        base::Rng room(5);
        for (size_t i = 0; i < 24000 && 2 * (first + i) + 1 < out.size(); ++i) {
            const double x =
                amplitude *
                (std::exp(-static_cast<double>(i) / 150) * std::sin(0.35 * static_cast<double>(i)) +
                 0.03 * room.normal() * std::exp(-static_cast<double>(i) * 2.9e-4));
            out[2 * (first + i)] += static_cast<float>(x);
            out[2 * (first + i) + 1] += static_cast<float>(x);
        }
    }
    return out;
}

TEST(Loudness, NoiseOfAnyLevelComesToTheTarget) {
    for (const double amplitude : {0.02, 0.3, 3.0}) {
        const Verdict v = normalised(noise(3, amplitude));
        EXPECT_NEAR(v.lufs, -16, 0.5) << amplitude;
        EXPECT_LE(v.true_peak_db, -1.0) << amplitude;
    }
}

TEST(Loudness, SharpClicksReachTheTargetUnderTheTruePeakLimit) {
    for (const double every_s : {0.4, 1.5, 10.0}) {
        const Verdict v = normalised(clicks(5, every_s, 0.5));
        EXPECT_NEAR(v.lufs, -16, 1.0) << every_s;
        EXPECT_LE(v.true_peak_db, -1.0) << every_s;
    }
}

TEST(Loudness, FasterThanSampleRatePeaksAreSeen) {
    // A quarter-rate sine between its samples peaks 3 dB above them.
    Pairs tone;
    for (int i = 0; i < 48000 * 2; ++i) {
        const float x = static_cast<float>(0.05 * std::sin(base::kPi / 2 * i + base::kPi / 4));
        tone.push_back(x);
        tone.push_back(i > 48000 ? x : 0);
    }
    LoudnessTarget loud;
    loud.integrated_lufs = -2;
    EXPECT_LE(normalised(tone, loud).true_peak_db, -1.0);
}

TEST(Loudness, SilenceStaysSilence) {
    const Verdict v = normalised(Pairs(96000, 0.f));
    for (const float x : v.pairs) ASSERT_EQ(x, 0.f);
}

TEST(Loudness, RoomToneIsNotBlownUp) {
    const Verdict v = normalised(noise(3, 3e-4));
    EXPECT_LT(v.lufs, -30);
}

TEST(Loudness, AClickIsNotFollowedByAHole) {
    // The noise just after a limited click keeps its level: no pumping.
    Pairs input = clicks(3, 10, 0.9);
    const Pairs floor = noise(3, 0.02);
    for (size_t i = 0; i < input.size(); ++i) input[i] += floor[i];
    const Pairs out = normalised(input).pairs;
    const auto level = [&](double from_s, double length_s) {
        double energy = 0;
        const auto first = static_cast<size_t>(from_s * 48000) * 2;
        const auto count = static_cast<size_t>(length_s * 48000) * 2;
        for (size_t i = first; i < first + count; ++i) energy += double(out[i]) * out[i];
        return 10 * std::log10(energy / static_cast<double>(count));
    };
    EXPECT_GT(level(0.60, 0.05), level(0.30, 0.15) - 1.5);
}

TEST(Loudness, ShortAndEmptyFilms) {
    EXPECT_EQ(normalised({}).pairs.size(), 0u);
    EXPECT_EQ(normalised(noise(0.05, 0.1)).pairs.size(), 4800u);
}

TEST(Loudness, PlaysTwiceAlike) {
    auto spool = LoudnessSpool::create().value();
    spool->add({0, noise(0.5, 0.2)}).value();
    auto a = spool->play().value(), b = spool->play().value();
    for (;;) {
        auto x = a->next().value(), y = b->next().value();
        ASSERT_EQ(x.has_value(), y.has_value());
        if (!x) break;
        ASSERT_EQ(x->samples, y->samples);
    }
    EXPECT_NEAR(spool->measured_lufs(), -16, 0.3);
}

TEST(Loudness, AnUnwritableFolderIsAnErrorThatNamesIt) {
    const char* before = std::getenv("TMPDIR");
    const std::string kept = before ? before : "";
    setenv("TMPDIR", "/nonexistent-folder", 1);
    const auto spool = LoudnessSpool::create();
    if (before) setenv("TMPDIR", kept.c_str(), 1);
    else unsetenv("TMPDIR");
    ASSERT_FALSE(spool.ok());
    EXPECT_NE(spool.error().where.find("/nonexistent-folder"), std::string::npos);
}

}  // namespace
}  // namespace sound
