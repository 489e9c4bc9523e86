// Every op against its double twin on random shapes. Tolerances: a sum of n products of unit
// normals in f32 errs by about eps sqrt(n) |sum| with eps = 6e-8; the bounds below are that with a
// factor for blocked summation and for the fast elementary functions (2e-7 absolute,
// tensor/cpu/math.h).
#include <cstring>
#include <limits>

#include "tensor/core/parallel.h"
#include "tensor/cpu/bf16.h"
#include "tensor/testing/twin.h"

using namespace tensor;
using tensor::testing::Random;
using tensor::testing::twin_error;

namespace {

constexpr int kRounds = 12;
float sum_bound(int64_t n) { return 4e-7f * static_cast<float>(n) + 1e-6f; }

TEST(Ops, Linear) {
    Random random(1);
    for (int round = 0; round < kRounds; ++round) {
        const int64_t m = random.between(1, 70), k = random.between(1, 130),
                      n = random.between(1, 90);
        const Tensor x = random.normal({2, m, k});
        const Tensor w = random.normal({n, k}), b = random.normal({n});
        for (const Activation a : {Activation::None, Activation::GeluTanh, Activation::Silu}) {
            EXPECT_LT(twin_error([&] { return Linear(w, round % 2 ? b : Tensor())(x, a); }),
                      sum_bound(k));
        }
    }
}

// One row to some hundred, depths across blocks, every storage type, with and without room to keep.
TEST(Ops, LinearOfEveryStorageType) {
    Random random(25);
    for (const DType type : {DType::F32, DType::BF16, DType::F16, DType::F8E4M3, DType::I8,
                             DType::Q8_0, DType::Q4_0, DType::Q4_K, DType::Q5_K, DType::Q6_K}) {
        for (const int64_t m : {1, 8, 9, 31}) {
            const int64_t k = block_elements(type) == 1 ? random.between(800, 1100) : 1024,
                          n = random.between(1, 90);
            const Tensor x = random.normal({m, k}), wide = random.normal({n, k}),
                         b = random.normal({n});
            Tensor w(Shape{n, k}, type);
            narrow(type, wide.f32(), n * k, w.raw());
            set_packed_budget(m % 2 ? 0 : UINT64_MAX);
            EXPECT_LT(twin_error([&] { return Linear(w, b)(x, Activation::GeluTanh); }),
                      sum_bound(k))
                << dtype_name(type) << " " << m << "x" << k << "x" << n;
        }
    }
    set_packed_budget(UINT64_MAX);
}

// More rows than are brought into order at once (16 MiB).
TEST(Ops, LinearInSlabs) {
    Random random(26);
    const Tensor x = random.normal({8300, 900}), w = random.normal({3, 900}),
                 b = random.normal({3});
    EXPECT_LT(twin_error([&] { return Linear(w, b)(x, Activation::Silu); }), sum_bound(900));
}

// A token's result is its own: bit for bit the same wherever it lies among others.
TEST(Ops, RowsOfALinearDoNotSeeOneAnother) {
    Random random(32);
    const Tensor x = random.normal({50, 900});
    const Linear layer(random.normal({37, 900}), random.normal({37}));
    set_packed_budget(0);  // our own product, on every machine
    const Tensor all = layer(x);
    for (const auto& [begin, end] : {std::pair<int64_t, int64_t>{0, 9}, {3, 50}, {17, 31}}) {
        const std::vector<float> some = layer(x.rows(begin, end)).to_vector();
        EXPECT_EQ(some, all.rows(begin, end).to_vector());
    }
    set_packed_budget(UINT64_MAX);
}

// Rows and columns that leave tiles of every size at the border, in several blocks of depth.
TEST(Ops, LinearOfManyRowsIsTheSameForAnyThreads) {
    Random random(41);
    for (const int64_t m : {397, 401}) {
        const int64_t n = 256 + random.between(1, 90), k = 1700;
        const Tensor x = random.normal({m, k}), w = random.normal({n, k}), b = random.normal({n});
        const auto product = [&] { return Linear(w, b)(x, Activation::GeluTanh); };
        EXPECT_LT(twin_error(product), sum_bound(k)) << m << "x" << n;
        set_threads(1);
        const std::vector<float> one = product().to_vector();
        set_threads(3);
        EXPECT_EQ(one, product().to_vector()) << m << "x" << n;
        set_threads(0);
    }
}

// The product of the rounded factors, whether the core can do it or does it in f32.
TEST(Ops, LinearInBf16) {
    Random random(35);
    for (const DType type : {DType::F32, DType::BF16, DType::Q8_0}) {
        const int64_t m = random.between(9, 60), k = 32 * random.between(2, 20),
                      n = random.between(1, 90);
        const Tensor x = random.normal({m, k}), wide = random.normal({n, k}),
                     b = random.normal({n});
        Tensor w(Shape{n, k}, type);
        narrow(type, wide.f32(), n * k, w.raw());
        Linear layer(w, b);
        layer.set_compute(Compute::BF16);
        EXPECT_LT(twin_error([&] { return layer(x, Activation::Silu); }), sum_bound(k));
        const Tensor y = layer(x);
        layer.set_compute(Compute::F32);
        EXPECT_NE(y.to_vector(), layer(x).to_vector());
    }
}

TEST(Ops, FastestComputeIsMeasuredOnceAndNeverCoarse) {
    const Compute fastest = fastest_compute();
    EXPECT_EQ(fastest, fastest_compute());
    EXPECT_NE(fastest, Compute::Int8);
    const double gain = bf16_gain();
    EXPECT_EQ(gain > 0, has_bf16_dots());
    if (!has_bf16_dots()) {
        EXPECT_EQ(fastest, Compute::F32);
    }
}

// 8 bits: exactly what the codes say, and close to the product of what they stand for.
TEST(Ops, LinearComputeScope) {
    Random random(27);
    for (const int64_t m : {9, 40}) {
        const int64_t k = random.between(64, 900), n = random.between(1, 90);
        Tensor x = random.normal({m, k});
        Tensor w = random.normal({n, k});
        const Tensor b = random.normal({n});
        std::fill_n(x.f32() + k, k, 0.0f);       // a row of zeros
        std::fill_n(x.f32() + 2 * k, k, 1e4f);   // rows at the ends of the codes, where
        std::fill_n(x.f32() + 3 * k, k, -1e4f);  // 16-bit sums would saturate
        std::fill_n(w.f32(), k, 1.0f);
        {
            Tensor broken = x.clone();
            broken.f32()[5 * k + 1] = NAN;
            Linear layer(w, b);
            layer.set_compute(Compute::Int8);
            const Tensor y = layer(broken);
            for (int64_t i = 0; i < m * n; ++i) ASSERT_EQ(std::isnan(y.f32()[i]), i / n == 5);
        }
        Linear layer(w, b);
        layer.set_compute(Compute::Int8);
        const Tensor y = layer(x);
        {
            const ScopedHostBackend scope(reference_backend());
            const Tensor twin = layer(x);
            for (int64_t i = 0; i < m * n; ++i) {
                const float size = std::abs(twin.f32()[i]) + 1.0f;
                ASSERT_NEAR(y.f32()[i], twin.f32()[i], 2e-6f * size * std::sqrt(float(k)));
            }
        }
        layer.set_compute(Compute::F32);
        const Tensor exact = layer(x);
        double error = 0, spread = 0;
        for (int64_t i = 4 * n; i < m * n; ++i) {
            error += std::pow(y.f32()[i] - exact.f32()[i], 2);
            spread += std::pow(exact.f32()[i], 2);
        }
        EXPECT_LT(std::sqrt(error / spread), 0.025);
    }
}

TEST(Ops, EightBitsAreForAllLayersThatDoNotSayOtherwise) {
    Random random(28);
    const Tensor x = random.normal({16, 80}), w = random.normal({8, 80});
    const Linear layer(w);
    Linear exact(w);
    exact.set_compute(Compute::F32);
    set_compute(Compute::Int8);
    const std::vector<float> a = layer(x).to_vector(), b = exact(x).to_vector(),
                             one = layer(x.rows(0, 1)).to_vector();
    set_compute(Compute::F32);
    const std::vector<float> c = layer(x).to_vector();
    EXPECT_NE(a, c);
    EXPECT_EQ(b, c);
    // A few rows are not worth it.
    for (size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], c[i], 1e-4f);
}

