// The log-mel front end against a plain twin in double: no golden vector covers it.
#include "neural/ltx/audio/mel.h"

#include <complex>
#include <numbers>

#include "neural/ltx/testing/tests.h"

using namespace neural::ltx;
using tensor::Shape;
using tensor::Tensor;

namespace {

constexpr double kPi = std::numbers::pi;

// The definition, a sum per bin, with its own mel scale by bisection.
std::vector<double> twin(const std::vector<double>& x, const MelSpec& spec) {
    const auto length = static_cast<int64_t>(x.size());
    const int64_t frames = 1 + length / spec.hop;
    const auto mel = [](double hz) {
        return hz < 1000 ? 3 * hz / 200 : 15 + 27 * std::log(hz / 1000) / std::log(6.4);
    };
    const auto hz_of = [&](double wanted) {
        double low = 0, high = 100000;
        for (int i = 0; i < 200; ++i) {
            const double middle = (low + high) / 2;
            (mel(middle) < wanted ? low : high) = middle;
        }
        return low;
    };
    std::vector<double> out;
    for (int64_t f = 0; f < frames; ++f) {
        std::vector<double> magnitude;
        for (int64_t k = 0; k <= spec.window / 2; ++k) {
            std::complex<double> sum = 0;
            for (int64_t i = 0; i < spec.window; ++i) {
                int64_t at = f * spec.hop + i - spec.window / 2;
                while (at < 0 || at >= length) at = at < 0 ? -at : 2 * length - 2 - at;
                const double phase =
                    2 * kPi * static_cast<double>(i) / static_cast<double>(spec.window);
                sum += x[static_cast<size_t>(at)] * std::pow(std::sin(phase / 2), 2) *
                       std::polar(1.0, -phase * static_cast<double>(k));
            }
            magnitude.push_back(std::abs(sum));
        }
        const double step =
            (mel(spec.high_hz) - mel(spec.low_hz)) / static_cast<double>(spec.bands + 1);
        for (int64_t b = 0; b < spec.bands; ++b) {
            const double left = hz_of(mel(spec.low_hz) + step * static_cast<double>(b));
            const double centre = hz_of(mel(spec.low_hz) + step * static_cast<double>(b + 1));
            const double right = hz_of(mel(spec.low_hz) + step * static_cast<double>(b + 2));
            double sum = 0;
            for (size_t k = 0; k < magnitude.size(); ++k) {
                const double hz = static_cast<double>(k) * static_cast<double>(spec.sample_rate) /
                                  static_cast<double>(spec.window);
                if (hz <= left || hz >= right) continue;
                const double height =
                    hz < centre ? (hz - left) / (centre - left) : (right - hz) / (right - centre);
                sum += height * 2 / (right - left) * magnitude[k];
            }
            out.push_back(std::log(std::max(sum, double{spec.floor})));
        }
    }
    return out;
}

TEST(LtxMel, MatchesADoubleTwin) {
    const MelSpec spec;
    const Tensor wave = neural::ltx::testing::normal({1, 2, 1500}, 1, 0.3f);
    const Tensor mel = *log_mel(wave, 16000);
    EXPECT_EQ(mel.shape(), Shape({1, 2, 10, 64}));
    for (int64_t c = 0; c < 2; ++c) {
        const std::vector<double> want =
            twin({wave.f32() + c * 1500, wave.f32() + (c + 1) * 1500}, spec);
        for (size_t i = 0; i < want.size(); ++i)
            ASSERT_NEAR(mel.f32()[c * 640 + static_cast<int64_t>(i)], want[i], 1e-5) << i;
    }
}

TEST(LtxMel, SilenceIsTheFloorAndAToneIsItsBand) {
    const Tensor quiet = *log_mel(Tensor::zeros({1, 2, 4000}), 48000);
    for (const float v : quiet.to_vector()) ASSERT_NEAR(v, std::log(1e-5f), 1e-6f);
    Tensor tone(Shape{1, 1, 16000});
    for (int64_t i = 0; i < 16000; ++i) {
        tone.f32()[i] =
            static_cast<float>(std::sin(2 * kPi * 1000.0 * static_cast<double>(i) / 16000));
    }
    const Tensor mel = *log_mel(tone, 16000);
    const float* row = mel.f32() + 50 * 64;
    const auto loudest = std::max_element(row, row + 64) - row;
    // 1 kHz is mel 15 of 45.245 over 65 steps: between the centres of bands 20 and 21.
    EXPECT_TRUE(loudest == 20 || loudest == 21) << loudest;
}

TEST(LtxMel, ResamplingKeepsATone) {
    for (const int64_t rate : {8000, 22050, 44100, 48000, 96000}) {
        std::vector<float> in(static_cast<size_t>(rate / 4));
        for (size_t i = 0; i < in.size(); ++i) {
            in[i] = static_cast<float>(
                std::sin(2 * kPi * 440.0 * static_cast<double>(i) / static_cast<double>(rate)));
        }
        const auto out = *resample(in, rate, 16000);
        ASSERT_NEAR(static_cast<double>(out.size()), 4000, 1);
        for (size_t i = 200; i < 3800; ++i) {
            ASSERT_NEAR(out[i], std::sin(2 * kPi * 440.0 * static_cast<double>(i) / 16000), 4e-3)
                << rate << " " << i;
        }
    }
    const std::vector<float> same = {1, 2, 3};
    EXPECT_EQ(*resample(same, 16000, 16000), same);
}

TEST(LtxMel, ResamplingToALowerRateRemovesWhatItCannotHold) {
    std::vector<float> in(48000);
    for (size_t i = 0; i < in.size(); ++i)
        in[i] = static_cast<float>(std::sin(2 * kPi * 12000.0 * static_cast<double>(i) / 48000));
    const auto out = *resample(in, 48000, 16000);
    for (size_t i = 100; i + 100 < out.size(); ++i) ASSERT_LT(std::abs(out[i]), 1e-2f);
}

TEST(LtxMel, SaysWhatItCannotTake) {
    EXPECT_FALSE(log_mel(Tensor::zeros({1, 2, 512}), 16000).ok());
    EXPECT_FALSE(log_mel(Tensor::zeros({2, 4000}), 16000).ok());
    EXPECT_FALSE(log_mel(Tensor::zeros({1, 2, 4000}), 10).ok());
    EXPECT_FALSE(log_mel(Tensor::full({1, 2, 4000}, INFINITY), 16000).ok());
    EXPECT_FALSE(log_mel(Tensor::zeros({1, 2, 4000}), 16000, {.window = 1000}).ok());
}

}  // namespace
