#include "neural/bench/ltx_blocks.h"

#include <chrono>
#include <memory>

#include "base/core/check.h"
#include "neural/ltx/text/connectors.h"
#include "neural/ltx/text/duration_head.h"
#include "neural/ltx/transformer/positions.h"
#include "neural/noise/noise.h"
#include "neural/weights/generated.h"
#include "neural/weights/stored_as.h"
#include "tensor/ops/layout.h"

namespace neural::bench {

using tensor::Tensor;

namespace {

constexpr uint64_t kSeed = 1;

Loader random_weights(tensor::DType type) {
    return Loader(stored_as(std::make_shared<GeneratedWeights>(kSeed), type));
}

std::vector<double> timed(int times, const std::function<void()>& body) {
    body();  // packs the weights
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        const auto start = std::chrono::steady_clock::now();
        body();
        seconds.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return seconds;
}

double linear_flops(int64_t rows, int64_t in, int64_t out) {
    return 2.0 * static_cast<double>(rows) * static_cast<double>(in) * static_cast<double>(out);
}
// q, k, v, out and the two products of the softmax.
double attention_flops(int64_t queries, int64_t keys, int64_t query_width, int64_t key_width,
                       int64_t inner) {
    return 2 * linear_flops(queries, query_width, inner) +
           2 * linear_flops(keys, key_width, inner) + 2 * linear_flops(queries, keys, inner);
}

ltx::AdaLn::Output modulation(NoiseSource& noise, int64_t width, int64_t rows) {
    return {noise.normal({1, rows * width}), noise.normal({1, width}), {}};
}

ltx::StreamModulation stream_modulation(NoiseSource& noise, int64_t width,
                                        const ltx::TransformerConfig& c) {
    ltx::StreamModulation m;
    m.own = modulation(noise, width, c.modulation_rows());
    if (c.text_modulation && c.prompt_modulation) m.prompt = modulation(noise, width, 2);
    m.cross = modulation(noise, width, 4);
    m.cross_gate = modulation(noise, width, 1);
    return m;
}

ltx::StreamCodes stream_codes(const Tensor& positions, const Tensor& times,
                              std::span<const double> max, const ltx::StreamConfig& own,
                              const ltx::StreamConfig& cross, const ltx::RopeConfig& rope) {
    return {ltx::rope_table(positions, max, own.heads, own.head_dim, rope),
            ltx::rope_table(times, max.first(1), cross.heads, cross.head_dim, rope)};
}

BlockBench transformer_block(const std::string& version, const BlockSize& size) {
    const auto config = ltx::published_transformer_config(version);
    CHECK(config.ok(), "a published version");
    const ltx::TransformerConfig c = *config;
    const int64_t T = size.frames * size.rows * size.columns, Ta = size.audio_tokens,
                  L = size.text_tokens, V = c.video.width(), A = c.audio.width();
    BlockBench b;
    b.table = "ltx-" + version + "-transformer";
    b.flops = attention_flops(T, T, V, V, V) + attention_flops(T, L, V, V, V) +
              attention_flops(Ta, Ta, A, A, A) + attention_flops(Ta, L, A, A, A) +
              attention_flops(T, Ta, V, A, A) + attention_flops(Ta, T, A, V, A) +
              2 * linear_flops(T, V, 4 * V) + 2 * linear_flops(Ta, A, 4 * A);
    b.run = [=](int times) -> base::Result<std::vector<double>> {
        const Loader weights = random_weights(size.weights);
        const ltx::Block block = ltx::Block::load(weights, c);
        TRY(weights.finish());
        const auto noise = counter_noise(kSeed);
        const auto vm = stream_modulation(*noise, V, c), am = stream_modulation(*noise, A, c);
        const Tensor video_at = ltx::video_positions({size.frames, size.rows, size.columns}, 24.0);
        const Tensor audio_at = ltx::audio_positions(Ta);
        const Tensor video_times = tensor::slice(video_at, 1, 0, 1);
        const auto vc =
            stream_codes(video_at, video_times, c.max_position, c.video, c.audio, c.rope);
        const auto ac =
            stream_codes(audio_at, audio_at, {&c.audio_max_position, 1}, c.audio, c.audio, c.rope);
        ltx::BlockUse use;
        use.video_modulation = &vm;
        use.audio_modulation = &am;
        use.video_codes = &vc;
        use.audio_codes = &ac;
        use.video_context = noise->normal({1, L, V});
        use.audio_context = noise->normal({1, L, A});
        const Tensor video = noise->normal({1, T, V}), audio = noise->normal({1, Ta, A});
        return timed(times, [&] {
            Tensor v = video.clone(), a = audio.clone();
            block(v, a, use);
        });
    };
    return b;
}

BlockBench connector_block(const std::string& version, const BlockSize& size) {
    const auto config = ltx::published_text_config(version);
    CHECK(config.ok(), "a published version");
    const ltx::TextConfig text = *config;
    ltx::ConnectorConfig one = text.video;
    one.layers = 1;
    const int64_t L = size.text_tokens, W = one.width();
    BlockBench b;
    b.table = "ltx-" + version + "-connectors";
    b.flops = attention_flops(L, L, W, W, W) + 2 * linear_flops(L, W, 4 * W);
    b.run = [=](int times) -> base::Result<std::vector<double>> {
        const Loader weights = random_weights(size.weights);
        const ltx::Connector connector = ltx::Connector::load(weights, one, text);
        TRY(weights.finish());
        const Tensor features = counter_noise(kSeed)->normal({1, L, W});
        return timed(times, [&] { CHECK(connector(features, {L / 8}, nullptr).ok(), "a pass"); });
    };
    return b;
}

BlockBench duration_head(const BlockSize& size) {
    const ltx::DurationConfig c;
    const int64_t L = size.text_tokens;
    BlockBench b;
    b.table = "ltx-2.5-duration-head";
    b.flops = linear_flops(L, c.video_width, c.hidden) + linear_flops(L, c.audio_width, c.hidden) +
              attention_flops(c.queries, 2 * L, c.hidden, c.hidden, c.hidden);
    b.run = [=](int times) -> base::Result<std::vector<double>> {
        const auto head = TRY(ltx::DurationHead::load(random_weights(size.weights), c));
        const auto noise = counter_noise(kSeed);
        const Tensor video = noise->normal({1, L, c.video_width}),
                     audio = noise->normal({1, L, c.audio_width});
        return timed(times, [&] { CHECK(head(video, audio).ok(), "a pass"); });
    };
    return b;
}

}  // namespace

std::vector<BlockBench> ltx_blocks(const BlockSize& size) {
    std::vector<BlockBench> all;
    for (const char* version : {"2.0", "2.3", "2.5"}) {
        all.push_back(transformer_block(version, size));
        all.push_back(connector_block(version, size));
    }
    all.push_back(duration_head(size));
    return all;
}

}  // namespace neural::bench