TEST(Ops, LinearWithoutRoomForPackedWeightsGivesTheSame) {
    Random random(2);
    const Tensor x = random.normal({9, 2048}), w = random.normal({4500, 2048}),
                 b = random.normal({4500});
    const Tensor kept = Linear(w, b)(x);
    set_packed_budget(0);
    const Tensor streamed = Linear(w, b)(x);
    set_packed_budget(UINT64_MAX);
    for (int64_t i = 0; i < kept.elements(); ++i) {
        ASSERT_NEAR(kept.f32()[i], streamed.f32()[i], 1e-3f);
    }
}

TEST(Ops, LowRankIsAddedToTheWeight) {
    Random random(3);
    const Tensor x = random.normal({5, 24}), w = random.normal({16, 24});
    const Tensor down = random.normal({4, 24}), up = random.normal({16, 4});
    Linear layer(w);
    layer.add_low_rank(down, up, 0.5f);
    Tensor merged = w.clone();
    for (int64_t i = 0; i < 16; ++i) {
        for (int64_t j = 0; j < 24; ++j) {
            for (int64_t r = 0; r < 4; ++r) {
                merged.f32()[i * 24 + j] += 0.5f * up.f32()[i * 4 + r] * down.f32()[r * 24 + j];
            }
        }
    }
    const Tensor a = layer(x), b = Linear(merged)(x);
    for (int64_t i = 0; i < a.elements(); ++i) ASSERT_NEAR(a.f32()[i], b.f32()[i], 1e-4f);
}

