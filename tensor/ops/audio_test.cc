// The audio operators against their double twins, and what anti-aliasing is for.
#include "tensor/testing/twin.h"

using namespace tensor;
using tensor::testing::Random;
using tensor::testing::twin_error;

namespace {

Tensor taps(Random& random, int64_t n) {
    Tensor t = random.normal({n}, 0.3f);
    return t;
}

TEST(AudioOps, Snake) {
    Random random(21);
    for (const auto& [length, channels] : {std::pair<int64_t, int64_t>{1, 3},
                                           {2, 16},
                                           {7, 24},
                                           {127, 17},
                                           {128, 16},
                                           {129, 40},
                                           {300, 5}}) {
        for (const int64_t k : {4, 12, 14, 64}) {
            const Tensor x = random.normal({2, length, channels});
            SnakeOptions o{random.normal({channels}, 0.3f), random.normal({channels}, 0.3f), true,
                           taps(random, k), taps(random, k)};
            // Two sums of k products of values of about one, and e^0.9 of amplification.
            EXPECT_LT(twin_error([&] { return snake(x, o); }), 4e-6f * static_cast<float>(k))
                << length << " " << channels << " " << k;
        }
    }
    const Tensor x = random.normal({1, 20, 8});
    const SnakeOptions plain{Tensor::full({8}, 1.5f), Tensor::full({8}, 0.7f), false,
                             taps(random, 12), taps(random, 12)};
    EXPECT_LT(twin_error([&] { return snake(x, plain); }), 5e-5f);
}

TEST(AudioOps, SnakeOfAConstantIsTheConstantsSnake) {
    // Filters of unit sum pass a constant, so y = x + sin^2(a x) / b everywhere, ends included.
    const Tensor x = Tensor::full({1, 50, 2}, 0.8f);
    const Tensor box = Tensor::full({12}, 1.0f / 12);
    const Tensor y = snake(x, {Tensor::full({2}, 2.0f), Tensor::full({2}, 3.0f), false, box, box});
    const float s = std::sin(1.6f);
    for (const float v : y.to_vector()) ASSERT_NEAR(v, 0.8f + s * s / 3.0f, 1e-5f);
}

TEST(AudioOps, MagnitudeAndLog) {
    Random random(22);
    const Tensor x = random.normal({3, 5, 34});
    EXPECT_LT(twin_error([&] { return magnitude(x); }), 1e-6f);
    EXPECT_LT(twin_error([&] { return log_floor(x, 1e-5f); }), 2e-6f);
    EXPECT_FLOAT_EQ(magnitude(Tensor::from({2}, std::vector<float>{3, 4})).f32()[0], 5.0f);
}

}  // namespace
