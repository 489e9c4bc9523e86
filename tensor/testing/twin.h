// For tests: random tensors, and an op run on two backends.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tensor/backend.h"

namespace tensor::testing {

class Random {
public:
    explicit Random(uint32_t seed) : engine_(seed) {}
    int64_t between(int64_t low, int64_t high) {
        return std::uniform_int_distribution<int64_t>(low, high)(engine_);
    }
    Tensor normal(Shape shape, float spread = 1.0f) {
        Tensor t(shape);
        std::normal_distribution<float> d(0.0f, spread);
        for (int64_t i = 0; i < t.elements(); ++i) t.f32()[i] = d(engine_);
        return t;
    }
    Tensor ids(int64_t count, int64_t below) {
        Tensor t(Shape{count}, DType::I32);
        for (int64_t i = 0; i < count; ++i) {
            reinterpret_cast<int32_t*>(t.raw())[i] = static_cast<int32_t>(between(0, below - 1));
        }
        return t;
    }

private:
    std::mt19937 engine_;
};

// The largest |fast - twin| of an op that is run on cpu_backend() and on reference_backend().
template <typename Op>
float twin_error(Op op) {
    const Tensor fast = op();
    const ScopedHostBackend scope(reference_backend());
    const Tensor twin = op();
    EXPECT_EQ(fast.shape(), twin.shape());
    float worst = 0;
    for (int64_t i = 0; i < fast.elements(); ++i) {
        const float error = std::abs(fast.f32()[i] - twin.f32()[i]);
        worst = std::isfinite(error) ? std::max(worst, error) : INFINITY;
    }
    return worst;
}

}  // namespace tensor::testing