TEST(Ops, MatmulNt) {
    Random random(4);
    for (int round = 0; round < kRounds; ++round) {
        const int64_t m = random.between(1, 40), k = random.between(1, 90),
                      n = random.between(1, 50);
        const Tensor a = random.normal({3, m, k}), b = random.normal({3, n, k});
        EXPECT_LT(twin_error([&] { return matmul_nt(a, b); }), sum_bound(k));
    }
}

TEST(Ops, Conv) {
    Random random(5);
    for (int round = 0; round < kRounds; ++round) {
        const int64_t c = random.between(1, 20), n = random.between(1, 40);
        const Tensor x = random.normal({random.between(1, 2), random.between(3, 6),
                                        random.between(3, 9), random.between(3, 9), c});
        const int64_t kt = random.between(1, 3), kh = random.between(1, 3),
                      kw = random.between(1, 3);
        const Tensor w = random.normal({n, c, kt, kh, kw}), b = random.normal({n});
        ConvGeometry g;
        for (int i = 0; i < 3; ++i) {
            g.stride[i] = random.between(1, 2);
            g.pad_front[i] = random.between(0, 2);
            g.pad_back[i] = random.between(0, 2);
        }
        EXPECT_LT(twin_error([&] { return Conv(w, round % 2 ? b : Tensor(), g)(x); }),
                  sum_bound(c * kt * kh * kw));
    }
}

TEST(Ops, ConvWithoutRoomForPackedWeightsIsTheSame) {
    Random r(11);
    const Tensor x = r.normal({1, 3, 12, 12, 32}), w = r.normal({48, 32, 3, 3, 3});
    const Tensor wave = r.normal({1, 40, 16}), taps = r.normal({16, 8, 4});
    const Conv kept(w, {}, {});
    const ConvTranspose1d kept_taps(taps, {}, 2, 1);
    const Tensor y = kept(x), z = kept_taps(wave);
    set_packed_budget(0);
    const Conv thrown(w, {}, {});
    const ConvTranspose1d thrown_taps(taps, {}, 2, 1);
    const auto same = [](const Tensor& a, const Tensor& b) {
        return a.shape() == b.shape() && std::memcmp(a.f32(), b.f32(), a.bytes()) == 0;
    };
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(same(thrown(x), y));
        EXPECT_TRUE(same(thrown_taps(wave), z));
    }
    set_packed_budget(UINT64_MAX);
}

TEST(Ops, ConvWithDilation) {
    Random random(6);
    const Tensor x = random.normal({2, 1, 1, 40, 12}), w = random.normal({8, 12, 3}),
                 b = random.normal({8});
    ConvGeometry g;
    g.dilation[2] = 5;
    g.pad_front[2] = g.pad_back[2] = 5;
    EXPECT_LT(twin_error([&] { return Conv(w, b, g)(x, Activation::LeakyRelu01); }), sum_bound(36));
}

