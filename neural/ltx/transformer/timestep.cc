#include "neural/ltx/transformer/timestep.h"

#include <bit>
#include <cmath>
#include <unordered_map>

#include "base/core/check.h"

namespace neural::ltx {

using tensor::Activation;
using tensor::Tensor;

namespace {
constexpr int64_t kSinusoids = 256;
}

SigmaRows rows_of_tokens(const Tensor& sigma) {
    SigmaRows rows;
    std::unordered_map<uint32_t, int32_t> known;
    std::vector<int32_t> row(static_cast<size_t>(sigma.elements()));
    for (size_t i = 0; i < row.size(); ++i) {
        const float value = sigma.f32()[i];
        const auto [at, fresh] =
            known.emplace(std::bit_cast<uint32_t>(value), static_cast<int32_t>(rows.values.size()));
        if (fresh) rows.values.push_back(value);
        row[i] = at->second;
    }
    if (rows.values.size() > 1)
        rows.map.rows = Tensor::from_i32({static_cast<int64_t>(row.size())}, row);
    return rows;
}

SigmaRows rows_of_batch(const Tensor& sigma) { return {sigma.to_vector(), {}}; }

Tensor sinusoids(const std::vector<float>& timesteps) {
    constexpr int64_t half = kSinusoids / 2;
    float frequency[half];
    const auto decay = static_cast<float>(-std::log(10000.0));
    for (int64_t i = 0; i < half; ++i) {
        const float exponent = decay * static_cast<float>(i) / static_cast<float>(half);
        frequency[i] = static_cast<float>(std::exp(static_cast<double>(exponent)));
    }
    Tensor t({static_cast<int64_t>(timesteps.size()), kSinusoids});
    for (size_t r = 0; r < timesteps.size(); ++r) {
        float* out = t.f32() + static_cast<int64_t>(r) * kSinusoids;
        for (int64_t i = 0; i < half; ++i) {
            const double angle = timesteps[r] * frequency[i];  // rounded to float
            out[i] = static_cast<float>(std::cos(angle));
            out[half + i] = static_cast<float>(std::sin(angle));
        }
    }
    return t;
}

AdaLn AdaLn::load(const Loader& at, int64_t width, int64_t rows) {
    AdaLn a;
    const Loader embedder = at.at("emb").at("timestep_embedder");
    a.first_ = embedder.linear("linear_1", kSinusoids, width);
    a.second_ = embedder.linear("linear_2", width, width);
    a.last_ = at.linear("linear", width, rows * width);
    return a;
}

AdaLn::Output AdaLn::operator()(const SigmaRows& sigma, double scale) const {
    std::vector<float> timesteps;
    for (const float s : sigma.values) timesteps.push_back(s * static_cast<float>(scale));
    Output out;
    out.embedded = second_(first_(sinusoids(timesteps), Activation::Silu));
    out.modulation = last_(tensor::activate(out.embedded, Activation::Silu));
    out.map = sigma.map;
    return out;
}

}  // namespace neural::ltx
