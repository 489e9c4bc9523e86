// Winograd's convolution against the direct sum in double.
#include "tensor/cpu/winograd.h"

#include "tensor/testing/twin.h"

using namespace tensor;
using tensor::testing::Random;
using tensor::testing::twin_error;

namespace {

struct Size {
    int64_t batch, frames, height, width, channels, filters, taps;
    std::array<int64_t, 3> front, back;
};

// For results of about one, of which the largest of 1e5 errors is taken.
constexpr float kBound = 4e-5f;

TEST(Winograd, MatchesTheDirectSum) {
    Random random(31);
    const Size sizes[] = {
        {1, 1, 32, 32, 64, 32, 1, {0, 1, 1}, {0, 1, 1}},   // whole tiles
        {1, 3, 31, 35, 70, 33, 3, {0, 1, 1}, {0, 1, 1}},   // tails of every kind
        {2, 2, 34, 33, 64, 32, 3, {1, 0, 2}, {1, 0, 1}},   // padding in time, uneven in space
        {1, 1, 33, 34, 300, 33, 2, {1, 1, 1}, {0, 1, 1}},  // more channels than a panel's depth
    };
    for (const Size& s : sizes) {
        const Tensor x = random.normal({s.batch, s.frames, s.height, s.width, s.channels});
        const auto fan = static_cast<float>(s.channels * s.taps * 9);
        const Tensor w = random.normal({s.filters, s.channels, s.taps, 3, 3}, 1 / std::sqrt(fan));
        const Tensor b = random.normal({s.filters});
        const ConvGeometry g{.pad_front = s.front, .pad_back = s.back};
        const Conv conv(w, s.batch == 1 ? b : Tensor(), g);
        ASSERT_TRUE(
            winograd_fits(x, w.reshape(Shape{s.filters, s.channels, s.taps, 3, 3}), g, conv(x)));
        EXPECT_LT(twin_error([&] { return conv(x, Activation::Silu); }), kBound);
    }
}

TEST(Winograd, OneLayerServesLargeAndSmallPictures) {
    Random random(32);
    const Conv conv(random.normal({32, 64, 1, 3, 3}, 0.04f), {},
                    {.pad_front = {0, 1, 1}, .pad_back = {0, 1, 1}});
    for (const int64_t side : {40, 8, 40}) {
        const Tensor x = random.normal({1, 1, side, side, 64});
        EXPECT_LT(twin_error([&] { return conv(x); }), kBound);
    }
}

TEST(Winograd, LeavesOtherConvolutionsAlone) {
    const Tensor x(Shape{1, 1, 64, 64, 64}), w(Shape{64, 64, 1, 3, 3});
    const ConvGeometry plain;
    EXPECT_TRUE(winograd_fits(x, w, plain, Tensor(Shape{1, 1, 62, 62, 64})));
    EXPECT_FALSE(winograd_fits(x, w, {.stride = {1, 2, 2}}, Tensor(Shape{1, 1, 31, 31, 64})));
    EXPECT_FALSE(winograd_fits(x, w, {.dilation = {1, 2, 2}}, Tensor(Shape{1, 1, 60, 60, 64})));
    EXPECT_FALSE(
        winograd_fits(x, Tensor(Shape{64, 64, 1, 5, 5}), plain, Tensor(Shape{1, 1, 60, 60, 64})));
}

}  // namespace