TEST(Ops, ConvTranspose1d) {
    Random random(7);
    for (int round = 0; round < kRounds; ++round) {
        const int64_t c = random.between(1, 20), n = random.between(1, 20),
                      stride = random.between(1, 6);
        const int64_t k = stride + random.between(0, 6), padding = random.between(0, k / 2);
        const Tensor x = random.normal({2, random.between(2, 30), c}), w = random.normal({c, n, k});
        const Tensor b = random.normal({n});
        EXPECT_LT(twin_error([&] { return ConvTranspose1d(w, b, stride, padding)(x); }),
                  sum_bound(c * k));
    }
}

TEST(Ops, NormsWithModulation) {
    Random random(8);
    for (const int64_t width : {1, 7, 16, 33, 64, 1030}) {
        const Tensor x = random.normal({2, 5, width}, 3.0f);
        const Tensor w = random.normal({width}), b = random.normal({width});
        const Tensor scale = random.normal({3, width}), shift = random.normal({3, width});
        const RowMap map{random.ids(10, 3)};
        for (const NormKind kind : {NormKind::Rms, NormKind::Layer}) {
            EXPECT_LT(twin_error([&] {
                          return norm(x, {.kind = kind,
                                          .eps = 1e-5f,
                                          .weight = w,
                                          .bias = b,
                                          .modulation = {scale, shift, map}});
                      }),
                      2e-5f);
        }
        EXPECT_LT(twin_error([&] { return modulate(x, {scale, shift, map}); }), 1e-5f);
        EXPECT_LT(twin_error([&] { return rms_norm(x, 1e-6f); }), 1e-5f);
    }
}

TEST(Ops, NormAfterHistoryIsNormActivationAndConcat) {
    Random random(18);
    for (const int64_t batch : {1, 2}) {
        const Tensor x = random.normal({batch, 3, 4, 5, 24}), w = random.normal({24});
        const Tensor before = random.normal({batch, 2, 4, 5, 24});
        const NormOptions options{.weight = w, .activation = Activation::Silu};
        EXPECT_LT(twin_error([&] { return norm_after(before, x, options); }), 1e-5f);
        const Tensor want = concat(
            std::vector<Tensor>{before, activate(rms_norm(x, 1e-6f, w), Activation::Silu)}, 1);
        EXPECT_EQ(norm_after(before, x, options).to_vector(), want.to_vector());
    }
}

TEST(Ops, OneRowServesAllTokensAndBRowsServeBatches) {
    Random random(9);
    const Tensor x = random.normal({2, 3, 8});
    for (const int64_t rows : {1, 2}) {
        const Tensor table = random.normal({rows, 8});
        const Tensor y = modulate(x, {{}, table, {}});
        for (int64_t i = 0; i < x.elements(); ++i) {
            const int64_t row = rows == 1 ? 0 : i / 24;
            ASSERT_FLOAT_EQ(y.f32()[i], x.f32()[i] + table.f32()[row * 8 + i % 8]);
        }
    }
}

TEST(Ops, GroupNorm) {
    Random random(10);
    const Tensor x = random.normal({2, 3, 4, 5, 24}, 2.0f), w = random.normal({24}),
                 b = random.normal({24});
    for (const int groups : {1, 3, 8, 24}) {
        EXPECT_LT(twin_error([&] { return group_norm(x, groups, 1e-6f, w, b); }), 2e-5f);
    }
}

// Means far from zero, groups of different means, an outlier where a sample is taken, odd widths.
TEST(Ops, GroupNormOfManyPositions) {
    Random random(29);
    Tensor x = random.normal({1, 1, 70, 60, 37});
    for (int64_t i = 0; i < x.elements(); ++i) x.f32()[i] += static_cast<float>(i % 37) * 20.0f;
    x.f32()[5] = 3000.0f;
    const Tensor w = random.normal({37}), b = random.normal({37});
    for (const int groups : {1, 37})
        EXPECT_LT(twin_error([&] { return group_norm(x, groups, 1e-6f, w, b); }), 1e-4f);
}

TEST(Ops, Attention) {
    Random random(11);
    for (int round = 0; round < kRounds; ++round) {
        const int64_t h = random.between(1, 4), d = random.between(1, 70),
                      tq = random.between(1, 90), tk = random.between(1, 150);
        const Tensor q = random.normal({2, tq, h, d}), k = random.normal({2, tk, h, d}),
                     v = random.normal({2, tk, h, d});
        AttentionOptions o{.scale = 1.0f / std::sqrt(static_cast<float>(d))};
        if (round % 3 == 1) o.key_count = random.between(1, tk);
        if (round % 3 == 2) o.bias = random.normal({1, h, tq, tk});
        EXPECT_LT(twin_error([&] { return attention(q, k, v, o); }), 5e-6f);
    }
}

