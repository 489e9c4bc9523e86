// The same laws as tensor/ops/ops_test.cc, on a GPU where there is one.
#include "tensor/cuda/cuda.h"

#include "tensor/testing/twin.h"

namespace tensor {
namespace {

using testing::Random;

TEST(Cuda, SaysWhatIsMissing) {
    const auto backend = cuda_backend();
    if (backend.ok()) GTEST_SKIP() << "nothing is";
    EXPECT_FALSE(backend.error().message.empty());
    EXPECT_EQ(cuda_backend().error().message, backend.error().message);
}

class OnGpu : public ::testing::Test {
protected:
    void SetUp() override {
        const auto backend = cuda_backend();
        if (!backend.ok()) GTEST_SKIP() << backend.error().message;
        gpu_ = *backend;
    }
    Tensor there(const Tensor& x) { return gpu_->upload(x); }

    // Largest difference between an op on the GPU's copies of the inputs and its twin.
    template <typename Op>
    float error(Op op, const std::vector<Tensor>& inputs) {
        std::vector<Tensor> copies;
        for (const Tensor& t : inputs) copies.push_back(there(t));
        const Tensor got = to_host(op(copies));
        const ScopedHostBackend scope(reference_backend());
        const Tensor want = op(inputs);
        EXPECT_EQ(got.shape(), want.shape());
        float worst = 0;
        for (int64_t i = 0; i < got.elements(); ++i)
            worst = std::max(worst, std::abs(got.f32()[i] - want.f32()[i]));
        return worst;
    }
    Backend* gpu_ = nullptr;
    Random random_{31};
};

using Inputs = std::vector<Tensor>;

TEST_F(OnGpu, CopiesComeBack) {
    const Tensor x = random_.normal({3, 5});
    EXPECT_EQ(to_host(there(x)).to_vector(), x.to_vector());
}

TEST_F(OnGpu, Linear) {
    const Tensor w = random_.normal({90, 130}), b = random_.normal({90});
    const tensor::Linear layer(w, b);
    EXPECT_LT(error([&](const Inputs& i) { return layer(i[0], Activation::GeluTanh); },
                    {random_.normal({2, 40, 130})}),
              1e-4f);
}

TEST_F(OnGpu, MatmulNt) {
    EXPECT_LT(error([](const Inputs& i) { return matmul_nt(i[0], i[1]); },
                    {random_.normal({3, 20, 70}), random_.normal({3, 30, 70})}),
              1e-4f);
}

TEST_F(OnGpu, NormAndModulation) {
    const NormOptions o{
        .kind = NormKind::Layer,
        .weight = random_.normal({300}),
        .modulation = {
            random_.normal({2, 300}), random_.normal({2, 300}), {random_.ids(2 * 9, 2)}}};
    EXPECT_LT(error([&](const Inputs& i) { return norm(i[0], o); }, {random_.normal({2, 9, 300})}),
              2e-5f);
}

TEST_F(OnGpu, Attention) {
    for (const bool causal : {false, true}) {
        const Tensor bias = random_.normal({1, 6, 45, 45});
        AttentionOptions o{.scale = 0.2f, .causal = causal, .window = causal ? 17 : 0};
        EXPECT_LT(error(
                      [&](const Inputs& i) {
                          o.bias = i[3];
                          return attention(i[0], i[1], i[2], o);
                      },
                      {random_.normal({2, 45, 6, 64}), random_.normal({2, 45, 2, 64}),
                       random_.normal({2, 45, 2, 40}), bias}),
                  1e-5f);
    }
}

TEST_F(OnGpu, PointwiseRopeAndLayout) {
    const Tensor x = random_.normal({2, 7, 3, 16}), c = random_.normal({1, 7, 1, 8}),
                 s = random_.normal({1, 7, 1, 8});
    EXPECT_LT(error([](const Inputs& i) { return gated(i[0], i[0], Activation::Silu); }, {x}),
              1e-5f);
    EXPECT_LT(error([](const Inputs& i) { return permute(i[0], {3, 1, 0, 2}); }, {x}), 1e-9f);
    EXPECT_LT(error([](const Inputs& i) { return pad(i[0], 1, 2, 1, PadMode::Reflect); }, {x}),
              1e-9f);
    for (const RopeLayout layout : {RopeLayout::Halves, RopeLayout::Pairs}) {
        EXPECT_LT(error(
                      [&](const Inputs& i) {
                          Tensor y = scale(i[0], 1.0f);
                          rope_inplace(y, i[1], i[2], layout);
                          return y;
                      },
                      {x, c, s}),
                  1e-5f);
    }
}

}  // namespace
}  // namespace tensor
