#include "neural/ltx/text/features.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tensor/core/parallel.h"
#include "tensor/ops/arithmetic.h"

namespace neural::ltx {

using tensor::Tensor;

namespace {

constexpr const char* kProjection = "text_embedding_projection.";

// Tokens projected at once: a row of features is 750 kB at full size.
constexpr int64_t kRowsAtOnce = 128;

// What is taken from and multiplied to a hidden state's values.
struct Affine {
    float mean, factor;
};

// 2.0: 8 (x - mean) / (max - min + 1e-6) over the valid tokens of a sample and state.
Affine range_of(const float* state, int64_t width, const std::vector<int64_t>& tokens) {
    double sum = 0;
    float low = INFINITY, high = -INFINITY;
    for (const int64_t t : tokens) {
        for (int64_t i = 0; i < width; ++i) {
            const float v = state[t * width + i];
            sum += v;
            low = std::min(low, v);
            high = std::max(high, v);
        }
    }
    const double count = static_cast<double>(tokens.size()) * static_cast<double>(width);
    return {static_cast<float>(sum / count), 8.0f / (high - low + 1e-6f)};
}

// 2.3 on: x / sqrt(mean(x^2) + 1e-6) over the width.
Affine rms_of(const float* row, int64_t width) {
    double squares = 0;
    for (int64_t i = 0; i < width; ++i) squares += double{row[i]} * row[i];
    return {0.0f, static_cast<float>(1.0 / std::sqrt(squares / static_cast<double>(width) + 1e-6))};
}

}  // namespace

Loader feature_loader(std::shared_ptr<const TensorSource> source) {
    const std::string inside = "model.diffusion_model.";
    for (const char* name : {"aggregate_embed.weight", "video_aggregate_embed.weight"}) {
        if (source->info(kProjection + std::string(name), {})) return Loader(source);
        if (source->info(inside + kProjection + name, {})) return Loader(source, inside);
    }
    return Loader(source);
}

base::Result<FeatureExtractor> FeatureExtractor::load(const Loader& at, const TextConfig& config) {
    FeatureExtractor f;
    f.config_ = config;
    const Loader below = at.at("text_embedding_projection");
    const int64_t in = config.hidden_width * config.hidden_states;
    if (config.projection_per_stream) {
        f.video_ = below.linear("video_aggregate_embed", in, config.video.width());
        f.audio_ = below.linear("audio_aggregate_embed", in, config.audio.width());
    } else {
        f.video_ = below.linear("aggregate_embed", in, config.hidden_width, false);
    }
    TRY(at.finish());
    return f;
}

base::Result<TextFeatures> FeatureExtractor::operator()(std::span<const Tensor> hidden,
                                                        const Tensor& mask) const {
    const int64_t N = config_.hidden_states, D = config_.hidden_width;
    if (static_cast<int64_t>(hidden.size()) != N || mask.rank() != 2) {
        return base::failed(std::to_string(hidden.size()) +
                            " hidden states of a text model, the projection takes " +
                            std::to_string(N));
    }
    const int64_t B = mask.dim(0), L = mask.dim(1);
    for (const Tensor& h : hidden) {
        if (!(h.shape() == tensor::Shape{B, L, D}))
            return base::failed("a hidden state " + h.shape().text() + ", must be " +
                                tensor::Shape{B, L, D}.text());
    }
    TextFeatures features;
    features.video = Tensor::zeros({B, L, video_.out_features()});
    features.audio =
        audio_.defined() ? Tensor::zeros({B, L, audio_.out_features()}) : features.video;
    const auto factor = [&](const tensor::Linear& projection) {
        return config_.projection_per_stream
                   ? static_cast<float>(std::sqrt(static_cast<double>(projection.out_features()) /
                                                  static_cast<double>(D)))
                   : 1.0f;
    };
    for (int64_t b = 0; b < B; ++b) {
        std::vector<int64_t> tokens;
        for (int64_t l = 0; l < L; ++l) {
            if (mask.i32()[b * L + l] != 0) tokens.push_back(l);
        }
        if (tokens.empty()) return base::failed("a prompt without a single token");
        features.valid.push_back(static_cast<int64_t>(tokens.size()));
        std::vector<Affine> shared;
        if (!config_.projection_per_stream) {
            for (const Tensor& h : hidden)
                shared.push_back(range_of(h.f32() + b * L * D, D, tokens));
        }
        const auto count = static_cast<int64_t>(tokens.size());
        for (int64_t first = 0; first < count; first += kRowsAtOnce) {
            const int64_t rows = std::min(kRowsAtOnce, count - first);
            Tensor side({rows, D * N});
            float* out = side.f32();
            tensor::parallel_for(rows, 1, [&](int64_t begin, int64_t end) {
                for (int64_t r = begin; r < end; ++r) {
                    for (int64_t n = 0; n < N; ++n) {
                        const float* row = hidden[n].f32() + (b * L + tokens[first + r]) * D;
                        const Affine a = shared.empty() ? rms_of(row, D) : shared[n];
                        float* target = out + r * D * N + n;
                        for (int64_t i = 0; i < D; ++i)
                            target[i * N] = (row[i] - a.mean) * a.factor;
                    }
                }
            });
            const auto project = [&](const tensor::Linear& projection, Tensor& all) {
                const float f = factor(projection);
                const Tensor y = projection(f == 1.0f ? side : tensor::scale(side, f));
                std::memcpy(all.f32() + (b * L + first) * all.dim(2), y.f32(), y.bytes());
            };
            project(video_, features.video);
            if (audio_.defined()) project(audio_, features.audio);
        }
    }
    return features;
}

}  // namespace neural::ltx