TEST(Ops, AttentionWithMaskedKeysCausalWindowAndSharedHeads) {
    Random random(12);
    const Tensor q = random.normal({1, 40, 6, 16}), k = random.normal({1, 40, 2, 16}),
                 v = random.normal({1, 40, 2, 24});
    for (const int64_t window : {0, 1, 7, 100}) {
        EXPECT_LT(twin_error([&] {
                      return attention(q, k, v, {.scale = 0.25f, .causal = true, .window = window});
                  }),
                  5e-6f);
    }
    Tensor bias = Tensor::zeros({1, 1, 40, 40});
    for (int64_t i = 0; i < 40 * 40; i += 3) bias.f32()[i] = -10000.0f;
    EXPECT_LT(twin_error([&] { return attention(q, k, v, {.scale = 0.25f, .bias = bias}); }),
              5e-6f);
}

// rms of the difference over rms of what is wanted.
double relative_error(const Tensor& got, const Tensor& want) {
    double sum = 0, size = 0;
    for (int64_t i = 0; i < got.elements(); ++i) {
        const double d = double{got.f32()[i]} - want.f32()[i];
        sum += d * d;
        size += double{want.f32()[i]} * want.f32()[i];
    }
    return std::sqrt(sum / size);
}

// What the codes say, and close to what they stand for. The twin does not round weights: each errs
// by 1/127/sqrt(12) = 0.0023 of the block's largest. With logits of spread s the largest of a block
// of 256 lies at e^(2.8 s to 3.3 s) and the root of the mean square at e^(s s), so that these
// independent errors make 0.014 to 0.023 of a mean of independent values with s = 1, and up to
// 0.033 with a bias (s^2 = 2). The values' own rounding, 3 / 63 / sqrt(12), is 0.014.
TEST(Ops, AttentionInIntegers) {
    Random random(33);
    for (int round = 0; round < 2 * kRounds; ++round) {
        const int64_t kh = random.between(1, 3), h = kh * random.between(1, 2),
                      d = random.between(1, 140), dv = random.between(1, 70),
                      tk = random.between(64, 600), tq = random.between(64, 150),
                      batch = random.between(1, 2);
        const Tensor q = random.normal({batch, tq, h, d}), k = random.normal({batch, tk, kh, d});
        Tensor v = random.normal({batch, tk, kh, dv});
        AttentionOptions o{.scale = 1.0f / std::sqrt(static_cast<float>(d))};
        if (round % 4 == 1) o.key_count = random.between(64, tk);
        if (round % 4 == 2) o.bias = random.normal({1, h, tq, tk});
        if (round % 4 == 3 && tk >= tq) {
            o.causal = true;
            o.window = round % 8 == 3 ? 0 : random.between(1, tk);
        }
        const Tensor exact = attention(q, k, v, o);
        const ComputeScope scope(Compute::Int8);
        const Tensor y = attention(q, k, v, o);
        EXPECT_NE(y.to_vector(), exact.to_vector());
        EXPECT_LT(relative_error(y, exact), o.bias.defined() ? 0.05 : 0.035);
        const ScopedHostBackend twin_scope(reference_backend());
        EXPECT_LT(relative_error(y, attention(q, k, v, o)), o.bias.defined() ? 0.04 : 0.025);
    }
}

