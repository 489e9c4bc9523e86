#include "neural/engine/sound.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

tensor::Tensor tone(int64_t n, double hz, int64_t rate) {
    tensor::Tensor t({1, 2, n});
    for (int64_t i = 0; i < n; ++i) {
        t.f32()[i] = static_cast<float>(
            0.5 * std::sin(2 * M_PI * hz * static_cast<double>(i) / static_cast<double>(rate)));
        t.f32()[n + i] = -t.f32()[i];
    }
    return t;
}

TEST(Sound, ResamplesATone) {
    for (const int64_t rate : {16000, 24000, 44100, 48000, 96000}) {
        const auto out = neural::to_stereo_48k(tone(rate / 4, 1000, rate), rate);
        ASSERT_EQ(out.size(), 24000u) << rate;
        for (int64_t i = 2000; i < 10000; ++i) {
            const double want = 0.5 * std::sin(2 * M_PI * 1000 * static_cast<double>(i) / 48000);
            ASSERT_NEAR(out[static_cast<size_t>(2 * i)], want, 1e-3) << rate << " " << i;
            ASSERT_NEAR(out[static_cast<size_t>(2 * i + 1)], -want, 1e-3);
        }
    }
}

TEST(Sound, MonoIsHeardOnBothSidesAndNoiseStaysInRange) {
    tensor::Tensor mono({1, 1, 3});
    mono.f32()[0] = 2;
    mono.f32()[1] = NAN;
    mono.f32()[2] = -0.25f;
    EXPECT_EQ(neural::to_stereo_48k(mono, 48000), (std::vector<float>{1, 1, 0, 0, -0.25f, -0.25f}));
}

}  // namespace
