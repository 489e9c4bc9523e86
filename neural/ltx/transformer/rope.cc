#include "neural/ltx/transformer/rope.h"

#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#include "base/core/check.h"
#include "tensor/core/parallel.h"

namespace neural::ltx {

using tensor::Tensor;

namespace {

std::vector<float> frequencies(int64_t count, const RopeConfig& config) {
    std::vector<float> f(static_cast<size_t>(count));
    for (int64_t j = 0; j < count; ++j) {
        if (config.double_precision) {
            const double at =
                count > 1 ? static_cast<double>(j) / static_cast<double>(count - 1) : 0;
            f[j] = static_cast<float>(std::pow(config.theta, at) * std::numbers::pi / 2);
        } else {
            // From both ends, as PyTorch's linspace counts.
            const float step = count > 1 ? 1.0f / static_cast<float>(count - 1) : 0.0f;
            const float at = j < count / 2 ? step * static_cast<float>(j)
                                           : 1.0f - step * static_cast<float>(count - 1 - j);
            const float power = std::pow(static_cast<float>(config.theta), count > 1 ? at : 0.0f);
            f[j] = power * static_cast<float>(std::numbers::pi) / 2.0f;
        }
    }
    return f;
}

// One table serves a batch of equal positions.
int64_t distinct_batch(const Tensor& positions) {
    const int64_t B = positions.dim(0);
    if (B <= 1) return B;
    const size_t row = positions.bytes() / static_cast<size_t>(B);
    for (int64_t b = 1; b < B; ++b) {
        if (std::memcmp(positions.raw(), positions.raw() + static_cast<size_t>(b) * row, row) != 0)
            return B;
    }
    return 1;
}

}  // namespace

RopeTable rope_table(const Tensor& positions, std::span<const double> max, int64_t heads,
                     int64_t head_dim, const RopeConfig& config) {
    CHECK(positions.rank() == 4 && positions.dim(3) == 2 &&
              positions.dim(1) == static_cast<int64_t>(max.size()),
          "positions [B,axes,T,2], not " + positions.shape().text());
    const int64_t B = distinct_batch(positions), axes = positions.dim(1), T = positions.dim(2);
    const int64_t half = heads * head_dim / 2;
    const int64_t count = heads * head_dim / (2 * axes);
    const int64_t front = half - count * axes;
    const std::vector<float> f = frequencies(count, config);
    RopeTable table;
    table.layout = config.interleaved ? tensor::RopeLayout::Pairs : tensor::RopeLayout::Halves;
    table.cos = Tensor({B, T, heads, head_dim / 2});
    table.sin = Tensor({B, T, heads, head_dim / 2});
    const float* at = positions.f32();
    float* cos = table.cos.f32();
    float* sin = table.sin.f32();
    tensor::parallel_for(
        B * T, std::max<int64_t>(1, 4096 / std::max<int64_t>(half, 1)),
        [&](int64_t begin, int64_t end) {
            for (int64_t r = begin; r < end; ++r) {
                float* c = cos + r * half;
                float* s = sin + r * half;
                for (int64_t i = 0; i < front; ++i) {
                    c[i] = 1;
                    s[i] = 0;
                }
                for (int64_t a = 0; a < axes; ++a) {
                    const float* interval = at + ((r / T * axes + a) * T + r % T) * 2;
                    const float p = config.middle_of_interval ? (interval[0] + interval[1]) / 2.0f
                                                              : interval[0];
                    const float unit = (p / static_cast<float>(max[a])) * 2.0f - 1.0f;
                    for (int64_t j = 0; j < count; ++j) {
                        const double angle = unit * f[j];  // rounded to float before it is widened
                        c[front + j * axes + a] = static_cast<float>(std::cos(angle));
                        s[front + j * axes + a] = static_cast<float>(std::sin(angle));
                    }
                }
            }
        });
    return table;
}

}  // namespace neural::ltx