// Equal values give themselves, whatever the weights; a channel of zeros is zeros; one key that is
// far ahead is the result; what is no number stays where it is.
TEST(Ops, LawsOfAttentionInIntegers) {
    Random random(34);
    const ComputeScope scope(Compute::Int8);
    const Tensor q = random.normal({1, 70, 1, 40}, 3.0f), k = random.normal({1, 530, 1, 40}, 3.0f);
    Tensor v = Tensor::full({1, 530, 1, 20}, 0.7f);
    for (int64_t j = 0; j < 530; ++j) v.f32()[j * 20 + 3] = 0.0f;
    const Tensor same = attention(q, k, v, {.scale = 0.2f});
    for (int64_t i = 0; i < same.elements(); ++i)
        ASSERT_NEAR(same.f32()[i], i % 20 == 3 ? 0.0f : 0.7f, 1e-6f);
    for (int64_t j = 0; j < 530; ++j) v.f32()[j * 20] = static_cast<float>(j);
    Tensor bias = Tensor::zeros({1, 1, 70, 530});
    for (int64_t i = 0; i < 70; ++i) bias.f32()[i * 530 + 7 * i] = 1e4f;
    const Tensor one = attention(q, k, v, {.scale = 0.2f, .bias = bias});
    for (int64_t i = 0; i < 70; ++i)
        ASSERT_NEAR(one.f32()[i * 20], static_cast<float>(7 * i), 0.5f * 529 / 63);
    bias = Tensor::full({1, 1, 70, 530}, std::numeric_limits<float>::lowest());
    const Tensor mean = attention(q, k, v, {.scale = 1e-3f, .bias = bias});
    for (int64_t i = 0; i < 70; ++i) ASSERT_NEAR(mean.f32()[i * 20], 264.5f, 1.0f);
    Tensor broken = q.clone();
    broken.f32()[40] = NAN;
    const Tensor partly = attention(broken, k, v, {.scale = 0.2f});
    for (int64_t i = 0; i < 20 * 70; ++i) ASSERT_EQ(std::isnan(partly.f32()[i]), i / 20 == 1) << i;
}

TEST(Ops, NeighbourhoodAttention) {
    Random random(13);
    const Tensor q = random.normal({1, 5, 7, 6, 2, 16}), k = random.normal({1, 5, 7, 6, 2, 16}),
                 v = random.normal({1, 5, 7, 6, 2, 16});
    for (const std::array<int64_t, 3> kernel :
         {std::array<int64_t, 3>{3, 3, 3}, {1, 5, 4}, {11, 11, 11}}) {
        EXPECT_LT(twin_error([&] { return neighbourhood_attention(q, k, v, kernel, 0.25f); }),
                  5e-6f);
    }
}

// Several blocks of keys, whole register tiles and their remainders, widths of real heads.
TEST(Ops, AttentionOverManyKeys) {
    Random random(21);
    struct Case {
        int64_t tq, tk, d, dv, heads, key_heads;
    };
    for (const Case c : {Case{13, 700, 64, 64, 2, 2}, Case{7, 530, 128, 128, 1, 1},
                         Case{310, 271, 40, 72, 2, 1}, Case{1, 257, 8, 3, 4, 2}}) {
        const Tensor q = random.normal({1, c.tq, c.heads, c.d}),
                     k = random.normal({1, c.tk, c.key_heads, c.d}),
                     v = random.normal({1, c.tk, c.key_heads, c.dv});
        AttentionOptions o{.scale = 1.0f / std::sqrt(static_cast<float>(c.d))};
        EXPECT_LT(twin_error([&] { return attention(q, k, v, o); }), 5e-6f);
        o.key_count = c.tk - 3;
        o.bias = random.normal({1, 1, c.tq, c.tk});
        EXPECT_LT(twin_error([&] { return attention(q, k, v, o); }), 5e-6f);
        if (c.tq > c.tk) continue;
        o.key_count = -1;
        o.causal = true;
        for (const int64_t window : {0, 5, 300}) {
            o.window = window;
            EXPECT_LT(twin_error([&] { return attention(q, k, v, o); }), 5e-6f);
        }
    }
}

// A mask of the least finite number hides nothing when it hides everything: torch's masks do that.
TEST(Ops, AttentionWhereAllKeysAreMaskedIsTheMean) {
    Random random(22);
    const Tensor q = random.normal({1, 3, 1, 8}), k = random.normal({1, 5, 1, 8}),
                 v = random.normal({1, 5, 1, 8});
    const Tensor bias = Tensor::full({1, 1, 3, 5}, std::numeric_limits<float>::lowest());
    EXPECT_LT(twin_error([&] { return attention(q, k, v, {.scale = 1e-3f, .bias = bias}); }),
              1e-6f);
}

// Logits that grow and shrink by hundreds from block to block: the running maximum must hold.
TEST(Ops, AttentionWithLogitsOfAnySize) {
    Random random(23);
    const Tensor q = random.normal({1, 9, 1, 16}, 30.0f), k = random.normal({1, 900, 1, 16}, 30.0f),
                 v = random.normal({1, 900, 1, 16});
    const Tensor y = attention(q, k, v, {.scale = 0.25f});
    for (const float value : y.to_vector()) ASSERT_TRUE(std::isfinite(value));
    // The logits reach 4000; f32 leaves them 2e-4, and that is what the weights may err by.
    EXPECT_LT(twin_error([&] { return attention(q, k, v, {.scale = 0.25f}); }), 2e-3f);
}

TEST(Ops, NeighbourhoodAttentionOnWideLines) {
    Random random(24);
    const auto check = [&](Shape shape, std::array<int64_t, 3> kernel) {
        const Tensor q = random.normal(shape), k = random.normal(shape), v = random.normal(shape);
        EXPECT_LT(twin_error([&] { return neighbourhood_attention(q, k, v, kernel, 0.2f); }),
                  5e-6f);
    };
    check({2, 2, 11, 40, 1, 24}, {2, 5, 30});
    check({1, 1, 19, 23, 2, 64}, {1, 7, 7});
    check({1, 1, 2, 310, 1, 8}, {1, 2, 290});
    check({1, 12, 12, 12, 1, 16}, {11, 11, 11});
}

TEST(Ops, Rope) {
    Random random(14);
    const Tensor x = random.normal({2, 9, 3, 16});
    for (const RopeLayout layout : {RopeLayout::Halves, RopeLayout::Pairs}) {
        for (const int64_t heads : {1, 3}) {
            const Tensor c = random.normal({1, 9, heads, 8}), s = random.normal({1, 9, heads, 8});
            EXPECT_LT(twin_error([&] {
                          Tensor y = x.clone();
                          rope_inplace(y, c, s, layout);
                          return y;
                      }),
                      2e-6f);
        }
    }
}

TEST(Ops, Activations) {
    Tensor x(Shape{4001});
    for (int64_t i = 0; i < 4001; ++i) x.f32()[i] = static_cast<float>(i - 2000) / 100.0f;
    for (const Activation a :
         {Activation::GeluTanh, Activation::Silu, Activation::Tanh, Activation::Sigmoid,
          Activation::LeakyRelu01, Activation::LeakyRelu001, Activation::Clamp1}) {
        EXPECT_LT(twin_error([&] { return activate(x, a); }), 4e-6f) << static_cast<int>(a);
    }
    const Tensor extreme = Tensor::from({4}, std::vector<float>{-1e30f, -200.0f, 200.0f, 1e30f});
    for (const Activation a :
         {Activation::Silu, Activation::Tanh, Activation::Sigmoid, Activation::GeluTanh}) {
        for (const float y : activate(extreme, a).to_vector()) EXPECT_TRUE(std::isfinite(y));
    }
}

TEST(Ops, Layout) {
    Random random(15);
    const Tensor x = random.normal({2, 3, 4, 5});
    const Tensor p = permute(x, {3, 1, 0, 2});
    EXPECT_EQ(p.shape(), Shape({5, 3, 2, 4}));
    for (int64_t i = 0; i < x.elements(); ++i) {
        const int64_t d = i % 5, c = i / 5 % 4, b = i / 20 % 3, a = i / 60;
        ASSERT_EQ(p.f32()[((d * 3 + b) * 2 + a) * 4 + c], x.f32()[i]);
    }
    const std::vector<Tensor> parts = chunk(x, 2, 2);
    const Tensor joined = concat(parts, 2);
    EXPECT_EQ(joined.to_vector(), x.to_vector());
    const Tensor line = Tensor::from({1, 3, 1}, std::vector<float>{1, 2, 3});
    EXPECT_EQ(pad(line, 1, 2, 1, PadMode::Reflect).to_vector(),
              (std::vector<float>{3, 2, 1, 2, 3, 2}));
    EXPECT_EQ(pad(line, 1, 2, 1, PadMode::Replicate).to_vector(),
              (std::vector<float>{1, 1, 1, 2, 3, 3}));
    EXPECT_EQ(pad(line, 1, 1, 1, PadMode::Zero).to_vector(), (std::vector<float>{0, 1, 2, 3, 0}));
    EXPECT_EQ(repeat(line, 1, 2).to_vector(), (std::vector<float>{1, 1, 2, 2, 3, 3}));
    EXPECT_EQ(gather_rows(line.reshape({3, 1}), Tensor::from_i32({2}, std::vector<int32_t>{2, 0}))
                  .to_vector(),
              (std::vector<float>{3, 1}));
}

}  // namespace
